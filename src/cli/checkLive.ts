import { crossCheck, type CrossCheck } from '../core/discovery/crossCheck';
import { resolveHost } from '../platform/node/resolveHost';
import { fetchLiveRoutes } from '../session/liveRoutes';
import type { RoutesReport } from './routes';

/** The JSON of `routes --live URL --json`: a contract. */
export interface LiveCheck extends CrossCheck {
  readonly schemaVersion: 1;
  /** Where the server's own table was found. */
  readonly url: string;
}

/** Holds the routes of the code against the table that the server at `baseUrl` offers. Fails as `fetchLiveRoutes` does. */
export async function checkLive(report: RoutesReport, baseUrl: string, signal: AbortSignal): Promise<LiveCheck> {
  const { url, routes } = await fetchLiveRoutes(baseUrl, resolveHost, signal);
  return { schemaVersion: 1, url, ...crossCheck(report.endpoints, routes) };
}

/** One difference a line, code first. */
export function formatLiveCheck({ url, inBoth, onlyInCode, onlyLive }: LiveCheck): string {
  return [
    ...onlyInCode.map(({ method, path, file, line }) => `only in code    ${method} ${path}  ${file}:${line}`),
    ...onlyLive.map(({ method, path }) => `only on server  ${method} ${path}`),
    `${inBoth} routes agree with ${url}, ${onlyInCode.length} are only in the code, ${onlyLive.length} only on the server.`,
    ...(onlyInCode.length > 0 ? ['A table may leave routes out on purpose.'] : []),
    '',
  ].join('\n');
}
