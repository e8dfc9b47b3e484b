import type { AnswerChecks } from '../core/model/answers';
import { checkJsonPath } from '../core/request/jsonPath';
import { parseCount, usageError } from './values';

/** What is typed to say which answers are right; flags of `bench`. */
export const CHECK_OPTIONS = {
  'expect-status': { type: 'string' },
  'expect-body-contains': { type: 'string', multiple: true },
  'expect-body-bytes': { type: 'string' },
  'expect-body-hash': { type: 'string' },
  'expect-json': { type: 'string', multiple: true },
} as const;

interface CheckValues {
  readonly 'expect-status'?: string | undefined;
  readonly 'expect-body-contains'?: readonly string[] | undefined;
  readonly 'expect-body-bytes'?: string | undefined;
  readonly 'expect-body-hash'?: string | undefined;
  readonly 'expect-json'?: readonly string[] | undefined;
}

/** The checks that were typed, or null when there are none. Fails with `usage` or `json-path`. */
export function parseChecks(values: CheckValues): AnswerChecks | null {
  const checks: AnswerChecks = {
    ...(values['expect-status'] === undefined ? {} : { statuses: parseStatuses(values['expect-status']) }),
    ...(values['expect-body-contains'] === undefined ? {} : { bodyContains: values['expect-body-contains'] }),
    ...(values['expect-body-bytes'] === undefined
      ? {}
      : { bodyBytes: parseCount(values['expect-body-bytes'], '--expect-body-bytes', 0, Number.MAX_SAFE_INTEGER) }),
    ...(values['expect-body-hash'] === undefined ? {} : { bodyHash: parseHash(values['expect-body-hash']) }),
    ...(values['expect-json'] === undefined ? {} : { json: values['expect-json'].map(parseJsonCheck) }),
  };
  return Object.keys(checks).length === 0 ? null : checks;
}

/** `200`, `2xx`, `200,204` or `200-299`. */
function parseStatuses(text: string): NonNullable<AnswerChecks['statuses']> {
  return text.split(',').map((part) => {
    const range = /^([1-5]\d\d)(?:-([1-5]\d\d))?$/.exec(part.trim());
    const family = /^([1-5])xx$/i.exec(part.trim());
    if (family) return { from: Number(family[1]) * 100, to: Number(family[1]) * 100 + 99 };
    if (range) return { from: Number(range[1]), to: Number(range[2] ?? range[1]) };
    throw usageError(`--expect-status wants a status like 200, 2xx or 200,204, not "${text}".`);
  });
}

function parseHash(text: string): string {
  const hash = text.trim().toLowerCase();
  if (/^[0-9a-f]{8,64}$/.test(hash)) return hash;
  throw usageError(`--expect-body-hash wants a SHA-256 as hex digits (8 of them at least), not "${text}".`);
}

/**
 * A JSONPath, and after `=` what it must find: JSON, or a text as it is.
 *
 * Examples: `$.ok=true`, `$.name=Ada`, `$.items[0].id`, `$[?@.id==7].name="Ada"`
 */
function parseJsonCheck(text: string): NonNullable<AnswerChecks['json']>[number] {
  // A filter has `=` of its own: the last one that leaves a whole path before it is the one that compares.
  for (let at = text.lastIndexOf('='); at > 0; at = text.lastIndexOf('=', at - 1)) {
    const path = text.slice(0, at).trim();
    if (isJsonPath(path)) return { path, equals: asJson(text.slice(at + 1).trim()) };
  }
  checkJsonPath(text.trim());
  return { path: text.trim(), equals: null };
}

function isJsonPath(path: string): boolean {
  try {
    checkJsonPath(path);
    return true;
  } catch {
    return false;
  }
}

function asJson(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify(text);
  }
}
