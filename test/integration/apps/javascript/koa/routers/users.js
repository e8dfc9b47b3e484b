const Router = require('@koa/router');

const users = new Router();
users.prefix('/users');
users.param('id', (id, ctx, next) => next());
users.get('/', list).post('/', async (ctx) => (ctx.body = 1));
users.del('/:id(\\d+)', (ctx) => (ctx.body = 1));
users.get('/:id/posts/:post', list);

function list(ctx) {
  ctx.body = [];
}

module.exports = users;
