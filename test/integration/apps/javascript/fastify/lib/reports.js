module.exports = function reports(app, options, done) {
  app.get('/', list);
  app.get(
    '/:id',
    { schema: { params: { type: 'object', properties: { id: { type: 'integer' } } } } },
    async (request) => request.params,
  );
  done();
};

const list = async () => [];
