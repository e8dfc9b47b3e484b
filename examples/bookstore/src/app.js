import express from 'express';
import { authorRoutes } from './routes/authors.js';
import { bookRoutes } from './routes/books.js';
import { genreRoutes } from './routes/genres.js';

/** The whole API; `server.js` gives it a port. */
export function createApp() {
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json({ limit: '100kb' }));

  app.get('/', (request, response) => {
    response.type('text').send('Hello, World!');
  });

  app.use('/author', authorRoutes);
  app.use('/book', bookRoutes);
  app.use('/genre', genreRoutes);

  app.use((request, response) => {
    response.status(404).json({ error: `There is nothing at ${request.path}.` });
  });
  app.use((error, request, response, next) => {
    if (response.headersSent) return next(error);
    const status = error.status ?? 500;
    response.status(status).json({ error: status < 500 ? error.message : 'The bookstore failed to answer.' });
  });
  return app;
}
