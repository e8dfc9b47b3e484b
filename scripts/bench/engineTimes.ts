import { join } from 'node:path';
import { LoadProcess } from '../../src/platform/node/loadProcess';
import { startCountingServer, type CountingServer } from '../../test/support/countingServer';
import { planFor } from '../../test/support/loadRuns';

/** What a person waits for, in milliseconds: goals are those of the product on a machine that does nothing else. */
export interface WaitingTime {
  readonly name: string;
  readonly goalMs: number;
  readonly medianMs: number;
  readonly mostMs: number;
}

const START_GOAL_MS = 150;
const CANCEL_GOAL_MS = 100;

/** From starting a run to its first request at the server, and from cancelling one to its result; so many runs for each number of threads. */
export async function measureWaitingTimes(runs: number): Promise<readonly WaitingTime[]> {
  const server = await startCountingServer();
  try {
    const times: WaitingTime[] = [];
    for (const threads of [1, 2]) {
      const all: { startMs: number; cancelMs: number }[] = [];
      for (let run = 0; run < runs; run++) all.push(await startAndCancel(server, threads));
      const name = threads === 1 ? '1 thread' : `${threads} threads`;
      const starts = all.map(({ startMs }) => startMs);
      const cancels = all.map(({ cancelMs }) => cancelMs);
      times.push(summarize(`start to first request, ${name}`, START_GOAL_MS, starts));
      times.push(summarize(`cancel to stopped, ${name}`, CANCEL_GOAL_MS, cancels));
    }
    return times;
  } finally {
    await server.kill();
  }
}

async function startAndCancel(server: CountingServer, threads: number): Promise<{ startMs: number; cancelMs: number }> {
  const load = new LoadProcess({ entry: join(import.meta.dirname, '../../dist/loadgen.js'), log: console.error });
  const controller = new AbortController();
  const seenBefore = (await server.timeline()).requestsAtMs.length;
  const model = { kind: 'closed', connections: 4, pipelining: 1 } as const;
  const stop = { durationMs: 10_000, requests: null };
  const startedAtMs = performance.timeOrigin + performance.now();
  let cancelledAtMs = 0;
  await load.run(planFor(server.baseUrl + '/delay/20', { threads, model, stop }), {
    signal: controller.signal,
    onSnapshot: (snapshot) => {
      if (cancelledAtMs > 0 || snapshot.requests < 20) return;
      cancelledAtMs = performance.now();
      controller.abort();
    },
  });
  const cancelMs = performance.now() - cancelledAtMs;
  load.dispose();
  const firstAtMs = (await server.timeline()).requestsAtMs[seenBefore] ?? Number.NaN;
  return { startMs: firstAtMs - startedAtMs, cancelMs };
}

function summarize(name: string, goalMs: number, list: readonly number[]): WaitingTime {
  const sorted = [...list].sort((a, b) => a - b);
  return { name, goalMs, medianMs: sorted[sorted.length >> 1] ?? Number.NaN, mostMs: sorted.at(-1) ?? Number.NaN };
}
