import { checkLayouts } from './checkLayouts';

const HANDED_IN = 'The router is handed in by a caller that was not found; a prefix may be missing.';

checkLayouts('fastify', [
  {
    says: 'shorthand, a route object with several methods, and a path with types',
    files: {
      'server.js': `const fastify = require('fastify')({ logger: true });
fastify.get('/', async () => 'ok');
fastify.get('/users/:id(^\\\\d+$)', { schema: { querystring: { type: 'object', properties: { page: { type: 'integer' } } } } }, show);
fastify.route({ method: ['PUT', 'PATCH'], url: '/users/:id', schema: { params: { type: 'object', properties: { id: { type: 'string', format: 'uuid' } } } }, handler: async (request) => request.params });
fastify.delete('/files/*', { handler: (request, reply) => reply.send() });
async function show() {}
fastify.listen({ port: 3000 });
`,
    },
    routes: [
      'GET / server.js:2 anonymous',
      'GET /users/{id} server.js:6 show',
      'PUT /users/{id} server.js:4 handler',
      'PATCH /users/{id} server.js:4 handler',
      'DELETE /files/{**} server.js:5 handler',
    ],
    parameters: ['id:uuid', 'id:uuid', '*:path?', 'id:integer', 'page:integer?'],
  },
  {
    says: 'plugins of other files with prefixes, nested, registered twice, by require and by import',
    files: {
      'app.js': `const fastify = require('fastify')();
fastify.register(require('./routes/users'), { prefix: '/v1/users' });
fastify.register(require('./routes/users'), { prefix: '/v2/users' });
fastify.register(import('./routes/late.mjs'), { prefix: 'late' });
fastify.register(async (scope) => { scope.get('/inline', async () => 1); }, { prefix: '/scope' });
`,
      'routes/users.js': `module.exports = async function (app, options) {
  app.get('/:id', async () => options);
  app.register(require('./posts'), { prefix: '/:id/posts' });
};
`,
      'routes/posts.js': `module.exports = function posts(f, opts, done) {
  f.post('/', create);
  done();
};
const create = (request, reply) => reply.send();
`,
      'routes/late.mjs': `export default async function late(fastify) { fastify.get('/x', async () => 'x'); }\n`,
    },
    routes: [
      'GET /v1/users/{id} routes/users.js:2 anonymous',
      'GET /v2/users/{id} routes/users.js:2 anonymous',
      'POST /v1/users/{id}/posts routes/posts.js:5 create',
      'POST /v2/users/{id}/posts routes/posts.js:5 create',
      'GET /late/x routes/late.mjs:1 anonymous',
      'GET /scope/inline app.js:5 anonymous',
    ],
  },
  {
    says: 'fastify-plugin keeps to its parent, and decorated instances stay instances',
    files: {
      'src/app.ts': `import Fastify from 'fastify';
import { health } from './health';
export async function build() {
  const app = Fastify().withTypeProvider();
  await app.register(health, { prefix: '/ignored' });
  await app.register(async (api) => { await api.register(health); }, { prefix: '/api' });
  return app;
}
void build();
`,
      'src/health.ts': `import fp from 'fastify-plugin';
import type { FastifyInstance } from 'fastify';
export const health = fp(async (app: FastifyInstance) => {
  app.get('/health', async () => ({ ok: true }));
});
`,
    },
    routes: ['GET /health src/health.ts:4 anonymous', 'GET /api/health src/health.ts:4 anonymous'],
  },
  {
    says: 'folders read by @fastify/autoload, with an index, a parameter folder and an own prefix',
    files: {
      'app.js': `import path from 'node:path';
import { fileURLToPath } from 'node:url';
import AutoLoad from '@fastify/autoload';
import fastify from 'fastify';
const __filename = fileURLToPath(import.meta.url);
const __dirname = path.dirname(__filename);
const app = fastify();
app.register(AutoLoad, { dir: path.join(__dirname, 'plugins') });
app.register(AutoLoad, { dir: path.join(__dirname, 'routes'), routeParams: true, options: { prefix: '/api' } });
`,
      'plugins/support.js': `import fp from 'fastify-plugin';\nexport default fp(async (f) => { f.get('/up', async () => 1); });\n`,
      'routes/root.js': `export default async function (fastify, opts) { fastify.get('/', async () => 1); }\n`,
      'routes/users/index.js': `export default async function (fastify) { fastify.get('/', async () => 1); }\n`,
      'routes/users/helper.js': `export const helper = 1;\n`,
      'routes/users/_id/index.js': `export default async (fastify) => { fastify.get('/', async () => 1); };\n`,
      'routes/users/_id/posts/list.js': `export default async (fastify) => { fastify.get('/list', async () => 1); };\nexport const autoPrefix = '/own';\n`,
      'routes/other/plain.js': `export const prefixOverride = '/top';\nexport default async (fastify) => { fastify.get('/p', async () => 1); };\n`,
      'routes/other/no.js': `export const autoload = false;\nexport default async (f) => { f.get('/never', async () => 1); };\n`,
    },
    routes: [
      'GET /up plugins/support.js:2 anonymous',
      'GET /api routes/root.js:1 anonymous',
      'GET /api/users routes/users/index.js:1 anonymous',
      'GET /api/users/{id} routes/users/_id/index.js:1 anonymous',
      'GET /api/own/list routes/users/_id/posts/list.js:1 anonymous',
      'GET /top/p routes/other/plain.js:2 anonymous',
      'GET /never routes/other/no.js:2 anonymous',
    ],
    notes: [HANDED_IN],
  },
  {
    says: 'a table of routes walked by a loop and a plugin class',
    files: {
      'app.js': `const fastify = require('fastify')();
const { routes } = require('./routes');
routes.forEach((route) => { fastify.route(route); });
`,
      'routes.js': `const cars = require('./cars');
const routes = [
  { method: 'GET', url: '/api/cars', handler: cars.list },
  { method: 'DELETE', url: '/api/cars/:id', handler: cars.remove },
];
module.exports = { routes };
`,
      'cars.js': `exports.list = async () => [];\nexports.remove = async (req) => req.params.id;\n`,
    },
    routes: ['GET /api/cars cars.js:1 list', 'DELETE /api/cars/{id} cars.js:2 remove'],
  },
  {
    says: 'no route for hooks, decorators, injected requests and clients',
    files: {
      'app.js': `const fastify = require('fastify')();
fastify.addHook('onRequest', async () => {});
fastify.decorate('get2', () => 1);
fastify.inject({ method: 'GET', url: '/x' });
fastify.inject().get('/y').end();
const axios = require('axios');
axios.get('/z', () => 1);
`,
    },
    routes: [],
  },
  {
    says: 'folders that a plugin without a caller reads, by patterns of an index and of scripts and by a function',
    files: {
      'app.js': `const AutoLoad = require('@fastify/autoload');
const { join } = require('node:path');
module.exports = async function (app, opts) {
  app.register(AutoLoad, {
    dir: join(__dirname, 'routes'),
    options: { prefix: '/api' },
    indexPattern: /^main\\.js$/,
    ignoreFilter: (path) => path.endsWith('.schema.js'),
    routeParams: true,
  });
  app.register(AutoLoad, { dir: join(__dirname, 'only'), scriptPattern: /\\.cjs$/ });
};
`,
      'routes/users/main.js': `module.exports = async (one) => { one.get('/m', async () => 1); };\n`,
      'routes/users/helper.js': `exports.help = () => 1;\n`,
      'routes/posts/_id/a.js': `module.exports = async (one) => { one.get('/a', async () => 1); };\n`,
      'routes/posts/_id/a.schema.js': `module.exports = async (one) => { one.get('/never', async () => 1); };\n`,
      'only/x/c.cjs': `module.exports = async (one) => { one.get('/c', async () => 1); };\n`,
    },
    routes: [
      'GET /api/users/m routes/users/main.js:1 anonymous',
      'GET /api/posts/{id}/a routes/posts/_id/a.js:1 anonymous',
      'GET /x/c only/x/c.cjs:1 anonymous',
      // Nothing loads it, but it may have another caller.
      'GET /never routes/posts/_id/a.schema.js:1 anonymous',
    ],
    notes: ['The router is handed in by a caller that was not found; a prefix may be missing.'],
  },
]);
