import type { SourceFiles } from '../languages/frontend';
import { dict, list, NULL, num, str, type Value } from './values';

/** A larger file holds data, not settings. */
const LIMIT_CHARACTERS = 100_000;

/**
 * The value of a JSON file of the workspace; undefined when it is none.
 *
 * Examples: `{ "api": { "prefix": "/v1" } }` is a dict; text that is no JSON, and a file of 1 MB, are undefined.
 */
export function readJsonFile(file: string, files: SourceFiles): Value | undefined {
  const text = file.endsWith('.json') ? files.text(file) : undefined;
  if (text === undefined || text.length > LIMIT_CHARACTERS) return undefined;
  try {
    return valueOf(JSON.parse(text) as unknown, 0);
  } catch {
    return undefined;
  }
}

function valueOf(json: unknown, depth: number): Value {
  if (typeof json === 'string') return str(json);
  if (typeof json === 'number' || typeof json === 'boolean') return num(json);
  if (typeof json !== 'object' || json === null || depth > 20) return NULL;
  if (Array.isArray(json)) return list(json.map((item) => valueOf(item, depth + 1)));
  return dict(Object.entries(json).map(([key, value]) => [key, valueOf(value, depth + 1)] as const));
}
