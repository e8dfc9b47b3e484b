module.exports = async function users(fastify, options) {
  fastify.get('/', async () => []);
  fastify.post('/', { schema: { body: { type: 'object' } } }, create);
  async function create() {
    return options;
  }
};
