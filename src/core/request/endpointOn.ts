import type { Endpoint } from '../model/endpoint';
import type { RequestValues } from '../model/request';
import type { Server } from '../model/server';
import { sameEndpoint } from './sameEndpoint';

type Placed = Pick<Endpoint, 'method' | 'path' | 'file'>;

/**
 * An endpoint as the code of one of several servers has it, and the names that its parameters have there. A server with a
 * `dir` runs the code below that folder; one without runs what lies in nobody's. `endpoints` are those of the workspace folder,
 * with files relative to it. Undefined when that code has no such route.
 *
 * Example: `GET /author/{author_id}` of `flask/app.py` on a server with `dir: "sanic"` → `GET /author/{id}` of `sanic/app.py`.
 */
export function endpointOn<Each extends Placed>(
  server: Pick<Server, 'dir'>,
  servers: readonly Pick<Server, 'dir'>[],
  endpoint: Each,
  endpoints: readonly Each[],
): { readonly endpoint: Each; readonly renamed: ReadonlyMap<string, string> } | undefined {
  const others = servers.flatMap(({ dir }) => (dir === undefined || dir === server.dir ? [] : [folderOf(dir)]));
  const own = server.dir === undefined ? '' : folderOf(server.dir);
  const isThere = ({ file }: Placed): boolean =>
    file.startsWith(own) && !others.some((other) => other.startsWith(own) && file.startsWith(other));
  if (isThere(endpoint)) return { endpoint, renamed: new Map() };
  return sameEndpoint(`${endpoint.method} ${endpoint.path}`, endpoints.filter(isThere));
}

/** Values for an endpoint as other code names its parameters. */
export function renameValues(values: RequestValues, renamed: ReadonlyMap<string, string>): RequestValues {
  const path = Object.entries(values.path).map(([name, value]) => [renamed.get(name) ?? name, value] as const);
  return { ...values, path: Object.fromEntries(path) };
}

/** `./services/api/` → `services/api/`; the workspace folder itself is nothing. */
function folderOf(dir: string): string {
  const plain = dir.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
  return plain === '' || plain === '.' ? '' : `${plain}/`;
}
