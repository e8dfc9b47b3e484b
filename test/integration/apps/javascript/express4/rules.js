const users = require('./controllers/users');

module.exports = [
  ['get', '/users', users.list],
  ['delete', '/users/:id', users.show],
];
