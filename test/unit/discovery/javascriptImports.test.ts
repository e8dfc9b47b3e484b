import { checkLayouts } from './checkLayouts';

checkLayouts('express', [
  {
    says: 'packages of one workspace by name, with what they build, a subpath and a barrel',
    files: {
      'apps/api/src/main.ts': `import express from 'express';
import { users } from '@shop/users';
import { health } from '@shop/common/health';
const app = express();
app.use('/users', users);
app.use(health);
`,
      'packages/users/package.json': `{ "name": "@shop/users", "main": "dist/index.js", "exports": { ".": { "import": "./dist/index.mjs" } } }`,
      'packages/users/src/index.ts': `export * from './router';\n`,
      'packages/users/src/router.ts': `import { Router } from 'express';\nexport const users = Router();\nusers.get('/:id', show);\nfunction show() {}\n`,
      'packages/common/package.json': `{ "name": "@shop/common" }`,
      'packages/common/src/health.ts': `import { Router } from 'express';\nexport const health = Router();\nhealth.get('/health', (q, s) => s.end());\n`,
    },
    routes: [
      'GET /users/{id} packages/users/src/router.ts:4 show',
      'GET /health packages/common/src/health.ts:3 anonymous',
    ],
  },
  {
    says: 'aliases of a configuration that is extended, of an enum, and a module imported by a literal',
    files: {
      'config/base.json': `{ "compilerOptions": { "baseUrl": "..", "paths": { "~/*": ["src/*"] } } }`,
      'tsconfig.json': `{ "extends": "./config/base", /* the rest is there */ "include": ["src"] }`,
      'src/app.ts': `import express from 'express';
import { Prefix } from '~/paths';
const app = express();
void import('~/late').then(({ late }) => app.use(Prefix.Late, late));
void (async () => { const { default: more } = await import('./more'); app.use(\`\${Prefix.More}/x\`, more); })();
`,
      'src/paths.ts': `export enum Prefix { Late = '/late', More = '/more' }\n`,
      'src/late.ts': `import { Router } from 'express';\nexport const late = Router().get('/', (q, s) => s.end());\n`,
      'src/more.ts': `import { Router } from 'express';\nconst more = Router();\nmore.get('/', (q, s) => s.end());\nexport { more as default };\n`,
    },
    routes: ['GET /late src/late.ts:2 anonymous', 'GET /more/x src/more.ts:3 anonymous'],
  },
  {
    says: 'routers of a class that extends the library, and handlers that wrappers are given',
    files: {
      'app.ts': `import express, { Router } from 'express';
class Api extends Router {
  constructor() { super(); this.get('/own', list); }
}
const list = catchAsync(async (req, res) => { res.end(); });
const app = express();
app.use('/api', new Api());
app.param('id', (q, s, next) => next());
app.get('/files/*path', wrap(log, async function file(req, res) {}));
app.get(['/one', '/two{/:more}'], [auth, list]);
function auth(req, res, next) { next(); }
`,
    },
    routes: [
      'GET /api/own app.ts:5 list',
      'GET /files/{path*} app.ts:9 file',
      'GET /one app.ts:5 list',
      'GET /two/{more} app.ts:5 list',
    ],
  },
]);
