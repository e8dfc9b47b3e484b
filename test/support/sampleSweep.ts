import type { Sweep, SweepKind, SweepPoint } from '../../src/core/model/sweep';
import { concludeSweep } from '../../src/core/plan/concludeSweep';
import { sampleRun } from './sampleRun';

/** One measured level with invented latencies: those of a closed loop at this throughput. */
export function samplePoint(level: number, throughputRps: number, changes: Partial<SweepPoint> = {}): SweepPoint {
  const { summary, warmup, server } = sampleRun();
  const p50 = Math.round((level / throughputRps) * 1e6) / 1000;
  return {
    level,
    state: 'complete',
    summary: {
      ...summary,
      durationS: 3,
      requests: Math.round(throughputRps * 3),
      throughputRps,
      latencyMs: { ...summary.latencyMs, p50, p99: p50 * 1.6 },
      statuses: { '200': Math.round(throughputRps * 3) },
      errors: {},
    },
    warmup,
    generator: { cpuPercent: 20, saturated: false },
    server,
    histogram: '',
    warnings: [],
    ...changes,
  };
}

/** A whole sweep over points; its sentences are the real ones. */
export function sampleSweep(
  points: readonly SweepPoint[],
  changes: Partial<Sweep> = {},
  kind: SweepKind = 'connections',
): Sweep {
  const { id, startedAt, endpoint, target, request, values, profile, environment } = sampleRun();
  return {
    schemaVersion: 1,
    id,
    startedAt,
    state: 'complete',
    kind,
    endpoint,
    target,
    request,
    values,
    profile: { ...profile, stop: { durationMs: 3000, requests: null } },
    environment,
    levels: points.map(({ level }) => level),
    points,
    ...concludeSweep(kind, points),
    ...changes,
  };
}

/** A server with so many workers that take 8 ms each. */
export function workersAt(level: number, workers: number): number {
  return Math.min(level, workers) / 0.008;
}
