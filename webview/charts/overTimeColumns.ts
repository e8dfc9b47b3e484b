import type { RunSeries } from '../../src/core/model/run';

/** What the chart over time draws. `t` in seconds from the start of the measured phase, latencies in milliseconds. */
export interface OverTimeColumns {
  readonly t: readonly number[];
  readonly rate: readonly (number | null)[];
  /** Failures per second; null when there were none at all, since a line at zero says nothing. */
  readonly errors: readonly number[] | null;
  readonly p50: readonly (number | null)[];
  readonly p99: readonly (number | null)[];
  readonly stepS: number;
}

/** Turns a run's series into lines; where an interval had no answers the latency lines are broken, not zero. */
export function overTimeColumns(series: RunSeries): OverTimeColumns {
  const stepS = series.intervalMs / 1000;
  const answered = (column: readonly number[]): (number | null)[] =>
    column.map((value, index) => ((series.requests[index] ?? 0) > 0 ? value : null));
  return {
    t: series.tMs.map((ms) => ms / 1000),
    rate: series.requests.map((count) => (stepS > 0 ? count / stepS : null)),
    errors: stepS > 0 && series.errors.some((count) => count > 0) ? series.errors.map((count) => count / stepS) : null,
    p50: answered(series.p50Ms),
    p99: answered(series.p99Ms),
    stepS,
  };
}
