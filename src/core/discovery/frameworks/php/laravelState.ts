import type { Parameter } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import { textOf, type CallSite, type Value } from '../../evaluate/values';
import { parseBraces, patternParameter } from '../bracePath';
import type { FrameworkModel, ModelHost } from '../model';

/** What a group says of the routes in it. */
export interface LaravelGroup {
  readonly router: RouterNode;
  readonly controller: Value | null;
  readonly namespaces: readonly string[];
  readonly patterns: ReadonlyMap<string, string>;
}

interface LaravelState {
  /** Groups that are open, outermost first. */
  readonly open: LaravelGroup[];
  /** What each file registers outside of groups. */
  readonly files: Map<string, RouterNode>;
}

const CONTROLLER_NAMESPACES: readonly string[] = ['App.Http.Controllers'];

/** What is known of Laravel in one evaluation: groups that are open, and the router of each routes file. */
export function laravelState(host: ModelHost): LaravelState {
  return host.state('laravel', () => ({ open: [], files: new Map() }));
}

/** The router of a routes file. `routes/api.php` stands below `/api` unless a provider says otherwise. */
export function routerOfFile(model: FrameworkModel, file: string, host: ModelHost): RouterNode {
  const { files } = laravelState(host);
  const known = files.get(file);
  if (known) return known;
  const isApi = /(?:^|\/)routes\/api\.php$/.test(file);
  const prefix: PathPiece = isApi ? { ...EMPTY_PATH, template: '/api' } : EMPTY_PATH;
  const site: CallSite = { args: [], place: { file, line: 1 }, isNew: false };
  const made = host.router(model, 'file', { kind: 'app', site, prefix }).router as RouterNode;
  files.set(file, made);
  return made;
}

/** Where a route that is registered now belongs. */
export function currentGroup(model: FrameworkModel, site: CallSite, host: ModelHost): LaravelGroup {
  const { open } = laravelState(host);
  const inner = open[open.length - 1];
  if (inner) return inner;
  const file = host.including[0] ?? site.place.file;
  return {
    router: routerOfFile(model, file, host),
    controller: null,
    namespaces: CONTROLLER_NAMESPACES,
    patterns: new Map(),
  };
}

/** A path of a route or prefix. */
export function laravelPath(value: Value | undefined, patterns: ReadonlyMap<string, string>): PathPiece {
  const { text, notes } = value ? textOf(value) : { text: '', notes: [] };
  return { ...parseLaravelPath(text, patterns), notes };
}

/**
 * Parses a path of Laravel. Slashes around it do not count.
 *
 * Examples: `users/{user:slug}` is `/users/{user}`; `/a/{b?}` has an optional `{b}`.
 */
export function parseLaravelPath(
  text: string,
  patterns: ReadonlyMap<string, string> = new Map(),
): Omit<PathPiece, 'notes'> {
  const bare = text.replace(/^\/+|\/+$/g, '');
  return parseBraces(bare === '' ? '' : `/${bare}`, (inner) => {
    const name = /^\w+/.exec(inner)?.[0] ?? inner;
    return constrained(name, patterns.get(name), !inner.endsWith('?'));
  });
}

/** A parameter with its pattern; some patterns are words: `uuid`, `a|b`. */
export function constrained(
  name: string,
  pattern: string | undefined,
  required: boolean,
): ReturnType<typeof patternParameter> {
  const plain = (type: Parameter['type'], more: Partial<Parameter> = {}): ReturnType<typeof patternParameter> => {
    return { template: `{${name}}`, parameters: [{ name, in: 'path', type, required, ...more }] };
  };
  if (pattern === 'uuid') return plain('uuid');
  if (pattern === '[a-zA-Z]+' || pattern === '[a-zA-Z0-9]+') return plain('string');
  if (pattern !== undefined && /^[\w-]+(?:\|[\w-]+)+$/.test(pattern))
    return plain('enum', { enumValues: pattern.split('|') });
  return patternParameter(name, pattern, required);
}
