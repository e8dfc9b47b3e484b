import type { LatencySummary } from '../model/run';
import type { LatencyHistogram } from './histogram';

/** The latencies of a histogram in milliseconds; all zero when it is empty. */
export function summarizeLatency(histogram: LatencyHistogram): LatencySummary {
  const at = (percentile: number): number => histogram.percentileUs(percentile) / 1000;
  return {
    min: histogram.minUs / 1000,
    mean: roundToNanoseconds(histogram.meanUs),
    stdev: roundToNanoseconds(histogram.stdevUs),
    p50: at(50),
    p75: at(75),
    p90: at(90),
    p95: at(95),
    p99: at(99),
    p999: at(99.9),
    p9999: at(99.99),
    max: histogram.maxUs / 1000,
  };
}

/** Microseconds to milliseconds with six decimals: means of a histogram carry no more. */
function roundToNanoseconds(us: number): number {
  return Math.round(us * 1000) / 1_000_000;
}
