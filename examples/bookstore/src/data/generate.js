import { createRandom } from './random.js';

const FIRST_NAMES = [
  'Ada',
  'Bruno',
  'Chidi',
  'Dana',
  'Elif',
  'Farah',
  'Goran',
  'Hana',
  'Ines',
  'Jonas',
  'Kofi',
  'Lena',
];
const LAST_NAMES = ['Abara', 'Berg', 'Castro', 'Dvorak', 'Eze', 'Fontaine', 'Greco', 'Haddad', 'Ito', 'Jansen', 'Kaya'];
const COUNTRIES = ['BR', 'CZ', 'DE', 'FR', 'GB', 'GH', 'IT', 'JP', 'LB', 'NG', 'NL', 'PT', 'TR'];
const STREETS = ['Mill Lane', 'Harbour Road', 'Station Street', 'Park Row', 'Church Hill', 'Market Square'];
const GENRES = [
  'Adventure',
  'Biography',
  'Crime',
  'Drama',
  'Essay',
  'Fantasy',
  'History',
  'Horror',
  'Humour',
  'Memoir',
];
const MORE_GENRES = [
  'Mystery',
  'Nature',
  'Philosophy',
  'Poetry',
  'Politics',
  'Romance',
  'Science',
  'Thriller',
  'Travel',
];
const ADJECTIVES = [
  'Silent',
  'Golden',
  'Broken',
  'Last',
  'Hidden',
  'Distant',
  'Burning',
  'Patient',
  'Second',
  'Winter',
];
const NOUNS = ['River', 'Library', 'Garden', 'Letter', 'Harbour', 'Machine', 'Orchard', 'Witness', 'Island', 'Clock'];

/** Makes `{ authors, books, genres }`, the same for the same sizes. Every author has a book at least, a book 1 to 4 genres. */
export function generateCatalogue({ authorCount, bookCount }) {
  const random = createRandom(20190612);
  const genres = [...GENRES, ...MORE_GENRES].map((name, index) => ({ id: index + 1, name }));
  const authors = Array.from({ length: authorCount }, (_, index) => makeAuthor(index + 1, random));
  const books = Array.from({ length: bookCount }, (_, index) => makeBook(index + 1, authorCount, genres, random));
  return { authors, books, genres };
}

function makeAuthor(id, random) {
  const first = random.pick(FIRST_NAMES);
  const last = random.pick(LAST_NAMES);
  const startYear = random.between(1990, 2020);
  return {
    id,
    name: `${first} ${last}`,
    countryCode: random.pick(COUNTRIES),
    email: `${first}.${last}.${id}@example.com`.toLowerCase(),
    phone: `+00 ${random.between(100, 999)} ${random.between(100000, 999999)}`,
    address: `${random.between(1, 200)} ${random.pick(STREETS)}`,
    contractStart: `${startYear}-0${random.between(1, 9)}-01`,
    contractEnd: `${startYear + random.between(1, 9)}-0${random.between(1, 9)}-01`,
    contractValue: random.between(5, 500) * 1000,
  };
}

function makeBook(id, authorCount, genres, random) {
  const genreIds = new Set();
  for (let count = random.between(1, 4); count > 0; count -= 1) genreIds.add(random.pick(genres).id);
  return {
    id,
    // Every author gets a book before chance hands out the others.
    authorId: id <= authorCount ? id : random.between(1, authorCount),
    title: `The ${random.pick(ADJECTIVES)} ${random.pick(NOUNS)}`,
    year: random.between(1950, 2024),
    isbn: `978-${random.between(1000000000, 9999999999)}`,
    pages: random.between(90, 900),
    genreIds: [...genreIds],
  };
}
