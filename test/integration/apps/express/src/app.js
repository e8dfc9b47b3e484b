'use strict';
const express = require('express');
const api = require('./api');
const { router: admin } = require('./admin');
const { health } = require('./health');

function createApp() {
  const app = express();
  app.set('title', 'shop');
  app.use(express.json());
  app.get('/health', health);
  app.use('/api', api);
  app.use('/admin', guard, admin);
  app.all('/any', (_request, response) => response.json({}));
  app.get('/files/*path', function download(_request, response) {
    response.end();
  });
  return app;
}

function guard(_request, _response, next) {
  next();
}

module.exports = { createApp };
