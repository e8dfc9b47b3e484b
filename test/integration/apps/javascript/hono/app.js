const { Hono } = require('hono');
const { books } = require('./parts/books');
const { makeAdmin } = require('./parts/admin');

const app = new Hono();
app.use('*', async (c, next) => next());
app.get('/', (c) => c.text('x'));
app.get('/posts/:id{[0-9]+}', (c) => c.json({})).post((c) => c.json({}));
app.on(['PUT', 'DELETE'], ['/on', '/on/:x'], (c) => c.text('on'));
app.all('/all/*', (c) => c.text('all'));
app.route('/books', books);
app.route('/admin', makeAdmin('v1'));
const versioned = app.basePath('/v2');
versioned.get('/x', (c) => c.text('x'));

module.exports = { app };
