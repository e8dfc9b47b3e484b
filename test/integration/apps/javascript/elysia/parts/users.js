const { Elysia } = require('elysia');

exports.users = new Elysia({ prefix: '/users' }).get('/:id', show).delete('/', () => 'x');

function show({ params }) {
  return params.id;
}
