import type { RunSeries } from '../core/model/run';
import type { Snapshot } from '../core/model/runPlan';
import type { LiveRun } from '../protocol/page';

/** A run before its first snapshot. */
export function emptyLiveRun(): LiveRun {
  const series = { intervalMs: 100, tMs: [], requests: [], errors: [], p50Ms: [], p99Ms: [], bytesRead: [] };
  return { phase: 'connect', elapsedMs: 0, progress: null, requests: 0, failures: 0, series };
}

/** The run after one more snapshot; its series grows by the snapshot's rows. */
export function advanceLiveRun(live: LiveRun, snapshot: Snapshot): LiveRun {
  return {
    phase: snapshot.phase,
    elapsedMs: snapshot.elapsedMs,
    progress: snapshot.progress,
    requests: snapshot.requests,
    failures: Object.values(snapshot.errors).reduce((sum, count) => sum + count, 0),
    series: appendRows(live.series, snapshot.rows),
  };
}

function appendRows(series: RunSeries, rows: RunSeries): RunSeries {
  if (rows.tMs.length === 0) return series;
  return {
    intervalMs: rows.intervalMs,
    tMs: [...series.tMs, ...rows.tMs],
    requests: [...series.requests, ...rows.requests],
    errors: [...series.errors, ...rows.errors],
    p50Ms: [...series.p50Ms, ...rows.p50Ms],
    p99Ms: [...series.p99Ms, ...rows.p99Ms],
    bytesRead: [...series.bytesRead, ...rows.bytesRead],
  };
}
