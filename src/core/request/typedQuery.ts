import type { RequestValues } from '../model/request';

/**
 * A query as a person types it, without `?`: only what would be read otherwise is percent-encoded.
 *
 * Example: `id` = `GET /author $[*].id`, `q` = `a&b` → `id=GET /author $[*].id&q=a%26b`
 */
export function formatQuery(query: RequestValues['query']): string {
  return query
    .map(([name, value]) => `${encode(name, /[%&+#=\p{Cc}]/gu)}=${encode(value, /[%&+#\p{Cc}]/gu)}`)
    .join('&');
}

/** The pairs of a typed query, with or without `?`. */
export function parseQuery(text: string): RequestValues['query'] {
  return [...new URLSearchParams(text.trim())];
}

function encode(text: string, special: RegExp): string {
  // White space at either end would be taken for that of the line.
  return text.replace(special, encodeURIComponent).replace(/^\s+|\s+$/g, encodeURIComponent);
}
