const polka = require('polka');

const users = polka().get('/', list).post('/', list).get('/:id/books/:title?', list);
const app = polka();
app.get('/', (req, res) => res.end('x'));
app.use('/users', users);
app.put('/files/*', list);

function list(req, res) {
  res.end('[]');
}

module.exports = app;
