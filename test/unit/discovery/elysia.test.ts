import { checkLayouts } from './checkLayouts';

checkLayouts('elysia', [
  {
    says: 'a chain with groups, guards, values and instances with a prefix of other files',
    files: {
      'src/index.ts': `import { Elysia, t } from 'elysia';
import { users } from './users';
import plugin from './plugin';
const app = new Elysia()
  .state('v', 1)
  .get('/', 'hello')
  .use(users)
  .use(plugin)
  .group('/v1', (app) => app
    .post('/items/:id', ({ params }) => params.id, { params: t.Object({ id: t.Number() }) })
    .guard({ headers: t.Object({}) }, (app) => app.get('/guarded', () => 1)))
  .route('PATCH', '/manual', () => 1)
  .all('/any/*', () => 1)
  .listen(3000);
`,
      'src/users.ts': `import { Elysia } from 'elysia';
export const users = new Elysia({ prefix: '/users' })
  .get('/:id', function show({ params }) { return params.id; })
  .delete('/', () => 'x');
`,
      'src/plugin.ts': `import type { Elysia } from 'elysia';
export default (app: Elysia) => app.get('/plugin', () => 1);
`,
    },
    routes: [
      'GET / src/index.ts:6 constant',
      'GET /users/{id} src/users.ts:3 show',
      'DELETE /users src/users.ts:4 anonymous',
      'GET /plugin src/plugin.ts:2 anonymous',
      'POST /v1/items/{id} src/index.ts:10 anonymous',
      'GET /v1/guarded src/index.ts:11 anonymous',
      'PATCH /manual src/index.ts:12 anonymous',
      'ANY /any/{**} src/index.ts:13 anonymous',
    ],
  },
]);
