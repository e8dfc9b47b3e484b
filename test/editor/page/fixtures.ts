import { LatencyHistogram } from '../../../src/core/stats/histogram';
import { summarizeLatency } from '../../../src/core/stats/summarizeLatency';
import { compareRuns } from '../../../src/core/compare/compareRuns';
import { decideSession } from '../../../src/core/compare/decideSession';
import { createRng } from '../../../src/core/stats/rng';
import type { Run, RunSeries, UsageSeries } from '../../../src/core/model/run';
import type { PageRequest, PageState, RunListItem } from '../../../src/protocol/page';
import { SESSION, sessionRounds } from '../../unit/compare/sessions';
import { DRAWN_ENDPOINT, drawnUsage, makeRun } from '../../support/drawnRun';

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

function drawnWarmup(): RunSeries {
  const { series } = makeRun({ id: 'warmup', medianMs: 11, perSecond: 1300, seconds: 1.2 });
  return { ...series, tMs: series.tMs.map((tMs) => tMs - 1200) };
}

export const RUN_AFTER = makeRun(
  { id: 'after', medianMs: 8.6, perSecond: 1842, seconds: 10 },
  {
    usage: drawnUsage(10),
    warmup: { durationMs: 1200, steady: true, series: drawnWarmup() },
    server: {
      processes: [
        { pid: 811, name: 'gunicorn app:app', cpuPercent: 98, rssMB: 41, role: 'server' },
        { pid: 810, name: 'gunicorn app:app', cpuPercent: 0.1, rssMB: 20, role: 'server' },
        { pid: 700, name: 'postgres', cpuPercent: 21, rssMB: 140, role: 'dependency', service: 'PostgreSQL' },
      ],
      machineBusy: 0.33,
    },
    preview: { status: 200, durationMs: 1.1 },
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
  endpoint: DRAWN_ENDPOINT,
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
  comparison: null,
  canConfirm: false,
  editedSince: false,
  history: [
    ...HISTORY,
    {
      ...HISTORY[1]!,
      id: 'older',
      startedAt: '2026-03-13T17:02:11.000Z',
      state: 'cancelled',
      revision: null,
      pinned: true,
    },
  ],
  load: { connections: 16, durationS: 10 },
};

const FAILING: Run = {
  ...RUN_AFTER,
  id: 'failing',
  summary: {
    ...RUN_AFTER.summary,
    statuses: { '200': RUN_AFTER.summary.requests - 940, '500': 900, '429': 40 },
    errors: { timeout: 12, reset: 3 },
  },
};

const LABELS = { before: 'the earlier run', after: 'this run' };

const LONG_PATH = `/${Array.from({ length: 375 }, (_, index) => `part${index % 1000}`.padEnd(7, 'x')).join('/')}`;

/** A route with everything that a form can hold. */
const REQUEST: PageRequest = {
  path: '/author/{author_id}/books/{kind}',
  parameters: [
    { name: 'author_id', in: 'path', type: 'integer', required: true },
    { name: 'kind', in: 'path', type: 'enum', required: true, enumValues: ['novel', 'essay'] },
    { name: 'limit', in: 'query', type: 'integer', required: true },
    { name: 'offset', in: 'query', type: 'integer', required: false, default: '0' },
  ],
  methods: ['POST'],
  draft: {
    method: 'POST',
    path: { author_id: '7', kind: 'novel' },
    query: [
      ['limit', '20'],
      ['lang', 'en'],
    ],
    headers: [['Accept', 'application/json']],
    auth: { kind: 'bearer', reference: 'secret:token' },
    body: '{\n  "name": "Ursula"\n}',
  },
  saved: [],
  logins: [{ name: 'user', about: 'POST /login' }],
  secrets: ['token'],
  isAskedFor: true,
};

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
        usage: cutUsage(drawnUsage(10), 13),
      },
    },
  },
  result: BASE,
  edited: { ...BASE, editedSince: true },
  comparison: { ...BASE, before: RUN_BEFORE, comparison: compareRuns(RUN_BEFORE, RUN_AFTER, LABELS), canConfirm: true },
  sideBySide: {
    ...BASE,
    before: RUN_BEFORE,
    comparison: decideSession(sessionRounds(createRng(1), 3, 1.12, 0.012, 0.003), SESSION),
  },
  slower: {
    ...BASE,
    before: RUN_BEFORE,
    comparison: decideSession(sessionRounds(createRng(3), 3, 0.94, 0.012, 0.003), SESSION),
  },
  notComparable: {
    ...BASE,
    run: FAILING,
    before: RUN_BEFORE,
    comparison: compareRuns(RUN_BEFORE, FAILING, LABELS),
    canConfirm: true,
  },
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
  long: { ...BASE, endpoint: { ...DRAWN_ENDPOINT, path: LONG_PATH, file: `app/${'deep/'.repeat(30)}views.py` } },
  request: {
    ...BASE,
    request: {
      ...REQUEST,
      saved: [
        { name: null, draft: REQUEST.draft },
        {
          name: 'unknown author',
          draft: { ...REQUEST.draft, path: { author_id: '999999', kind: 'essay' }, auth: { kind: 'none' }, body: '' },
        },
      ],
    },
    previewAdvice: {
      level: 'doubtful',
      code: 'not-found',
      sentence: 'The server answered 404 NOT FOUND: the value of author_id in the path probably does not exist there.',
    },
  },
  refused: { ...BASE, run: makeRefusedRun(), preview: null },
  failing: {
    ...BASE,
    run: FAILING,
  },
} as const satisfies Record<string, PageState>;

export type StateName = keyof typeof STATES;

function cutUsage({ tMs, lanes }: UsageSeries, samples: number): UsageSeries {
  const cut = <T>(column: readonly T[]): readonly T[] => column.slice(0, samples);
  return {
    tMs: cut(tMs),
    lanes: lanes.map((lane) => ({ ...lane, cpuPercent: cut(lane.cpuPercent), rssMB: cut(lane.rssMB) })),
  };
}

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
