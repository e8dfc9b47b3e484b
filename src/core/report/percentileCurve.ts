import type { LatencyHistogram } from '../stats/histogram';
import type { LatencySummary } from '../model/run';

/** One point of the curve. `isReliable` is false where fewer than `FEWEST_SAMPLES` answers lie beyond. */
export interface CurvePoint {
  /** 50 to below 100. */
  readonly percentile: number;
  readonly latencyMs: number;
  readonly isReliable: boolean;
}

/** One bar of the distribution; `share` is of all answers, 0 to 1. */
export interface LatencyBar {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
  readonly share: number;
}

/** Below this many answers beyond it a percentile is hearsay: one answer more or less moves it far. */
export const FEWEST_SAMPLES = 10;

const POINTS_PER_DECADE = 24;
const SUMMARY_POINTS = [
  [50, 'p50'],
  [75, 'p75'],
  [90, 'p90'],
  [95, 'p95'],
  [99, 'p99'],
  [99.9, 'p999'],
  [99.99, 'p9999'],
] as const;

/** Answers expected beyond a percentile, rounded to whole answers. Examples: (10000, 99.9) → 10, (1842, 99) → 18. */
export function samplesBeyond(answers: number, percentile: number): number {
  return Math.floor(answers * (1 - percentile / 100) + 1e-6);
}

/** Whether enough answers lie beyond a percentile for it to mean something. */
export function hasEnoughSamples(answers: number, percentile: number): boolean {
  return samplesBeyond(answers, percentile) >= FEWEST_SAMPLES;
}

/** Where a percentile stands on the logarithmic axis: 90 → 1, 99 → 2, 99.9 → 3. */
export function percentileToAxis(percentile: number): number {
  return -Math.log10(1 - percentile / 100);
}

/** The percentile at a place of the logarithmic axis; the inverse of `percentileToAxis`. */
export function axisToPercentile(position: number): number {
  return 100 * (1 - 10 ** -position);
}

/**
 * Latency by percentile from the median up to the last percentile that has an answer beyond it, evenly spaced on the
 * logarithmic axis. Empty when nothing was answered.
 */
export function latencyCurve(latencies: LatencyHistogram): CurvePoint[] {
  if (latencies.count === 0) return [];
  const first = percentileToAxis(50);
  const last = Math.max(first, Math.log10(latencies.count));
  const steps = Math.max(1, Math.ceil((last - first) * POINTS_PER_DECADE));
  return Array.from({ length: steps + 1 }, (_, index) => {
    const percentile = axisToPercentile(first + ((last - first) * index) / steps);
    return {
      percentile,
      latencyMs: latencies.percentileUs(percentile) / 1000,
      isReliable: hasEnoughSamples(latencies.count, percentile),
    };
  });
}

/** The curve in the few points that a summary has, for a run whose histogram cannot be read. */
export function summaryCurve(summary: LatencySummary, answers: number): CurvePoint[] {
  return SUMMARY_POINTS.filter(([percentile]) => samplesBeyond(answers, percentile) >= 1).map(([percentile, key]) => ({
    percentile,
    latencyMs: summary[key],
    isReliable: hasEnoughSamples(answers, percentile),
  }));
}

/**
 * Edges of at most `bars` bars that cover all `runs`, evenly spaced on a logarithmic axis, whole microseconds, so that two
 * runs can be laid over each other. Empty when nothing was answered.
 */
export function barEdgesUs(runs: readonly LatencyHistogram[], bars: number): number[] {
  const answered = runs.filter((run) => run.count > 0);
  if (answered.length === 0) return [];
  const low = Math.max(1, Math.min(...answered.map((run) => run.minUs)));
  const high = Math.max(low + 1, ...answered.map((run) => run.maxUs + 1));
  const ratio = high / low;
  const edges = Array.from({ length: bars + 1 }, (_, index) => Math.round(low * ratio ** (index / bars)));
  return [...new Set(edges)];
}

/** How many answers fell between each two edges; the first bar takes what is below it, the last what is above. */
export function latencyBars(latencies: LatencyHistogram, edgesUs: readonly number[]): LatencyBar[] {
  const counts = new Array<number>(Math.max(0, edgesUs.length - 1)).fill(0);
  let bar = 0;
  for (const { lowUs, highUs, count } of latencies.buckets()) {
    const middleUs = (lowUs + highUs) / 2;
    while (bar < counts.length - 1 && middleUs >= (edgesUs[bar + 1] ?? Infinity)) bar += 1;
    counts[bar] = (counts[bar] ?? 0) + count;
  }
  return counts.map((count, index) => ({
    fromMs: (edgesUs[index] ?? 0) / 1000,
    toMs: (edgesUs[index + 1] ?? 0) / 1000,
    count,
    share: latencies.count === 0 ? 0 : count / latencies.count,
  }));
}
