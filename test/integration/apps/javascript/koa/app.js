const Koa = require('koa');
const Router = require('@koa/router');
const mount = require('koa-mount');
const api = require('./routers/api');

const app = new Koa();
const root = new Router();
root.get('home', '/', async (ctx) => (ctx.body = 'home'));
root.get(['/a', '/b'], check, async (ctx) => (ctx.body = 'ab'));
root.use('/api', api.routes(), api.allowedMethods());
app.use(root.routes()).use(root.allowedMethods());
app.use(mount('/mounted', require('./routers/small')('/in').routes()));

async function check(ctx, next) {
  await next();
}

module.exports = app;
