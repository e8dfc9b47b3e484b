const Router = require('@koa/router');
const users = require('./users');

const api = new Router({ prefix: '/v1' });
api.use(users.routes());
api.register('/manual', ['PUT', 'PATCH'], (ctx) => (ctx.body = 1));
api.all('/any', (ctx) => (ctx.body = 2));

module.exports = api;
