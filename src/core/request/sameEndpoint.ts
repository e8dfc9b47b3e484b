import type { Endpoint } from '../model/endpoint';

/**
 * The endpoint of other code that a route names, whatever its parameters are called there, and the names that they have there.
 * Undefined when there is none.
 *
 * Example: `GET /author/{author_id}` is `GET /author/{id}`, with `author_id` renamed to `id`.
 */
export function sameEndpoint<Each extends Pick<Endpoint, 'method' | 'path'>>(
  route: string,
  endpoints: readonly Each[],
): { readonly endpoint: Each; readonly renamed: ReadonlyMap<string, string> } | undefined {
  const [method = '', path = ''] = route.trim().split(/\s+/);
  const alike = endpoints.filter((each) => shapeOf(each.path) === shapeOf(path));
  const endpoint =
    alike.find((each) => each.method === method && each.path === path) ??
    alike.find((each) => each.method === method) ??
    alike.find((each) => each.method === 'ANY');
  if (!endpoint) return undefined;
  const theirs = namesOf(endpoint.path);
  return { endpoint, renamed: new Map(namesOf(path).map((name, index) => [name, theirs[index] ?? name])) };
}

/** `/author/{id}/` → `/author/{}`: a slash at the end is a matter of taste, too. */
function shapeOf(path: string): string {
  return path.replaceAll(/\{[^}*]*(\*?)\}/g, '{$1}').replace(/(.)\/$/, '$1');
}

function namesOf(path: string): readonly string[] {
  return [...path.matchAll(/\{([^}*]*)\*?\}/g)].map(([, name = '']) => name);
}
