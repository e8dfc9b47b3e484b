const fp = require('fastify-plugin');

module.exports = fp(async function support(fastify) {
  fastify.decorate('answer', () => 42);
  fastify.route({ method: 'GET', url: '/health', handler: health });
});

async function health() {
  return 'ok';
}
