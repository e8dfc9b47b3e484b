import { checkLayouts } from './checkLayouts';

checkLayouts('nextjs', [
  {
    says: 'route handlers with dynamic, catch-all and optional segments, groups, slots and a base path',
    files: {
      'package.json': '{ "dependencies": { "next": "15" } }',
      'next.config.mjs': `const nextConfig = {\n  // basePath: '/no',\n  basePath: '/docs',\n};\nexport default nextConfig;\n`,
      'src/app/api/users/[id]/route.ts': `import { NextResponse } from 'next/server';
export async function GET(request: Request) { return NextResponse.json({}); }
export const POST = withAuth(async (request: Request) => NextResponse.json({}));
const DELETE = () => 1;
export const dynamic = 'force-dynamic';
`,
      'src/app/(shop)/@modal/cart/route.js': `const handler = () => new Response('x');\nexport { handler as GET, handler as PUT };\n`,
      'src/app/files/[...path]/route.ts': `export { GET } from '../../../server/files';\n`,
      'src/server/files.ts': `export function GET() { return new Response(''); }\n`,
      'src/app/opt/[[...slug]]/route.ts': `export const { GET, POST } = handlers;\nimport { handlers } from 'auth';\n`,
      'src/app/_private/route.ts': `export function GET() {}\n`,
      'src/app/%5Fwell/route.ts': `export function GET() {}\n`,
      'src/app/page.tsx': `export default function Page() { return <a />; }\n`,
    },
    routes: [
      'GET /docs/api/users/{id} src/app/api/users/[id]/route.ts:2 GET',
      'POST /docs/api/users/{id} src/app/api/users/[id]/route.ts:3 POST',
      'GET /docs/cart src/app/(shop)/@modal/cart/route.js:1 handler',
      'PUT /docs/cart src/app/(shop)/@modal/cart/route.js:1 handler',
      'GET /docs/files/{path*} src/server/files.ts:1 GET',
      'GET /docs/opt/{slug*} src/app/opt/[[...slug]]/route.ts:1 auth.handlers.GET',
      'POST /docs/opt/{slug*} src/app/opt/[[...slug]]/route.ts:1 auth.handlers.POST',
      'GET /docs/_well src/app/%5Fwell/route.ts:1 GET',
    ],
  },
  {
    says: 'API routes of the pages folder of one project among several, with the methods that they ask for',
    files: {
      'apps/web/next.config.js': `module.exports = {};\n`,
      'apps/web/pages/api/index.js': `export default function handler(req, res) { res.end(); }\n`,
      'apps/web/pages/api/posts/[id].ts': `import type { NextApiRequest } from 'next';
export default async function posts(req: NextApiRequest, res) {
  switch (req.method) {
    case 'GET': return res.json({});
    case 'PUT': return res.json({});
    default: res.status(405).end();
  }
}
`,
      'apps/web/pages/api/only.ts': `const only = async (req, res) => { if (req.method !== 'POST') return res.status(405).end(); };\nexport default wrap(only);\n`,
      'apps/vue/pages/api/client.js': `export default function client(url) { return fetch(url); }\n`,
    },
    routes: [
      'ANY /api apps/web/pages/api/index.js:1 handler',
      'GET /api/posts/{id} apps/web/pages/api/posts/[id].ts:2 posts',
      'PUT /api/posts/{id} apps/web/pages/api/posts/[id].ts:2 posts',
      'POST /api/only apps/web/pages/api/only.ts:1 only',
    ],
  },
]);

checkLayouts('sveltekit', [
  {
    says: 'server files with matchers, optional and rest parameters, groups, characters and a base path',
    files: {
      'package.json': '{ "devDependencies": { "@sveltejs/kit": "2.16.1" } }',
      'svelte.config.js': `export default { kit: { paths: { base: process.env.BASE ?? '/shop' } } };\n`,
      'src/routes/api/items/[id=int]/+server.ts': `import { json } from '@sveltejs/kit';
export const GET = async ({ params }) => json(params);
export async function DELETE() {}
export const fallback = () => new Response();
`,
      'src/routes/(app)/[[lang]]/files/[...rest]/+server.js': `export function GET() {}\n`,
      'src/routes/[x+2e]well-known/[code=hex]/+server.js': `export function GET() {}\n`,
      'src/params/hex.js': `export function match(value) { return /^[0-9a-f]+$/.test(value); }\n`,
      'src/routes/+page.server.js': `export const load = () => ({});\n`,
    },
    routes: [
      'GET /shop/api/items/{id} src/routes/api/items/[id=int]/+server.ts:2 GET',
      'DELETE /shop/api/items/{id} src/routes/api/items/[id=int]/+server.ts:3 DELETE',
      'ANY /shop/api/items/{id} src/routes/api/items/[id=int]/+server.ts:4 fallback',
      'GET /shop/{lang}/files/{rest*} src/routes/(app)/[[lang]]/files/[...rest]/+server.js:1 GET',
      'GET /shop/.well-known/{code} src/routes/[x+2e]well-known/[code=hex]/+server.js:1 GET',
    ],
    notes: ['process.env.BASE decides a part of the path when the program runs; "/shop" is its default in the code.'],
    parameters: ['lang:string?', 'rest:path', 'code:regex', 'id:integer', 'id:integer', 'id:integer'],
  },
]);

checkLayouts('nitro', [
  {
    says: 'handlers of server/api and server/routes with methods in their names, and no file of another server',
    files: {
      'package.json': '{ "devDependencies": { "nuxt": "3.15.0" } }',
      'nuxt.config.ts': `export default defineNuxtConfig({ modules: [] });\n`,
      'server/api/users/index.get.ts': `export default defineEventHandler(async (event) => []);\n`,
      'server/api/users/[id].put.ts': `export default defineEventHandler({ onRequest: [], handler: async (event) => ({}) });\n`,
      'server/api/any/[...].ts': `import { eventHandler, getMethod } from 'h3';\nexport default eventHandler((event) => { if (getMethod(event) === 'POST') return 1; });\n`,
      'server/routes/sitemap.xml.ts': `function sitemap(event) {}\nexport default cachedEventHandler(sitemap, { maxAge: 60 });\n`,
      'server/routes/users.js': `module.exports = () => 1;\n`,
      'server/api/hook.dev.ts': `export default defineEventHandler(() => 1);\n`,
    },
    routes: [
      'GET /api/users server/api/users/index.get.ts:1 anonymous',
      'PUT /api/users/{id} server/api/users/[id].put.ts:1 handler',
      'POST /api/any/{_*} server/api/any/[...].ts:2 anonymous',
      'ANY /sitemap.xml server/routes/sitemap.xml.ts:1 sitemap',
      'ANY /api/hook server/api/hook.dev.ts:1 anonymous',
    ],
  },
]);

checkLayouts('nitro', [
  {
    says: 'a project of Nitro alone, with groups and several parameters in one segment',
    files: {
      'package.json': '{ "devDependencies": { "nitropack": "2.10.4" } }',
      'nitro.config.ts': `export default defineNitroConfig({ srcDir: 'server' });\n`,
      'server/api/(group)/in.post.ts': `export default eventHandler(() => 1);\n`,
      'server/api/rest/[...path].ts': `export default eventHandler(() => 1);\n`,
      'server/routes/a-[b]/[c]_[d].delete.ts': `export default eventHandler(() => 1);\n`,
      'server/routes/index.ts': `export default eventHandler(() => 1);\n`,
    },
    routes: [
      'POST /api/in server/api/(group)/in.post.ts:1 anonymous',
      'ANY /api/rest/{path*} server/api/rest/[...path].ts:1 anonymous',
      'DELETE /a-{b}/{c}_{d} server/routes/a-[b]/[c]_[d].delete.ts:1 anonymous',
      'ANY / server/routes/index.ts:1 anonymous',
    ],
  },
]);

checkLayouts('react-router', [
  {
    says: 'resource routes by the names of their files, and no page',
    files: {
      'package.json':
        '{ "dependencies": { "react-router": "7.1.5" }, "devDependencies": { "@react-router/dev": "7.1.5" } }',
      'app/routes/api.users.$id.ts': `export async function loader({ params }) {}
export const action = async ({ request }) => { if (request.method === 'DELETE') return null; };
`,
      'app/routes/_auth.login.tsx': `export const loader = () => null;\nexport default function Login() { return null; }\n`,
      'app/routes/sitemap[.]xml.ts': `export const loader = () => new Response();\n`,
      'app/routes/files.$.ts': `export function action() {}\n`,
      'app/routes/($lang)._layout.feed_.rss/route.ts': `export { loader } from '~/feed';\nexport const action = 1;\n`,
    },
    routes: [
      'GET /api/users/{id} app/routes/api.users.$id.ts:1 loader',
      'DELETE /api/users/{id} app/routes/api.users.$id.ts:2 action',
      'GET /sitemap.xml app/routes/sitemap[.]xml.ts:1 loader',
      'GET /{lang}/feed/rss app/routes/($lang)._layout.feed_.rss/route.ts:1 ~/feed.loader',
      'POST /files/{**} app/routes/files.$.ts:1 action',
      'PUT /files/{**} app/routes/files.$.ts:1 action',
      'PATCH /files/{**} app/routes/files.$.ts:1 action',
      'DELETE /files/{**} app/routes/files.$.ts:1 action',
    ],
  },
  {
    says: 'routes listed by app/routes.ts, with layouts and prefixes',
    files: {
      'app/routes.ts': `import { type RouteConfig, route, index, layout, prefix } from '@react-router/dev/routes';
export default [
  index('./home.tsx'),
  layout('./auth/layout.tsx', [route('login', './auth/login.ts')]),
  ...prefix('api', [route('users/:id', './api/users.ts', [route('posts', 'api/posts.ts')])]),
] satisfies RouteConfig;
`,
      'app/home.tsx': `export const loader = () => 1;\nexport default () => null;\n`,
      'app/auth/login.ts': `export async function action() {}\n`,
      'app/api/users.ts': `export const loader = () => 1;\n`,
      'app/api/posts.ts': `export const loader = () => 1;\n`,
    },
    routes: [
      ...['POST', 'PUT', 'PATCH', 'DELETE'].map((method) => `${method} /login app/auth/login.ts:1 action`),
      'GET /api/users/{id} app/api/users.ts:1 loader',
      'GET /api/users/{id}/posts app/api/posts.ts:1 loader',
    ],
  },
]);

checkLayouts('sveltekit', [
  {
    says: 'a base path of `paths` and of nothing else that is called base, and a folder that is called test',
    files: {
      'package.json': '{ "devDependencies": { "@sveltejs/kit": "2.16.1" } }',
      'svelte.config.js': `export default { vite: { base: '/no' }, kit: { alias: [{ base: '/no' }], paths: { base: '/shop' } } };\n`,
      'src/routes/test/items/+server.ts': `export function GET() {}\n`,
    },
    routes: ['GET /shop/test/items src/routes/test/items/+server.ts:1 GET'],
  },
]);

checkLayouts('nitro', [
  {
    says: 'the base path that Nuxt has for its application',
    files: {
      'package.json': '{ "devDependencies": { "nuxt": "3.15.0" } }',
      'nuxt.config.ts': `export default defineNuxtConfig({ auth: { baseURL: '/no' }, app: { baseURL: '/shop' } });\n`,
      'server/api/items.get.ts': `export default defineEventHandler(() => []);\n`,
    },
    routes: ['GET /shop/api/items server/api/items.get.ts:1 anonymous'],
  },
]);
