module.exports = async (fastify) => {
  fastify.get('/tools', async () => 1);
};
module.exports.autoPrefix = '/secret';
