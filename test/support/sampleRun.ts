import type { LatencySummary, Run } from '../../src/core/model/run';

/** A whole run with invented numbers; `changes` replaces fields at the top level. */
export function sampleRun(changes: Partial<Run> = {}): Run {
  return {
    schemaVersion: 1,
    id: '20260131T120000-00000001',
    startedAt: '2026-01-31T12:00:00.000Z',
    state: 'complete',
    endpoint: {
      id: 'GET /author/{id} app.py',
      method: 'GET',
      path: '/author/{id}',
      file: 'app.py',
      line: 4,
      handler: 'author',
      framework: 'flask',
    },
    target: { name: 'dev', baseUrl: 'http://127.0.0.1:8000' },
    request: { method: 'GET', url: 'http://127.0.0.1:8000/author/1', headers: [['Accept', '*/*']], body: null },
    values: { method: 'GET', path: { id: '1' }, query: [], headers: [['Accept', '*/*']], body: null },
    profile: {
      model: { kind: 'closed', connections: 16, pipelining: 1 },
      stop: { durationMs: 1000, requests: null },
      warmup: { kind: 'none' },
      timeoutMs: 5000,
      transport: 'auto',
      threads: 'auto',
      http2: false,
      insecureTls: false,
    },
    environment: {
      cpuModel: 'Test CPU',
      cores: 2,
      memoryMB: 4096,
      os: 'Linux 6.1',
      nodeVersion: '20.20.0',
      profilerVersion: '0.1.0',
      commit: '0123456789abcdef0123456789abcdef01234567',
      dirty: true,
    },
    summary: {
      requests: 1000,
      durationS: 1,
      throughputRps: 1000,
      latencyMs: sampleLatency(),
      statuses: { '200': 998, '500': 2 },
      errors: { timeout: 1 },
      bytesRead: 120_000,
      bytesWritten: 60_000,
      connectionsOpened: 16,
    },
    accounting: { sent: 1017, warmup: 0, measured: 1000, drained: 16, failed: 1, aborted: 0 },
    warmup: { durationMs: 0, steady: null },
    generator: {
      cpuPercent: 20,
      eventLoopUtilization: 0.2,
      saturated: false,
      latenessUs: null,
      transport: 'socket',
      transportReason: 'http1',
      threads: 1,
    },
    server: { processes: [{ pid: 42, name: 'flask app', cpuPercent: 95, rssMB: 33.5, role: 'server' }] },
    series: {
      intervalMs: 500,
      tMs: [0, 500],
      requests: [500, 500],
      errors: [0, 1],
      p50Ms: [1.5, 1.6],
      p99Ms: [4, 5],
      bytesRead: [60_000, 60_000],
    },
    histogram: '',
    warnings: [{ code: 'few-answers', message: '1000 answers are few.' }],
    ...changes,
  };
}

function sampleLatency(): LatencySummary {
  return { min: 0.5, mean: 1.7, stdev: 0.4, p50: 1.5, p75: 1.8, p90: 2, p95: 3, p99: 4, p999: 8, p9999: 9, max: 9.5 };
}
