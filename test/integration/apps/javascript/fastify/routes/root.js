module.exports = async (fastify) => {
  fastify.get('/', async () => 'root of the api');
};
