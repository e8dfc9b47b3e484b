import type { RunSeries, UsageSeries } from '../model/run';
import type { RunPhase, Snapshot } from '../model/runPlan';
import { appendUsage, NO_USAGE } from './usageSeries';
import { totalCount } from '../stats/totalCount';

/** A run under way. `series` and `usage` are everything since its start, so that a reloaded page draws the whole curve. */
export interface LiveRun {
  readonly phase: RunPhase;
  readonly elapsedMs: number;
  readonly progress: number | null;
  readonly requests: number;
  readonly failures: number;
  readonly series: RunSeries;
  readonly usage: UsageSeries;
}

/** A series with no interval yet. */
const EMPTY_SERIES: RunSeries = {
  intervalMs: 100,
  tMs: [],
  requests: [],
  errors: [],
  p50Ms: [],
  p99Ms: [],
  bytesRead: [],
};

/** A run before its first snapshot. */
export function emptyLiveRun(): LiveRun {
  return {
    phase: 'connect',
    elapsedMs: 0,
    progress: null,
    requests: 0,
    failures: 0,
    series: EMPTY_SERIES,
    usage: NO_USAGE,
  };
}

/** The run after one more snapshot; series and usage grow by what the snapshot brings. */
export function advanceLiveRun(live: LiveRun, snapshot: Snapshot): LiveRun {
  // What a thread tells of its warm-up when others measure already would stand out of order.
  if (snapshot.phase === 'warmup' && live.phase !== 'connect' && live.phase !== 'warmup') return live;
  const begins = live.phase === 'warmup' && snapshot.phase !== 'warmup';
  const { series, usage } = begins ? endWarmupAtZero(live) : live;
  return {
    phase: snapshot.phase,
    elapsedMs: snapshot.elapsedMs,
    progress: snapshot.progress,
    requests: snapshot.requests,
    failures: totalCount(snapshot.errors),
    series: appendRows(series, snapshot.rows),
    usage: snapshot.usage ? appendUsage(usage, snapshot.usage) : usage,
  };
}

/** The rows of the warm-up alone; null when there was none. */
export function warmupRows({ series }: LiveRun): RunSeries | null {
  const count = series.tMs.filter((tMs) => tMs < 0).length;
  const cut = (column: readonly number[]): readonly number[] => column.slice(0, count);
  if (count === 0) return null;
  return {
    intervalMs: series.intervalMs,
    tMs: cut(series.tMs),
    requests: cut(series.requests),
    errors: cut(series.errors),
    p50Ms: cut(series.p50Ms),
    p99Ms: cut(series.p99Ms),
    bytesRead: cut(series.bytesRead),
  };
}

/** `rows` after `series`. */
export function appendRows(series: RunSeries, rows: RunSeries): RunSeries {
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

/** A warm-up counts down from the longest that it may take; when it ends sooner, its rows move up to where it ended. */
function endWarmupAtZero({ series, usage }: LiveRun): Pick<LiveRun, 'series' | 'usage'> {
  const shift = -((series.tMs.at(-1) ?? -series.intervalMs) + series.intervalMs);
  const moved = (times: readonly number[]): number[] => times.map((tMs) => tMs + shift);
  return { series: { ...series, tMs: moved(series.tMs) }, usage: { ...usage, tMs: moved(usage.tMs) } };
}
