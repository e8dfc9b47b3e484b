const { Elysia } = require('elysia');
const { users } = require('./parts/users');

const app = new Elysia()
  .get('/', () => 'x')
  .use(users)
  .use(require('./parts/plugin'))
  .group('/v1', (group) =>
    group
      .post('/items/:id', ({ params }) => params)
      .group('/deep', (deep) => deep.get('/x', () => 1))
      .guard({}, (guarded) => guarded.put('/guarded', () => 1)),
  )
  .all('/any/*', () => 1);

module.exports = { app };
