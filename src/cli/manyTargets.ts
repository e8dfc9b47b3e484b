import type { Endpoint, HttpMethod } from '../core/model/endpoint';
import type { ManyComparison } from '../core/model/manyComparison';
import type { Server } from '../core/model/server';
import type { WasmLoader } from '../core/discovery/wasmLoader';
import { buildRequest } from '../core/request/buildRequest';
import { proposeValues } from '../core/request/proposeValues';
import { isWritingMethod } from '../core/request/consent';
import type { ManyEndpoint } from '../session/compareMany';
import { describeError } from '../util/errors';
import type { BenchOptions } from './benchOptions';
import { chooseServer, fillValues, pickRoute, routeMethod } from './benchTarget';
import { readTeamFile } from './readTeamFile';
import { runRoutes } from './routes';
import { usageError } from './values';

/** What several routes of a folder are compared with. */
export interface ManyTargets {
  readonly endpoints: readonly ManyEndpoint[];
  readonly skipped: ManyComparison['skipped'];
  readonly server: Server;
}

/**
 * The routes that were typed, or with null every GET route of the folder whose values are known or can be proposed. A typed
 * one that is not there or cannot be sent fails with `usage`; of all routes such ones are skipped.
 */
export async function resolveMany(
  bench: BenchOptions,
  routes: readonly string[] | null,
  wasm: WasmLoader,
): Promise<ManyTargets> {
  const team = await readTeamFile(bench.dir);
  const server = await chooseServer(bench, team);
  const { endpoints: found } = await runRoutes({ dir: bench.dir, includeTests: routes !== null }, { wasm });
  const endpoints: ManyEndpoint[] = [];
  const skipped: { label: string; reason: string }[] = [];
  for (const { endpoint, method } of routes === null
    ? safeOnes(found)
    : routes.map((route) => ({ endpoint: pickRoute(found, route, bench.dir), method: routeMethod(route) }))) {
    const label = `${method} ${endpoint.path}`;
    if (isWritingMethod(method) && !bench.allowWrites) {
      throw usageError(`${label} may change data with every request: add --allow-writes if that is what you want.`);
    }
    const values = fillValues(endpoint, method, team, bench, null, proposeValues(endpoint));
    const request: ManyEndpoint['request'] = (baseUrl) => buildRequest(endpoint, baseUrl, values);
    try {
      request('http://127.0.0.1:1');
      endpoints.push({ id: `${method} ${endpoint.id}`, label, request });
    } catch (error) {
      if (routes !== null) throw error;
      skipped.push({ label, reason: describeError(error) });
    }
  }
  if (endpoints.length === 0) throw usageError(`There is no GET route in ${bench.dir} that can be sent: check --dir.`);
  return { endpoints, skipped, server };
}

interface Chosen {
  readonly endpoint: Endpoint;
  readonly method: HttpMethod;
}

function safeOnes(found: readonly Endpoint[]): Chosen[] {
  const seen = new Set<string>();
  return found.flatMap((endpoint) => {
    if ((endpoint.method !== 'GET' && endpoint.method !== 'ANY') || seen.has(endpoint.path)) return [];
    seen.add(endpoint.path);
    return [{ endpoint, method: 'GET' as const }];
  });
}
