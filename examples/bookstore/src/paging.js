const LARGEST_PAGE = 200;

/**
 * Reads `limit` and `offset` from a query string. Returns `{ limit, offset }`, or `{ error }` with a sentence when one of
 * them is not a number the API can use.
 */
export function readPage(query) {
  const limit = query.limit === undefined ? 20 : Number(query.limit);
  const offset = query.offset === undefined ? 0 : Number(query.offset);
  if (!Number.isInteger(limit) || limit < 1 || limit > LARGEST_PAGE) {
    return { error: `limit must be a whole number from 1 to ${LARGEST_PAGE}.` };
  }
  if (!Number.isInteger(offset) || offset < 0) return { error: 'offset must be a whole number, 0 or more.' };
  return { limit, offset };
}
