import { checkLayouts } from './checkLayouts';

checkLayouts('koa', [
  {
    says: 'a router with a prefix, names, several paths, several middlewares and the methods all and del',
    files: {
      'app.js': `const Koa = require('koa');
const Router = require('@koa/router');
const app = new Koa();
const router = new Router({ prefix: '/api' });
router.get('user', '/users/:id', show);
router.post(['/a', '/b'], check, async (ctx) => { ctx.body = 1; });
router.del('/users/:id(\\\\d+)', show).all('/any', show);
router.get('/', (ctx) => { ctx.body = 'root'; });
router.param('id', (id, ctx, next) => next());
app.use(router.routes()).use(router.allowedMethods());
async function check(ctx, next) { await next(); }
async function show(ctx) { ctx.body = 1; }
`,
    },
    routes: [
      'GET /api/users/{id} app.js:12 show',
      'POST /api/a app.js:6 anonymous',
      'POST /api/b app.js:6 anonymous',
      'DELETE /api/users/{id} app.js:12 show',
      'ANY /api/any app.js:12 show',
      'GET /api app.js:8 anonymous',
    ],
    parameters: ['id:string', 'id:integer'],
  },
  {
    says: 'nested routers of other files, koa-mount, koa-compose and a prefix set later',
    files: {
      'src/index.ts': `import Koa from 'koa';
import mount from 'koa-mount';
import compose from 'koa-compose';
import { api } from './api';
import { admin } from './admin';
const app = new Koa();
app.use(mount('/m', admin.routes()));
app.use(compose([api.routes(), api.allowedMethods()]));
`,
      'src/api.ts': `import Router from '@koa/router';
import posts from './posts';
export const api = new Router();
api.prefix('/v1');
api.use('/forums/:forum', posts.routes(), posts.allowedMethods());
`,
      'src/posts.ts': `import Router = require('koa-router');
const posts = new Router();
posts.get('/posts/:pid', async (ctx) => {});
export default posts;
`,
      'src/admin.ts': `import Router from 'koa-router';
export const admin = new Router<State>();
admin.patch('/x', handler.bind(null));
function handler() {}
`,
    },
    routes: ['GET /v1/forums/{forum}/posts/{pid} src/posts.ts:3 anonymous', 'PATCH /m/x src/admin.ts:4 handler'],
  },
  {
    says: 'controllers of a class and routers made by a function',
    files: {
      'app.js': `const Koa = require('koa');
const app = new Koa();
const makeRouter = require('./make');
app.use(makeRouter('/x').routes());
`,
      'make.js': `const Router = require('koa-router');
const users = require('./controller');
module.exports = (prefix) => {
  const router = new Router({ prefix: prefix + '/y' });
  router.get('/', users.list);
  return router;
};
`,
      'controller.js': `class Users { static async list(ctx) {} }\nmodule.exports = Users;\n`,
    },
    routes: ['GET /x/y controller.js:1 Users.list'],
  },
]);
