const handlers = {
  async read() {},
  write: async () => {},
};

module.exports = [
  { method: 'GET', path: '/table/read', handler: handlers.read },
  { method: ['POST', 'PUT'], path: '/table/:key', handler: handlers.write },
];
