import { Router } from 'express';
import { addAuthor, authors, authorsById, books, booksByAuthor, genresById } from '../data/catalogue.js';
import { readPage } from '../paging.js';

export const authorRoutes = Router();

authorRoutes.get('/', (request, response) => {
  const page = readPage(request.query);
  if (page.error) return response.status(400).json({ error: page.error });

  const shown = authors.slice(page.offset, page.offset + page.limit);
  response.json(shown.map((author) => ({ ...author, bookCount: booksByAuthor.get(author.id)?.length ?? 0 })));
});

authorRoutes.post('/', (request, response) => {
  const { name, countryCode, email } = request.body ?? {};
  if (typeof name !== 'string' || name.trim() === '') {
    return response.status(400).json({ error: 'An author needs a name.' });
  }
  const author = addAuthor({ name: name.trim(), countryCode, email });
  response.status(201).location(`/author/${author.id}`).json(author);
});

authorRoutes.get('/:author_id', (request, response) => {
  const author = authorsById.get(Number(request.params.author_id));
  if (!author) return response.status(404).json({ error: 'No such author.' });

  const written = books.filter((book) => book.authorId === author.id);

  const genreNames = new Set();
  for (const book of written) {
    for (const genreId of book.genreIds) genreNames.add(genresById.get(genreId).name);
  }

  response.json({
    ...author,
    books: written.map((book) => ({ id: book.id, title: book.title, year: book.year })),
    genres: [...genreNames].sort(),
  });
});
