import { checkLayouts } from './checkLayouts';

checkLayouts('hono', [
  {
    says: 'chains, patterns, several methods and paths, and a base path',
    files: {
      'src/index.ts': `import { Hono } from 'hono';
const app = new Hono().basePath('/api');
app.get('/', (c) => c.text('x')).post(auth, (c) => c.text('y'));
app.get('/posts/:id{[0-9]+}', (c) => c.json({}));
app.on(['PUT', 'DELETE'], ['/a', '/b/:x?'], handler);
app.all('/any/*', handler);
app.use('/admin/*', auth);
async function auth(c, next) { await next(); }
function handler(c) {}
export default app;
`,
    },
    routes: [
      'GET /api src/index.ts:3 anonymous',
      'POST /api src/index.ts:3 anonymous',
      'GET /api/posts/{id} src/index.ts:4 anonymous',
      'PUT /api/a src/index.ts:9 handler',
      'DELETE /api/a src/index.ts:9 handler',
      'PUT /api/b/{x} src/index.ts:9 handler',
      'DELETE /api/b/{x} src/index.ts:9 handler',
      'ANY /api/any/{**} src/index.ts:9 handler',
    ],
    parameters: ['id:integer', '*:path?', 'x:string?', 'x:string?'],
  },
  {
    says: 'applications of other files routed into each other, factories and mounted applications',
    files: {
      'src/index.ts': `import { Hono } from 'hono';
import books, { authors } from './books';
import { other } from './other';
const app = new Hono();
const routes = app.route('/books', books).route('/authors', authors);
app.mount('/other', other.fetch);
export type App = typeof routes;
export default app;
`,
      'src/books.ts': `import { Hono } from 'hono';
import { createFactory } from 'hono/factory';
const factory = createFactory<Env>();
const handlers = factory.createHandlers(check, (c) => c.json([]));
const books = new Hono<Env>();
books.get('/', ...handlers);
export const authors = factory.createApp();
authors.get('/:name', (c) => c.json(1));
async function check(c, next) { await next(); }
export default books;
`,
      'src/other.ts': `export const other = { fetch: (request: Request) => new Response() };\n`,
    },
    routes: [
      'GET /books src/books.ts:4 anonymous',
      'GET /authors/{name} src/books.ts:8 anonymous',
      'ANY /other/{**} src/other.ts:1 fetch',
    ],
    notes: ['Another application answers below this path.'],
  },
  {
    says: 'OpenAPI routes described apart from their handlers',
    files: {
      'app.ts': `import { OpenAPIHono, createRoute, z } from '@hono/zod-openapi';
const route = createRoute({ method: 'get', path: '/users/{id}', request: {}, responses: {} });
const app = new OpenAPIHono();
app.openapi(route, (c) => c.json({}));
app.doc('/doc', {});
`,
    },
    routes: ['GET /users/{id} app.ts:4 anonymous'],
  },
]);
