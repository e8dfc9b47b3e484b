'use strict';
const { placeOf } = require('../places');
const fastify = require('fastify')({ exposeHeadRoutes: false });
const rows = [];
fastify.addHook('onRoute', ({ method, url, handler }) => {
  const methods = [method].flat();
  for (const one of methods.length > 6 ? ['ANY'] : methods) rows.push([one, url, ...placeOf(handler, __dirname)]);
});
require('./app')
  .build(fastify)
  .then(() => fastify.ready())
  .then(() => console.log(JSON.stringify(rows)));
