import { LatencyHistogram } from '../../src/core/stats/histogram';
import { summarizeLatency } from '../../src/core/stats/summarizeLatency';
import type { EndpointSnapshot, Run, RunSeries, RunSummary, UsageLane, UsageSeries } from '../../src/core/model/run';
import { sampleRun } from './sampleRun';

/** The endpoint that drawn runs are of. */
export const DRAWN_ENDPOINT: EndpointSnapshot = {
  id: 'GET /author/{author_id} app/views.py',
  method: 'GET',
  path: '/author/{author_id}',
  file: 'app/views.py',
  line: 41,
  handler: 'author_detail',
  framework: 'flask',
};

/** What a made-up run should look like. */
export interface RunWish {
  readonly id: string;
  readonly medianMs: number;
  readonly perSecond: number;
  readonly seconds: number;
  readonly connections?: number;
}

/** A run with latencies drawn from a skewed distribution by a seeded generator, all its numbers agreeing with each other. */
export function makeRun(wish: RunWish, changes: Partial<Run> = {}): Run {
  const random = seeded(wish.id);
  const whole = new LatencyHistogram();
  const intervalMs = 100;
  const columns = { tMs: [], requests: [], errors: [], p50Ms: [], p99Ms: [], bytesRead: [] } as Record<
    string,
    number[]
  >;
  for (let tMs = 0; tMs < wish.seconds * 1000; tMs += intervalMs) {
    const slice = new LatencyHistogram();
    const requests = Math.round((wish.perSecond / 10) * (0.96 + random() * 0.08));
    for (let index = 0; index < requests; index += 1) slice.record(latencyUs(wish.medianMs, random));
    whole.add(slice);
    columns.tMs?.push(tMs);
    columns.requests?.push(requests);
    columns.errors?.push(0);
    columns.p50Ms?.push(slice.percentileUs(50) / 1000);
    columns.p99Ms?.push(slice.percentileUs(99) / 1000);
    columns.bytesRead?.push(requests * 412);
  }
  const summary: RunSummary = {
    requests: whole.count,
    durationS: wish.seconds,
    throughputRps: whole.count / wish.seconds,
    latencyMs: summarizeLatency(whole),
    statuses: { '200': whole.count },
    errors: {},
    bytesRead: whole.count * 412,
    bytesWritten: whole.count * 71,
    connectionsOpened: wish.connections ?? 16,
  };
  const connections = wish.connections ?? 16;
  return sampleRun({
    id: wish.id,
    startedAt: '2026-03-14T09:26:53.000Z',
    endpoint: DRAWN_ENDPOINT,
    target: { name: 'gunicorn sync, 1 worker', baseUrl: 'http://127.0.0.1:8000' },
    request: { method: 'GET', url: 'http://127.0.0.1:8000/author/7', headers: [], body: null },
    values: null,
    profile: {
      ...sampleRun().profile,
      model: { kind: 'closed', connections, pipelining: 1 },
      stop: { durationMs: wish.seconds * 1000, requests: null },
      warmup: { kind: 'auto', maxMs: 3000 },
    },
    environment: { ...sampleRun().environment, cores: 4, commit: '4f2c1d9e0b7a' },
    summary,
    accounting: { sent: whole.count, warmup: 0, measured: whole.count, drained: 0, failed: 0, aborted: 0 },
    warmup: { durationMs: 1200, steady: true },
    generator: { ...sampleRun().generator, cpuPercent: 6, eventLoopUtilization: 0.07 },
    server: null,
    series: { intervalMs, ...columns } as unknown as RunSeries,
    histogram: whole.encode(),
    warnings: [],
    ...changes,
  });
}

/** What a server, its database and the generator use over `seconds`, with 1.2 s of warm-up before. */
export function drawnUsage(seconds: number): UsageSeries {
  const random = seeded('usage');
  const tMs = Array.from({ length: Math.round((seconds + 1.2) / 0.4) }, (_, index) => -800 + index * 400);
  const lane = (name: string, role: UsageLane['role'], cpu: number, rssMB: number): UsageLane => ({
    name,
    role,
    cpuPercent: tMs.map((at) => Math.round((at < 0 ? cpu * 0.7 : cpu) * (0.97 + random() * 0.06) * 10) / 10),
    rssMB: tMs.map(() => rssMB),
  });
  const generator = lane('load generator', 'generator', 6, 74);
  return {
    tMs,
    lanes: [
      lane('gunicorn app:app', 'server', 98, 61),
      lane('PostgreSQL', 'dependency', 21, 140),
      { ...generator, loopPercent: tMs.map(() => 7) },
    ],
  };
}

/** Log-normal around the median with a slow answer in two hundred. */
function latencyUs(medianMs: number, random: () => number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const slow = random() < 0.005 ? 1.6 : 1;
  return medianMs * 1000 * Math.exp(normal * 0.13) * slow;
}

function seeded(text: string): () => number {
  let state = Buffer.from(text).reduce((sum, byte) => sum * 31 + byte, 7) % 2147483647;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}
