import { LatencyHistogram } from '../../../src/core/stats/histogram';
import { summarizeLatency } from '../../../src/core/stats/summarizeLatency';
import type { EndpointSnapshot, Run, RunSeries, RunSummary } from '../../../src/core/model/run';
import type { PageState, RunListItem } from '../../../src/protocol/page';

const ENDPOINT: EndpointSnapshot = {
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
  return {
    schemaVersion: 1,
    id: wish.id,
    startedAt: '2026-03-14T09:26:53.000Z',
    state: 'complete',
    endpoint: ENDPOINT,
    target: { name: 'gunicorn sync, 1 worker', baseUrl: 'http://127.0.0.1:8000' },
    request: { method: 'GET', url: 'http://127.0.0.1:8000/author/7', headers: [], body: null },
    values: null,
    profile: {
      model: { kind: 'closed', connections: wish.connections ?? 16, pipelining: 1 },
      stop: { durationMs: wish.seconds * 1000, requests: null },
      warmup: { kind: 'auto', maxMs: 3000 },
      timeoutMs: 5000,
      transport: 'auto',
      threads: 'auto',
      http2: false,
      insecureTls: false,
    },
    environment: {
      cpuModel: 'Example CPU',
      cores: 2,
      memoryMB: 8000,
      os: 'linux 6.1',
      nodeVersion: '20.20.0',
      profilerVersion: '0.1.0',
      commit: '4f2c1d9e0b7a',
      dirty: true,
    },
    summary,
    accounting: { sent: whole.count, warmup: 0, measured: whole.count, drained: 0, failed: 0, aborted: 0 },
    warmup: { durationMs: 1200, steady: true },
    generator: {
      cpuPercent: 6,
      eventLoopUtilization: 0.07,
      saturated: false,
      latenessUs: null,
      transport: 'socket',
      threads: 1,
    },
    server: null,
    series: { intervalMs, ...columns } as unknown as RunSeries,
    histogram: whole.encode(),
    warnings: [],
    ...changes,
  };
}

/** A run of which nothing was answered: every request was refused. */
export function makeRefusedRun(): Run {
  const run = makeRun({ id: 'refused', medianMs: 5, perSecond: 10, seconds: 1 });
  const zero = summarizeLatency(new LatencyHistogram());
  return {
    ...run,
    state: 'broken-off',
    summary: { ...run.summary, requests: 0, throughputRps: 0, latencyMs: zero, statuses: {}, errors: { refused: 640 } },
    series: {
      intervalMs: 100,
      tMs: [0, 100],
      requests: [0, 0],
      errors: [320, 320],
      p50Ms: [0, 0],
      p99Ms: [0, 0],
      bytesRead: [0, 0],
    },
    histogram: '',
  };
}

export const RUN_AFTER = makeRun(
  { id: 'after', medianMs: 8.6, perSecond: 1842, seconds: 10 },
  {
    warnings: [
      { code: 'reload', message: 'The server runs with --reload: a file watcher uses 3 % of a core.' },
      { code: 'queueing', message: '16 connections keep one sync worker busy; more connections only wait longer.' },
    ],
  },
);
export const RUN_BEFORE = makeRun({ id: 'before', medianMs: 9.7, perSecond: 1645, seconds: 10 });

const HISTORY: readonly RunListItem[] = [RUN_AFTER, RUN_BEFORE].map((run, index) => ({
  id: run.id,
  startedAt: `2026-03-14T09:2${6 - index}:53.000Z`,
  state: run.state,
  connections: 16,
  throughputRps: run.summary.throughputRps,
  p50Ms: run.summary.latencyMs.p50,
  p99Ms: run.summary.latencyMs.p99,
  revision: index === 0 ? '4f2c1d9+' : '4f2c1d9',
}));

const BASE: PageState = {
  endpoint: ENDPOINT,
  server: { name: 'gunicorn sync, 1 worker', baseUrl: 'http://127.0.0.1:8000' },
  activity: { kind: 'idle' },
  preview: {
    status: 200,
    statusText: 'OK',
    headers: [
      ['content-type', 'application/json'],
      ['server', 'gunicorn'],
    ],
    bodyText: '{"id":7,"name":"<b>Ursula</b> K. Le Guin","books":[1,2,3]}',
    bodyBytes: 58,
    truncated: false,
    durationMs: 9.4,
  },
  run: RUN_AFTER,
  before: null,
  editedSince: false,
  history: [
    ...HISTORY,
    { ...HISTORY[1]!, id: 'older', startedAt: '2026-03-13T17:02:11.000Z', state: 'cancelled', revision: null },
  ],
  load: { connections: 16, durationS: 10 },
};

const LONG_PATH = `/${Array.from({ length: 375 }, (_, index) => `part${index % 1000}`.padEnd(7, 'x')).join('/')}`;

/** States that the page must draw well, by name. */
export const STATES = {
  empty: { ...BASE, endpoint: null, server: null, run: null, preview: null, history: [] },
  idle: { ...BASE, run: null, preview: null, history: [] },
  preparing: {
    ...BASE,
    run: null,
    activity: { kind: 'preparing', sentence: 'Sending one request to see that the server answers…' },
  },
  running: {
    ...BASE,
    activity: {
      kind: 'running',
      live: {
        phase: 'measure',
        elapsedMs: 4200,
        progress: 0.42,
        requests: 7731,
        failures: 0,
        series: {
          ...cutSeries(RUN_AFTER.series, 42),
          tMs: cutSeries(RUN_AFTER.series, 42).tMs.map((ms) => ms - 1000),
        },
      },
    },
  },
  result: BASE,
  edited: { ...BASE, editedSince: true },
  comparison: { ...BASE, before: RUN_BEFORE },
  cancelled: {
    ...BASE,
    run: makeRun({ id: 'cancelled', medianMs: 8.6, perSecond: 180, seconds: 3.2 }, { state: 'cancelled' }),
  },
  interrupted: { ...BASE, run: { ...RUN_AFTER, id: 'interrupted', state: 'interrupted', histogram: 'damaged' } },
  problem: {
    ...BASE,
    run: null,
    preview: { ...BASE.preview!, status: 404, statusText: 'NOT FOUND', bodyText: '<h1>Not Found</h1>', bodyBytes: 18 },
    activity: {
      kind: 'problem',
      problem: {
        code: 'preview-status',
        sentence: 'The server answers 404 to GET /author/7: there is no author 7. Choose another value for author_id.',
        actions: ['editRequest', 'chooseServer', 'retry', 'showLog'],
      },
    },
  },
  long: { ...BASE, endpoint: { ...ENDPOINT, path: LONG_PATH, file: `app/${'deep/'.repeat(30)}views.py` } },
  refused: { ...BASE, run: makeRefusedRun(), preview: null },
  failing: {
    ...BASE,
    run: {
      ...RUN_AFTER,
      id: 'failing',
      summary: {
        ...RUN_AFTER.summary,
        statuses: { '200': RUN_AFTER.summary.requests - 940, '500': 900, '429': 40 },
        errors: { timeout: 12, reset: 3 },
      },
    },
  },
} as const satisfies Record<string, PageState>;

export type StateName = keyof typeof STATES;

function cutSeries(series: RunSeries, rows: number): RunSeries {
  return {
    intervalMs: series.intervalMs,
    tMs: series.tMs.slice(0, rows),
    requests: series.requests.slice(0, rows),
    errors: series.errors.slice(0, rows),
    p50Ms: series.p50Ms.slice(0, rows),
    p99Ms: series.p99Ms.slice(0, rows),
    bytesRead: series.bytesRead.slice(0, rows),
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
