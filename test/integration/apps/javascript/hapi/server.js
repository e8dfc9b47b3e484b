const Hapi = require('@hapi/hapi');

async function createServer() {
  const server = Hapi.server();
  server.route({ method: 'GET', path: '/', handler: () => 'x' });
  server.route(require('./routes'));
  await server.register({ plugin: require('./plugins/users'), routes: { prefix: '/users' } });
  await server.register([require('./plugins/tools').plugin], { routes: { prefix: '/tools' } });
  return server;
}

module.exports = { createServer };
