import { checkLayouts } from './checkLayouts';

checkLayouts('restify', [
  {
    says: 'a server with del and a wildcard',
    files: {
      'server.js': `const restify = require('restify');
const server = restify.createServer({ name: 'x' });
server.use(restify.plugins.bodyParser());
server.get('/users/:id', show);
server.del('/users/:id', show);
server.post('/files/*', auth, show);
function show(req, res, next) { next(); }
function auth(req, res, next) { next(); }
`,
    },
    routes: [
      'GET /users/{id} server.js:7 show',
      'DELETE /users/{id} server.js:7 show',
      'POST /files/{**} server.js:7 show',
    ],
  },
]);

checkLayouts('itty-router', [
  {
    says: 'a router with a base',
    files: {
      'worker.ts': `import { AutoRouter } from 'itty-router';
const router = AutoRouter({ base: '/api' });
router.get('/todos/:id', ({ id }) => id).post('/todos', auth, (request) => 1).all('*', () => 404);
const auth = () => {};
export default router;
`,
    },
    routes: [
      'GET /api/todos/{id} worker.ts:3 anonymous',
      'POST /api/todos worker.ts:3 anonymous',
      'ANY /api/{**} worker.ts:3 anonymous',
    ],
  },
]);

checkLayouts('fastify', [
  {
    says: 'parameters described by zod, by TypeBox and by an enum',
    files: {
      'app.ts': `import fastify from 'fastify';
import { z } from 'zod';
import { Type } from '@sinclair/typebox';
const app = fastify();
const params = z.object({ id: z.coerce.number().int().positive(), kind: z.enum(['a', 'b']) });
app.get('/z/:id/:kind', { schema: { params, querystring: z.object({ page: z.number().optional() }) } }, async () => 1);
app.get('/t/:id/:name', { schema: { params: Type.Object({ id: Type.String({ format: 'uuid' }), name: Type.String() }) } }, async () => 1);
`,
    },
    routes: ['GET /z/{id}/{kind} app.ts:6 anonymous', 'GET /t/{id}/{name} app.ts:7 anonymous'],
    parameters: ['id:integer', 'kind:enum', 'page:number?', 'id:uuid', 'name:string'],
  },
]);

checkLayouts('elysia', [
  {
    says: 'parameters described by t',
    files: {
      'app.ts': `import { Elysia, t } from 'elysia';
new Elysia().get('/x/:id', () => 1, { params: t.Object({ id: t.Numeric() }), query: t.Object({ q: t.Optional(t.String()) }) });
`,
    },
    routes: ['GET /x/{id} app.ts:2 anonymous'],
    parameters: ['id:number', 'q:string?'],
  },
]);

checkLayouts('adonisjs', [
  {
    says: 'nested groups with prefixes, controllers by name and resources',
    files: {
      'start/routes.ts': `import router from '@adonisjs/core/services/router';
const UsersController = () => import('#controllers/users');
router.get('/', async () => 'x');
router.group(() => {
  router.get('users/:id', [UsersController, 'show']).where('id', router.matchers.number()).as('u');
  router.group(() => { router.resource('posts.comments', UsersController).only(['index', 'show']); }).prefix('/v1');
}).prefix('api').use(auth);
`,
      'app/controllers/users.ts': `export default class UsersController {\n  async index() {}\n  async show({ params }) {}\n}\n`,
      'package.json': '{ "imports": { "#controllers/*": "./app/controllers/*.js" } }',
    },
    routes: [
      'GET / start/routes.ts:3 anonymous',
      'GET /api/users/{id} app/controllers/users.ts:3 UsersController.show',
      'GET /api/v1/posts/{post_id}/comments app/controllers/users.ts:2 UsersController.index',
      'GET /api/v1/posts/{post_id}/comments/{id} app/controllers/users.ts:3 UsersController.show',
    ],
  },
  {
    says: 'controllers named by text, with a path alias and by the folder of AdonisJS 5',
    files: {
      'package.json': '{ "imports": { "#controllers/*": "./app/controllers/*.js" } }',
      'start/routes.ts': `import router from '@adonisjs/core/services/router';
import Route from '@ioc:Adonis/Core/Route';
router.get('new', '#controllers/users.show');
Route.get('/old', 'Admin/UsersController.index');
Route.get('/gone', 'LostController.index');
`,
      'app/controllers/users.ts': `export default class UsersController {\n  async show() {}\n}\n`,
      'app/Controllers/Http/Admin/UsersController.ts': `export default class UsersController {\n  public async index() {}\n}\n`,
    },
    routes: [
      'GET /new app/controllers/users.ts:2 UsersController.show',
      'GET /old app/Controllers/Http/Admin/UsersController.ts:2 UsersController.index',
      'GET /gone start/routes.ts:5 LostController.index',
    ],
  },
]);
