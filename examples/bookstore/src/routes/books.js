import { Router } from 'express';
import { authorsById, books, booksById, genresById } from '../data/catalogue.js';
import { readPage } from '../paging.js';

export const bookRoutes = Router();

bookRoutes.get('/', (request, response) => {
  const page = readPage(request.query);
  if (page.error) return response.status(400).json({ error: page.error });
  response.json(books.slice(page.offset, page.offset + page.limit).map(summarize));
});

bookRoutes.get('/:id', (request, response) => {
  const book = booksById.get(Number(request.params.id));
  if (!book) return response.status(404).json({ error: 'No such book.' });
  response.json({
    ...summarize(book),
    isbn: book.isbn,
    pages: book.pages,
    genres: book.genreIds.map((id) => genresById.get(id).name).sort(),
  });
});

function summarize(book) {
  return { id: book.id, title: book.title, year: book.year, author: authorsById.get(book.authorId).name };
}
