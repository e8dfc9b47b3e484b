import { resolve } from 'node:path';
import type { WasmLoader } from '../core/discovery/wasmLoader';
import type { Endpoint, HttpMethod } from '../core/model/endpoint';
import type { RequestValues } from '../core/model/request';
import type { Server } from '../core/model/server';
import { namedRequests, type NamedRequest } from '../core/request/namedRequests';
import { proposeValues } from '../core/request/proposeValues';
import { withLogin } from '../core/request/login';
import { TEAM_FILE, type TeamFile, type TeamRequest } from '../core/request/teamFile';
import { withTeamRequest } from '../core/request/teamValues';
import { forWorkspace, listeningProcesses } from '../servers/listeningProcesses';
import { resolveHost } from '../platform/node/resolveHost';
import type { BenchmarkTarget } from '../session/benchmarkOrder';
import { describeRequest } from '../session/describeRequest';
import type { BenchOptions } from './benchOptions';
import { placeFeeds } from './feedOptions';
import { importFile } from './importFile';
import { readBody } from './readBody';
import { readTeamFile } from './readTeamFile';
import { runRoutes } from './routes';
import { usageError } from './values';
import { typedLogin } from './valueSources';

/** Finds the routes of a folder; whoever asks more than once keeps what was found. */
export type RouteFinder = (dir: string, wasm: WasmLoader) => Promise<readonly Endpoint[]>;

/** The routes of a folder, those of tests too. */
export const findRoutes: RouteFinder = async (dir, wasm) =>
  (await runRoutes({ dir, includeTests: true }, { wasm })).endpoints;

/** What the options name: a request to a URL, or an endpoint of a folder with values and a server. Fails with `usage`. */
export async function resolveTarget(
  options: BenchOptions,
  wasm: WasmLoader,
  find: RouteFinder = findRoutes,
): Promise<BenchmarkTarget> {
  const target = await targetWithoutLogin(options, wasm, find);
  const login = await typedLogin(options);
  if (!login) return target;
  if (target.kind === 'endpoint') {
    const { values } = target;
    return { ...target, values: { ...values, headers: withLogin(values.headers, login) } };
  }
  const { request } = target;
  return { kind: 'request', request: { ...request, headers: withLogin(request.headers, login) } };
}

async function targetWithoutLogin(
  options: BenchOptions,
  wasm: WasmLoader,
  find: RouteFinder,
): Promise<BenchmarkTarget> {
  const body = options.body === null ? null : { text: await readBody(options.body, '-d/--body') };
  if (options.url !== null) {
    const method = options.method ?? (body === null ? 'GET' : 'POST');
    return { kind: 'request', request: { method, url: options.url, headers: options.headers, body } };
  }
  if (options.importFrom !== null) {
    const request = await importFile(options.importFrom);
    const isTyped = ([name]: readonly [string, string]): boolean =>
      options.headers.some(([typed]) => typed.toLowerCase() === name.toLowerCase());
    return {
      kind: 'request',
      request: {
        method: options.method ?? request.method,
        url: request.url,
        headers: [...request.headers.filter((header) => !isTyped(header)), ...options.headers],
        body: body ?? request.body,
      },
    };
  }
  const team = await readTeamFile(options.dir);
  const endpoint = pickRoute(await find(options.dir, wasm), options.route ?? '', options.dir);
  const method = options.method ?? routeMethod(options.route ?? '');
  const server = await chooseServer(options, team);
  const described = await describeRequest(
    { ...endpoint, method },
    { folder: resolve(options.dir), baseUrl: server.baseUrl, resolveHost },
    new AbortController().signal,
  );
  const proposed = proposeValues(endpoint, undefined, described);
  return {
    kind: 'endpoint',
    endpoint,
    values: placeFeeds(endpoint, fillValues(endpoint, method, team, options, body, proposed), options.feeds),
    server,
  };
}

/** The endpoint that a typed route names, one for any method where none has its own. Fails with `usage`, naming routes that are near. */
export function pickRoute(endpoints: readonly Endpoint[], route: string, dir: string): Endpoint {
  const method = routeMethod(route);
  const path = route.trim().slice(method.length).trim();
  const samePath = endpoints.filter((endpoint) => endpoint.path === path);
  const found =
    samePath.find((endpoint) => endpoint.method === method) ?? samePath.find(({ method: any }) => any === 'ANY');
  if (found) return found;
  const near = samePath.length > 0 ? samePath : endpoints.filter((endpoint) => endpoint.path.startsWith(path));
  const list = (near.length > 0 ? near : endpoints)
    .slice(0, 5)
    .map((endpoint) => `${endpoint.method} ${endpoint.path}`);
  throw usageError(
    list.length === 0
      ? `There is no route in ${dir}: check --dir.`
      : `There is no route "${route.trim()}" in ${dir}; there is ${list.join(', ')}${endpoints.length > list.length ? ', …' : ''}.`,
  );
}

/** The method of a typed route. Fails with `usage` when it is not a method and a path. */
export function routeMethod(route: string): HttpMethod {
  const [word] = route.trim().split(' ');
  if (!/^[A-Z]+ \//.test(route.trim()))
    throw usageError(`--route wants a method and a path like "GET /author/{id}", not "${route}".`);
  return word as HttpMethod;
}

/** What was typed wins over the team file, which wins over a proposal. Fails with `usage` for a request that is not there, and for feeds of both. */
export function fillValues(
  endpoint: Endpoint,
  method: HttpMethod,
  team: TeamFile,
  options: BenchOptions,
  body: RequestValues['body'],
  proposed: RequestValues = proposeValues(endpoint),
): RequestValues {
  const written = chooseRequest(namedRequests(team, method, endpoint.path), options.request);
  const base = written ? withTeamRequest(endpoint, proposed, written) : proposed;
  if (base.feeds && options.feeds) {
    throw usageError('The request of the team file has feeds of its own: leave --feed out, or choose another request.');
  }
  const isInPath = (name: string): boolean =>
    endpoint.parameters.some((each) => each.in === 'path' && each.name === name);
  const typedPath = options.params.filter(([name]) => isInPath(name));
  const typedQuery = options.params.filter(([name]) => !isInPath(name));
  const query = base.query.filter(([name]) => !typedQuery.some(([typed]) => typed === name));
  const isTyped = ([name]: readonly [string, string]): boolean =>
    options.headers.some(([typed]) => typed.toLowerCase() === name.toLowerCase());
  const isOwn = method === endpoint.method || (written !== undefined && written.body !== null);
  return {
    method,
    path: { ...base.path, ...Object.fromEntries(typedPath) },
    query: [...query, ...typedQuery],
    headers: [...base.headers.filter((header) => !isTyped(header)), ...options.headers],
    body: body ?? (isOwn ? base.body : null),
    ...(base.feeds ? { feeds: base.feeds } : {}),
  };
}

/** The request of the team file that is named; without a name the one that has none. */
function chooseRequest(written: readonly NamedRequest[], name: string | null): TeamRequest | undefined {
  const found = written.find((each) => each.name === name);
  if (found || name === null) return found?.request;
  const names = written.flatMap((each) => each.name ?? []).join(', ');
  throw usageError(
    names === ''
      ? `${TEAM_FILE} has no request "${name}" for this route: write it there as "GET /path #${name}".`
      : `${TEAM_FILE} has no request "${name}" for this route; there is ${names}.`,
  );
}

/** The server that is named, the only one of the team file, or the only process of the folder that listens. Fails with `usage`. */
export async function chooseServer({ server, dir }: BenchOptions, team: TeamFile): Promise<Server> {
  if (server !== null && /^https?:\/\//.test(server)) return { name: server, baseUrl: server.replace(/\/+$/, '') };
  const names = team.servers.map(({ name }) => name).join(', ');
  if (server !== null) {
    const named = team.servers.find(({ name }) => name === server);
    if (named) return named;
    throw usageError(
      names === ''
        ? `There is no server "${server}", because ${TEAM_FILE} has none: describe it there, or give its URL with --server.`
        : `There is no server "${server}" in ${TEAM_FILE}; there is ${names}.`,
    );
  }
  const [only] = team.servers;
  if (only && team.servers.length === 1) return only;
  if (only) throw usageError(`Choose one of the servers with --server: ${names}.`);
  const found = forWorkspace((await listeningProcesses()).processes, resolve(dir));
  const [listener] = found;
  if (listener && found.length === 1) {
    const host = listener.host.includes(':') ? `[${listener.host}]` : listener.host;
    return { name: listener.name, baseUrl: `http://${host}:${listener.port}` };
  }
  throw usageError(
    found.length === 0
      ? `No server of ${dir} is running: start it, or give its address with --server http://127.0.0.1:PORT.`
      : `Several processes of ${dir} listen (${found.map(({ name }) => name).join('; ')}): choose with --server http://127.0.0.1:PORT.`,
  );
}
