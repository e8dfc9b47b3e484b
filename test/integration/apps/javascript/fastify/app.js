'use strict';
const path = require('node:path');
const AutoLoad = require('@fastify/autoload');
const { API_PREFIX } = require('./lib/constants');

/** Registers everything on an instance. */
async function build(fastify) {
  fastify.get('/', async () => ({ up: true }));
  await fastify.register(require('./lib/support'));
  await fastify.register(AutoLoad, {
    dir: path.join(__dirname, 'routes'),
    routeParams: true,
    options: { prefix: API_PREFIX },
  });
  await fastify.register(require('./lib/reports'), { prefix: '/reports' });
  await fastify.register(require('./lib/reports'), { prefix: `${API_PREFIX}/v2/reports` });
  for (const route of require('./lib/table')) fastify.route(route);
  await fastify.register(
    async (scope) => {
      scope.all('/everything', { handler: anything });
      scope.register(async (inner) => inner.get('/deep/:a-:b', (request) => request.params), { prefix: '/inner' });
    },
    { prefix: '/scope/' },
  );
  fastify.get('/files/*', anything);
  fastify.get('/dates/:day(^\\d{4}-\\d{2}$)/:hour?', anything);
}

async function anything() {
  return 'x';
}

module.exports = { build };
