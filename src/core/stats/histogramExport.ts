import type { LatencyHistogram } from './histogram';

/** The percentiles of the usual HdrHistogram plots: twice as fine with each halving of what remains above. */
function percentileSteps(count: number): number[] {
  const steps: number[] = [];
  for (let remaining = 100; remaining * count > 50; remaining /= 2) {
    for (let part = 0; part < 10; part++) steps.push(100 - remaining + (remaining / 2) * (part / 10));
  }
  steps.push(100);
  return steps;
}

/** One point of a percentile curve. `countUpTo` is how many answers were at most as slow. */
export interface PercentilePoint {
  readonly percentile: number;
  readonly latencyMs: number;
  readonly countUpTo: number;
}

/** A curve of latency over percentile, ending at 100; empty when nothing was recorded. One point per distinct latency. */
export function percentileCurve(histogram: LatencyHistogram): PercentilePoint[] {
  const points: PercentilePoint[] = [];
  if (histogram.count === 0) return points;
  const buckets = [...histogram.buckets()];
  let position = 0;
  let countUpTo = 0;
  for (const percentile of percentileSteps(histogram.count)) {
    const us = histogram.percentileUs(percentile);
    for (let bucket = buckets[position]; bucket && bucket.lowUs <= us; bucket = buckets[++position]) {
      countUpTo += bucket.count;
    }
    const previous = points.at(-1);
    if (previous && previous.latencyMs === us / 1000 && percentile < 100) continue;
    points.push({ percentile, latencyMs: us / 1000, countUpTo });
  }
  return points;
}

/** The text that HdrHistogram's plotting tools read (`.hgrm`), latencies in milliseconds. */
export function toHgrm(histogram: LatencyHistogram): string {
  const lines = ['       Value     Percentile TotalCount 1/(1-Percentile)', ''];
  for (const { percentile, latencyMs, countUpTo } of percentileCurve(histogram)) {
    const share = percentile / 100;
    const inverse = share < 1 ? (1 / (1 - share)).toFixed(2).padStart(14) : '';
    lines.push(`${latencyMs.toFixed(3).padStart(12)} ${share.toFixed(12)} ${pad(countUpTo, 10)} ${inverse}`.trimEnd());
  }
  const { meanUs, stdevUs, maxUs, count } = histogram;
  lines.push(
    `#[Mean    = ${pad((meanUs / 1000).toFixed(3), 12)}, StdDeviation   = ${pad((stdevUs / 1000).toFixed(3), 12)}]`,
  );
  lines.push(`#[Max     = ${pad((maxUs / 1000).toFixed(3), 12)}, Total count    = ${pad(count, 12)}]`);
  lines.push('#[Buckets =           22, SubBuckets     =         2048]');
  return lines.join('\n') + '\n';
}

/** Every bucket as a CSV line: `low_us,high_us,count`, both ends included. */
export function toCsv(histogram: LatencyHistogram): string {
  const lines = ['low_us,high_us,count'];
  for (const { lowUs, highUs, count } of histogram.buckets()) lines.push(`${lowUs},${highUs},${count}`);
  return lines.join('\n') + '\n';
}

function pad(value: number | string, width: number): string {
  return String(value).padStart(width);
}
