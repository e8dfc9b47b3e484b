module.exports = async (fastify) => {
  fastify.patch('/', async (request) => request.params.id);
  fastify.delete('/', async (request) => request.params.id);
};
