import type { FeedSetting, FeedValues } from '../model/feed';
import { UserError } from '../../util/errors';
import { checkJsonPath } from './jsonPath';

/** Where the values of a feed come from, before anything was read. */
export type FeedSource =
  | { readonly kind: 'ready'; readonly values: FeedValues }
  /** `select` is a column of a CSV file, or a JSONPath into a JSON file; null where the feed's name decides. */
  | { readonly kind: 'file'; readonly path: string; readonly select: string | null }
  /** `path` with its query, from the base URL of the server. */
  | { readonly kind: 'endpoint'; readonly path: string; readonly jsonPath: string };

const NAME = /^[A-Za-z_][\w.-]*$/;
const WHOLE = '-?\\d{1,15}';

/**
 * Reads a feed as it is typed. Fails with `feed-name`, `feed-spec` or `json-path`.
 *
 * Examples: `1..1000`, `red,green,blue`, `random:uuid`, `random:hex:8`, `random:int:1..6`, `ids.csv`, `users.csv#email`,
 * `users.json $.data[*].id`, `GET /author?limit=200 $[*].id`
 */
export function parseFeed({ name, spec }: FeedSetting): FeedSource {
  if (!NAME.test(name)) {
    throw new UserError('feed-name', `A feed cannot be called ${JSON.stringify(name)}: use letters, digits and "_".`);
  }
  const text = spec.trim();
  const [, from, to] = new RegExp(`^(${WHOLE})\\.\\.(${WHOLE})$`).exec(text) ?? [];
  if (from !== undefined && to !== undefined) return { kind: 'ready', values: { kind: 'range', ...bounds(from, to) } };
  if (/^random\b/i.test(text)) return { kind: 'ready', values: parseRandom(text) };
  if (/^[A-Z]+ /.test(text)) return parseEndpoint(text);
  const file = /^@?([^,]+?\.(?:csv|tsv|json|txt))(?:#(.+)| +(\$.*))?$/i.exec(text) ?? /^@([^,]+)$/.exec(text);
  if (file?.[1] !== undefined) {
    if (file[3] !== undefined) checkJsonPath(file[3]);
    return { kind: 'file', path: file[1].trim(), select: file[2] ?? file[3] ?? null };
  }
  if (text === '') throw badSpec(name, spec);
  return { kind: 'ready', values: { kind: 'list', values: text.split(',').map((value) => value.trim()) } };
}

/**
 * Whether a text can only be meant as a feed, where a plain value could be typed as well: a range, random values, a
 * file with `@` (`@me` is a name), another endpoint.
 */
export function looksLikeFeed(text: string): boolean {
  const trimmed = text.trim();
  if (/^@.+\.(?:csv|tsv|json|txt)(?:#.+| +\$.*)?$/i.test(trimmed)) return true;
  return new RegExp(`^(${WHOLE}\\.\\.${WHOLE}|random:\\w.*|GET /.* \\$.*)$`).test(trimmed);
}

function bounds(from: string, to: string): { from: number; to: number } {
  if (Number(from) > Number(to)) {
    throw new UserError('feed-spec', `A range goes up: write ${to}..${from} instead of ${from}..${to}.`);
  }
  return { from: Number(from), to: Number(to) };
}

function parseRandom(text: string): FeedValues {
  const digits = /^random:hex(?::(\d{1,3}))?$/i.exec(text);
  const range = new RegExp(`^random:int(?::(${WHOLE})\\.\\.(${WHOLE}))?$`, 'i').exec(text);
  if (/^random:uuid$/i.test(text)) return { kind: 'random', form: 'uuid' };
  if (digits && Number(digits[1] ?? 16) > 0) return { kind: 'random', form: 'hex', digits: Number(digits[1] ?? 16) };
  if (range) return { kind: 'random', form: 'int', ...bounds(range[1] ?? '0', range[2] ?? '2147483647') };
  throw new UserError(
    'feed-spec',
    `${JSON.stringify(text)} is no kind of random value: write random:uuid, random:hex:16 or random:int:1..1000.`,
  );
}

function parseEndpoint(text: string): FeedSource {
  const [, method, path, jsonPath] = /^([A-Z]+) +(\/\S*) +(\$.*)$/.exec(text) ?? [];
  if (path === undefined || jsonPath === undefined) {
    throw new UserError(
      'feed-spec',
      `${JSON.stringify(text)} does not say which values to take: write it like GET /author?limit=200 $[*].id.`,
    );
  }
  if (method !== 'GET') {
    throw new UserError('feed-spec', `Values are only taken from the answer to a GET, not to a ${method ?? ''}.`);
  }
  checkJsonPath(jsonPath);
  return { kind: 'endpoint', path, jsonPath };
}

function badSpec(name: string, spec: string): UserError {
  return new UserError(
    'feed-spec',
    `The feed "${name}" has no values (${JSON.stringify(spec)}): write 1..1000, a,b,c, random:uuid, a file, or GET /path $[*].id.`,
  );
}
