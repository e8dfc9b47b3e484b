const Router = require('@koa/router');

module.exports = (prefix) => {
  const router = new Router({ prefix });
  router.get('/', (ctx) => (ctx.body = 1));
  router.get('/x', (ctx) => (ctx.body = 1));
  return router;
};
