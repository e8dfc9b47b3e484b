const prefix = '/v1';

exports.plugin = {
  name: 'users',
  register: async function (server, options) {
    server.route({ method: 'GET', path: '/', handler: () => [] });
    server.route([
      { method: 'GET', path: `${prefix}/{id}`, handler: () => [] },
      { method: 'DELETE', path: `${prefix}/{id}`, handler: () => [] },
    ]);
  },
};
