import { UserError } from '../../util/errors';
import { validateHeaders } from './headers';

/** Where in a request a value stands; each has its own way to be written. */
export type FeedPlace =
  | 'path' // within one segment
  | 'segments' // the rest of a path, slashes included
  | 'query'
  | 'header'
  | 'json-text' // inside a JSON string
  | 'json-string' // in place of a JSON value, as a string
  | 'json-value' // in place of a JSON value, as it is
  | 'form'
  | 'xml'
  | 'text';

const XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/**
 * A value as it is written where it stands, so that it cannot become anything else. A lone surrogate, which has no UTF-8,
 * goes as U+FFFD.
 *
 * Examples: `a/b` in a path → `a%2Fb`; `a"b` in a JSON string → `a\"b`; `a"b` as a JSON value → `"a\"b"`
 */
export function escapeFor(place: FeedPlace, value: string): string {
  const text = value.replace(/\p{Surrogate}/gu, '\ufffd');
  switch (place) {
    case 'query':
      // As every URL parser writes it in a query.
      return encodeURIComponent(text).replaceAll("'", '%27');
    case 'path':
    case 'form':
      return encodeURIComponent(text);
    case 'segments':
      return text.split('/').map(encodeURIComponent).join('/');
    case 'json-text':
      return JSON.stringify(text).slice(1, -1);
    case 'json-string':
      return JSON.stringify(text);
    case 'xml':
      return text.replace(/[&<>"']/g, (char) => XML[char] ?? char);
    case 'header':
    case 'json-value':
    case 'text':
      return text;
  }
}

/** Fails with `feed-value` when a value can stand there in no way: it would ask for another path or smuggle a header in. */
export function checkFeedValue(place: FeedPlace, value: string, feed: string): void {
  const parts = place === 'segments' ? value.split('/') : place === 'path' ? [value] : [];
  if (parts.some((part) => part === '.' || part === '..') || (place === 'path' && value === '')) {
    throw new UserError(
      'feed-value',
      `The feed "${feed}" has the value ${JSON.stringify(value)}, which in a path would ask for another one: take it out.`,
    );
  }
  if (place !== 'header') return;
  try {
    validateHeaders([['X-Value', value]]);
  } catch (cause) {
    throw new UserError(
      'feed-value',
      `The feed "${feed}" has the value ${JSON.stringify(value.slice(0, 60))}, which no header can have (line breaks and other control characters, or characters outside of Latin-1): take it out.`,
      { cause },
    );
  }
}

/** Whether every value can stand in JSON as it is: a number, true, false or null. */
export function areJsonValues(values: readonly string[]): boolean {
  return values.every((value) => /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/.test(value));
}
