import { hasEnoughSamples, latencyCurve, summaryCurve, type CurvePoint } from '../../src/core/report/percentileCurve';
import { decodeHistogram, type LatencyHistogram } from '../../src/core/stats/histogram';
import type { Run } from '../../src/core/model/run';

/** A run's latencies ready to draw. */
export interface RunLatencies {
  /** Null when the stored histogram is damaged or nothing was answered; the curve then has the summary's few points. */
  readonly histogram: LatencyHistogram | null;
  readonly curve: readonly CurvePoint[];
}

/** The shown run and the one before it. */
export interface LatencyPair {
  readonly before: RunLatencies | null;
  readonly after: RunLatencies;
}

/** Reads a run's histogram, falling back to its summary. */
export function readLatencies(run: Run): RunLatencies {
  const histogram = tryDecode(run.histogram);
  if (histogram) return { histogram, curve: latencyCurve(histogram) };
  return { histogram: null, curve: summaryCurve(run.summary.latencyMs, run.summary.requests) };
}

function tryDecode(base64: string): LatencyHistogram | null {
  try {
    const histogram = decodeHistogram(base64);
    return histogram.count > 0 ? histogram : null;
  } catch {
    return null;
  }
}

/** Percentiles that a table lists, as far as the number of answers reaches. */
export function listedPercentiles(answers: number): { percentile: number; isReliable: boolean }[] {
  return [50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 99.999]
    .filter((percentile) => answers * (1 - percentile / 100) >= 1)
    .map((percentile) => ({ percentile, isReliable: hasEnoughSamples(answers, percentile) }));
}
