import { generateCatalogue } from './generate.js';

const catalogue = generateCatalogue({ authorCount: 2_000, bookCount: 20_000 });

export const authors = catalogue.authors;
export const books = catalogue.books;
export const genres = catalogue.genres;

export const authorsById = new Map(authors.map((author) => [author.id, author]));
export const booksById = new Map(books.map((book) => [book.id, book]));
export const genresById = new Map(genres.map((genre) => [genre.id, genre]));

/** Author id to the books of that author. */
export const booksByAuthor = groupBy(books, (book) => [book.authorId]);

/** Genre id to the books of that genre. */
export const booksByGenre = groupBy(books, (book) => book.genreIds);

/** Adds an author without books. It is gone when the bookstore stops. */
export function addAuthor({ name, countryCode = null, email = null }) {
  const author = { id: authors.length + 1, name, countryCode, email };
  authors.push(author);
  authorsById.set(author.id, author);
  return author;
}

function groupBy(items, keysOf) {
  const groups = new Map();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    }
  }
  return groups;
}
