import type { TeamFile, TeamRequest } from './teamFile';

/** A request of the team file for one endpoint. */
export interface NamedRequest {
  /** Null for the one without a name, which is taken when none is asked for. */
  readonly name: string | null;
  readonly request: TeamRequest;
}

/**
 * What the team wrote down for an endpoint, the one without a name first.
 *
 * Example: keys `GET /author/{id}` and `GET /author/{id} #unknown` → names `null`, `unknown`
 */
export function namedRequests({ requests }: TeamFile, method: string, path: string): readonly NamedRequest[] {
  const key = requestKey(method, path, null);
  const named = [...requests].flatMap(([each, request]): NamedRequest[] =>
    each === key
      ? [{ name: null, request }]
      : each.startsWith(`${key} #`)
        ? [{ name: each.slice(key.length + 2), request }]
        : [],
  );
  return named.sort((a, b) => Number(a.name !== null) - Number(b.name !== null));
}

/** Under what a request stands in the team file. Example: `GET /author/{id} #unknown` */
export function requestKey(method: string, path: string, name: string | null): string {
  return `${method} ${path}${name === null ? '' : ` #${name}`}`;
}
