import type { DiscoveryProblem, DiscoveryResult, Endpoint } from '../core/model/endpoint';
import type { WasmLoader } from '../core/discovery/wasmLoader';
import { discoverFolder } from '../platform/node/discoverFolder';

/** The JSON of `endpoint-profiler routes --json`: a contract. */
export interface RoutesReport {
  readonly schemaVersion: 1;
  readonly endpoints: readonly Endpoint[];
  readonly stats: DiscoveryResult['stats'];
  readonly problems: readonly DiscoveryProblem[];
}

/** Finds the routes of a folder. Raises `not-a-folder` with a sentence when `dir` is none. */
export async function runRoutes(
  args: { readonly dir: string; readonly includeTests: boolean },
  deps: { readonly wasm: WasmLoader },
): Promise<RoutesReport> {
  const startedMs = performance.now();
  const { endpoints, problems, stats } = await discoverFolder(args.dir, deps.wasm);
  return {
    schemaVersion: 1,
    endpoints: endpoints.filter((endpoint) => args.includeTests || !endpoint.isTest),
    stats: { ...stats, durationMs: Math.round(performance.now() - startedMs) },
    problems,
  };
}

/** The same as aligned text: method, path, place of the handler, its name; notes and problems below. */
export function formatRoutes({ endpoints, problems, stats }: RoutesReport): string {
  const rows = endpoints.map((endpoint) => [
    endpoint.method,
    endpoint.path,
    `${endpoint.file}:${endpoint.line}`,
    endpoint.handler,
    endpoint.framework,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  const table = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const notes = endpoints.flatMap(({ method, path, notes: lines }) =>
    lines.map((line) => `${method} ${path}: ${line}`),
  );
  const count = endpoints.length === 1 ? '1 route' : `${endpoints.length} routes`;
  return [
    ...table,
    ...(notes.length > 0 ? ['', ...notes] : []),
    ...(problems.length > 0 ? ['', ...problems.map(({ message }) => message)] : []),
    ...(table.length > 0 ? [''] : []),
    `${count} in ${stats.files} files (${stats.parsed} parsed, ${stats.durationMs} ms)`,
    '',
  ].join('\n');
}
