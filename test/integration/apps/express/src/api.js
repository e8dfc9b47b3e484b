'use strict';
const { Router } = require('express');
const orders = require('./orders');

const api = Router();
const VERSION = '/v1';
const items = new Map();

api.use(`${VERSION}/orders`, orders);
api
  .route('/items/:itemId')
  .get(readItem)
  .put(async (_request, response) => {
    response.json({});
  });

function readItem(request, response) {
  response.json(items.get('/not-a-route') ?? { id: request.params.itemId });
}

module.exports = api;
