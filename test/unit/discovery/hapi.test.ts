import { checkLayouts } from './checkLayouts';

checkLayouts('hapi', [
  {
    says: 'route objects alone and in lists of other files, with several methods and every method',
    files: {
      'server.js': `const Hapi = require('@hapi/hapi');
const init = async () => {
  const server = Hapi.server({ port: 3000 });
  server.route({ method: 'GET', path: '/', handler: (request, h) => 'x' });
  server.route(require('./routes'));
  server.route({ method: '*', path: '/{any*}', handler: () => '404' });
  await server.start();
};
init();
`,
      'routes.js': `const users = require('./users');
module.exports = [
  { method: ['PUT', 'POST'], path: '/users/{id?}', options: { handler: users.save } },
  { method: 'get', path: '/files/{a}/{rest*2}', config: { handler: users.file } },
];
`,
      'users.js': `exports.save = async (request, h) => h.response();\nexports.file = () => 1;\n`,
    },
    routes: [
      'GET / server.js:4 handler',
      'PUT /users/{id} users.js:1 save',
      'POST /users/{id} users.js:1 save',
      'GET /files/{a}/{rest*} users.js:2 file',
      'ANY /{any*} server.js:6 handler',
    ],
  },
  {
    says: 'plugins with a prefix, given by name, by module and in a list',
    files: {
      'server.js': `const Hapi = require('@hapi/hapi');
const server = new Hapi.Server();
module.exports = (async () => {
  await server.register({ plugin: require('./a'), routes: { prefix: '/a' } });
  await server.register([require('./b'), { plugin: require('./c').plugin, options: {} }], { routes: { prefix: '/all' } });
})();
`,
      'a.js': `exports.plugin = { name: 'a', register: async (server, options) => { server.route({ method: 'GET', path: '/', handler: () => 1 }); } };\n`,
      'b.js': `module.exports = { name: 'b', version: '1', async register(server) { server.route([{ method: 'GET', path: '/b', handler: () => 1 }]); } };\n`,
      'c.js': `exports.plugin = { name: 'c', register(server) { server.route({ method: 'GET', path: '/c', handler }); } };\nfunction handler() {}\n`,
    },
    routes: ['GET /a a.js:1 handler', 'GET /all/b b.js:1 handler', 'GET /all/c c.js:2 handler'],
  },
]);
