import { checkLayouts } from './checkLayouts';

checkLayouts('node-http', [
  {
    says: 'conditions on method and path, nested and joined, a constant and a prefix',
    files: {
      'server.js': `const http = require('node:http');
const { HEALTH } = require('./paths');
const server = http.createServer((req, res) => {
  const url = new URL(req.url, 'http://localhost');
  if (req.method === 'GET' && url.pathname === '/') {
    return res.end('x');
  } else if (req.url === '/items') {
    if (req.method === 'POST') { res.end(); }
    else if (req.method === 'DELETE') { res.end(); }
  }
  if (req.url === HEALTH || req.url === '/healthz') return res.end();
  if (req.url.startsWith('/static/')) res.end();
  if (/^\\/users\\/\\d+$/.test(req.url)) res.end();
  if (req.headers.accept === '/no') res.end();
});
server.listen(0);
`,
      'paths.js': `exports.HEALTH = '/health';\n`,
    },
    routes: [
      'GET / server.js:5 anonymous',
      'POST /items server.js:8 anonymous',
      'DELETE /items server.js:9 anonymous',
      'ANY /health server.js:11 anonymous',
      'ANY /healthz server.js:11 anonymous',
      'ANY /static/{rest*} server.js:12 anonymous',
      'ANY /{…} server.js:13 anonymous',
    ],
    notes: ['The path is the regular expression /^\\/users\\/\\d+$/.'],
  },
  {
    says: 'switches on the path, on the method and on both, with cases that share a body',
    files: {
      'server.mjs': `import { createServer } from 'http';
createServer(listener);
function listener(request, response) {
  switch (request.url) {
    case '/a':
    case '/b':
      response.end();
      break;
    case '/c':
      switch (request.method) {
        case 'PUT': return response.end();
        default: response.end();
      }
  }
  switch (\`\${request.method} \${request.url}\`) {
    case 'PATCH /both': response.end();
  }
}
`,
    },
    routes: [
      'ANY /a server.mjs:6 listener',
      'ANY /b server.mjs:6 listener',
      'PUT /c server.mjs:11 listener',
      'PATCH /both server.mjs:16 listener',
    ],
  },
  {
    says: 'no route where an application of a framework is the listener',
    files: {
      'server.js': `const http = require('http');\nconst app = require('express')();\nhttp.createServer(app).listen(1);\nhttp.get('/x', () => 1);\n`,
    },
    routes: [],
  },
]);
