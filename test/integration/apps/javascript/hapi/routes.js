const answer = (request, h) => h.response('x');

module.exports = [
  { method: ['PUT', 'POST'], path: '/items/{id?}', options: { handler: answer } },
  { method: 'get', path: '/files/{folder}/{rest*2}', handler: answer },
  { method: '*', path: '/any/{path*}', handler: () => 'any' },
];
