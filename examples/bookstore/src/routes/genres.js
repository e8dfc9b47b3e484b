import { Router } from 'express';
import { booksByGenre, genres, genresById } from '../data/catalogue.js';
import { readPage } from '../paging.js';

export const genreRoutes = Router();

genreRoutes.get('/', (request, response) => {
  response.json(genres.map((genre) => ({ ...genre, bookCount: booksByGenre.get(genre.id).length })));
});

genreRoutes.route('/:genre_id/book').get((request, response) => {
  const genre = genresById.get(Number(request.params.genre_id));
  if (!genre) return response.status(404).json({ error: 'No such genre.' });
  const page = readPage(request.query);
  if (page.error) return response.status(400).json({ error: page.error });

  const shelf = booksByGenre.get(genre.id).slice(page.offset, page.offset + page.limit);
  response.json(shelf.map((book) => ({ id: book.id, title: book.title, year: book.year })));
});
