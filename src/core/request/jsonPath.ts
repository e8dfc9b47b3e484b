import { query } from 'jsonpath-rfc9535';
import { describeError, UserError } from '../../util/errors';

/** What JSON.parse can answer with. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** Fails with `json-path` when this is not JSONPath as RFC 9535 has it; nothing in it is ever run as code. */
export function checkJsonPath(path: string): void {
  try {
    query(null, path);
  } catch (cause) {
    throw new UserError(
      'json-path',
      `${JSON.stringify(path)} is not a JSONPath (${describeError(cause)}): write it like $[*].id or $.data.items[0].name.`,
      { cause },
    );
  }
}

/**
 * Everything that a JSONPath finds in a value, in order. Fails like `checkJsonPath`.
 *
 * Examples: `$[*].id` in `[{"id": 1}, {"id": 2}]` → 1, 2; `$.ok` in `{}` → nothing
 */
export function findByJsonPath(value: JsonValue, path: string): readonly JsonValue[] {
  checkJsonPath(path);
  return query(value, path);
}
