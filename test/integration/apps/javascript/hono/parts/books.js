const { Hono } = require('hono');
const { createFactory } = require('hono/factory');

const factory = createFactory();
const handlers = factory.createHandlers(
  async (c, next) => next(),
  (c) => c.json([]),
);
const books = new Hono().basePath('/all');
books.get('/', ...handlers);
books.get('/:id', (c) => c.json({}));

module.exports = { books };
