import { UserError } from '../../util/errors';
import { findByJsonPath, type JsonValue } from './jsonPath';

/** What a feed may hold at most. */
export const FEED_LIMITS = { rows: 1_000_000, valueLength: 8_192, fileBytes: 64 * 1024 * 1024 } as const;

/**
 * The values of one column of a table (RFC 4180; `separator` is `,` or a tab). A table of several columns must name them in
 * its first line; in a table of one column the first line is a name only when it is the one asked for. Fails with
 * `feed-column`, `feed-empty`, `feed-limit` or `feed-csv`.
 *
 * Examples: `id\n1\n2`, column `id` → 1, 2; `1\n2`, column `id` → 1, 2; `a,id\nx,1`, column `id` → 1
 */
export function valuesFromTable(text: string, column: string, separator = ','): readonly string[] {
  const rows = parseTable(text, separator);
  const [head] = rows;
  if (!head) throw emptyFeed('the file');
  const at = head.findIndex((name) => name.trim().toLowerCase() === column.toLowerCase());
  if (at < 0 && head.length > 1) {
    throw new UserError(
      'feed-column',
      `There is no column "${column}" in the file; its first line has ${head.join(', ')}. Name one like file.csv#column.`,
    );
  }
  const values = (at < 0 ? rows : rows.slice(1)).map((row) => row[Math.max(0, at)] ?? '');
  return checked(values, 'the file');
}

/**
 * Values out of parsed JSON: by a JSONPath, or else an array of values, or an array of objects that have `name`. Texts,
 * numbers and truth values count; objects, arrays and null do not. Fails with `feed-empty` or `feed-limit`.
 */
export function valuesFromJson(value: JsonValue, path: string | null, name: string, where: string): readonly string[] {
  const found = path !== null ? findByJsonPath(value, path) : Array.isArray(value) ? value.map(memberOf(name)) : [];
  const values = found.flatMap((each) =>
    typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean' ? [String(each)] : [],
  );
  if (values.length === 0) {
    const what = path ?? `an array of values, or of objects with "${name}"`;
    throw new UserError('feed-empty', `${where} has nothing that could be fed: looked for ${what}.`);
  }
  return checked(values, where);
}

/** One value a line; empty lines do not count. */
export function valuesFromLines(text: string): readonly string[] {
  return checked(
    text
      .replace(/^\ufeff/, '')
      .split(/\r\n|\n|\r/)
      .filter((line) => line !== ''),
    'the file',
  );
}

function memberOf(name: string): (each: JsonValue) => JsonValue {
  return (each) =>
    typeof each === 'object' && each !== null && !Array.isArray(each) && Object.hasOwn(each, name)
      ? (each[name] ?? null)
      : each;
}

function checked(values: readonly string[], where: string): readonly string[] {
  if (values.length === 0) throw emptyFeed(where);
  if (values.length > FEED_LIMITS.rows) {
    throw new UserError(
      'feed-limit',
      `A feed has at most ${FEED_LIMITS.rows} values, and ${where} has more: take fewer.`,
    );
  }
  const long = values.findIndex((value) => value.length > FEED_LIMITS.valueLength);
  if (long >= 0) {
    throw new UserError(
      'feed-limit',
      `Value ${long + 1} of ${where} is longer than ${FEED_LIMITS.valueLength} characters: shorten it.`,
    );
  }
  return values;
}

function emptyFeed(where: string): UserError {
  return new UserError('feed-empty', `There is no value in ${where}: put at least one in.`);
}

function parseTable(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endRow = (): void => {
    row.push(cell);
    if (row.length > 1 || cell !== '') rows.push(row);
    row = [];
    cell = '';
  };
  const source = text.replace(/^\ufeff/, '');
  for (let at = 0; at < source.length; at += 1) {
    const char = source[at] ?? '';
    if (isQuoted) {
      if (char !== '"') cell += char;
      else if (source[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else isQuoted = false;
    } else if (char === '"' && cell === '') isQuoted = true;
    else if (char === separator) {
      row.push(cell);
      cell = '';
    } else if (char === '\n' || char === '\r') {
      if (char === '\r' && source[at + 1] === '\n') at += 1;
      endRow();
    } else cell += char;
  }
  if (isQuoted) throw new UserError('feed-csv', 'A quotation mark in the file is never closed: correct it.');
  endRow();
  return rows;
}
