import { fork } from 'node:child_process';
import { once } from 'node:events';

/** What the server counted since it started or was last reset. */
export interface ServerCounts {
  readonly connections: number;
  /** Whole requests read. */
  readonly requests: number;
  /** Answers written to their end; the client may have gone before. */
  readonly answers: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** Bytes read from connections, and bytes of whole requests among them. */
  readonly bytesIn: number;
  /** Bytes of answers handed to connections. */
  readonly bytesOut: number;
  readonly open: number;
}

/** When things happened, as far as they are kept: the first 50,000 of each since the server started, in epoch milliseconds. */
export interface ServerTimeline {
  readonly requestsAtMs: readonly number[];
  /** After every opening and closing. */
  readonly openAtMs: readonly (readonly [atMs: number, open: number])[];
}

/**
 * A server in a process of its own that counts what it does and behaves as the path says; see `countingServerMain.ts`
 * for the paths. `counts` answers only after everything that it counted has happened.
 */
export interface CountingServer {
  readonly baseUrl: string;
  readonly port: number;
  readonly pid: number;
  counts(): Promise<ServerCounts>;
  timeline(): Promise<ServerTimeline>;
  /** Kills the process at once. */
  kill(): Promise<void>;
}

/** Starts the server on a free port of 127.0.0.1; the caller kills it. */
export async function startCountingServer(options: { readonly port?: number } = {}): Promise<CountingServer> {
  const entry = new URL('./countingServerMain.ts', import.meta.url).pathname;
  const child = fork(entry, [String(options.port ?? 0)], { execArgv: ['--import', 'tsx'] });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    port,
    pid: child.pid ?? 0,
    counts: async () => {
      child.send('counts');
      const [counts] = (await once(child, 'message')) as [ServerCounts];
      return counts;
    },
    timeline: async () => {
      child.send('timeline');
      const [timeline] = (await once(child, 'message')) as [ServerTimeline];
      return timeline;
    },
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
