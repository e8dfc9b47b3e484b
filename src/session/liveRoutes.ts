import { LIVE_SOURCES, type LiveRoute } from '../core/discovery/liveTable';
import { checkTarget } from '../core/request/targetGuard';
import { sendOnce } from '../http/client';
import { UserError } from '../util/errors';

const TIMEOUT_MS = 5000;
/** Documents of large applications are a few megabytes. */
const TABLE_LIMIT_BYTES = 16 * 1024 * 1024;

/** The table that a running server offers, and where. */
export interface LiveTable {
  readonly url: string;
  readonly routes: readonly LiveRoute[];
}

/**
 * Asks a server on this machine for its own table of routes, at the usual places. Rejects with `target-not-local` for any
 * other machine, with what the first request fails with (`refused`, …), and with `no-table` when it offers none.
 */
export async function fetchLiveRoutes(
  baseUrl: string,
  resolveHost: (host: string) => Promise<readonly string[]>,
  signal: AbortSignal,
): Promise<LiveTable> {
  const base = baseUrl.replace(/\/+$/, '');
  const target = await checkTarget(base, resolveHost);
  if (target.class !== 'loopback') {
    throw new UserError(
      'target-not-local',
      `${target.host} is another machine; routes are compared with a server on this one.`,
    );
  }
  for (const source of LIVE_SOURCES) {
    const url = `${base}${source.path}`;
    const headers = [['accept', 'application/json']] as const;
    const answer = await sendOnce(
      { method: 'GET', url, headers, body: null },
      {
        timeoutMs: TIMEOUT_MS,
        insecureTls: true,
        maxBodyBytes: TABLE_LIMIT_BYTES,
        signal,
        allowedAddresses: target.addresses,
      },
    );
    const routes = answer.status === 200 ? source.read(answer.bodyText) : undefined;
    if (routes) return { url, routes };
  }
  throw new UserError(
    'no-table',
    `The server at ${base} offers no table of its routes (an OpenAPI document or Spring's mappings) at any of the usual places.`,
  );
}
