import type { PrecisionRule } from '../model/loadProfile';
import { tQuantile } from './studentT';
import { LatencyHistogram, type HistogramColumns } from './histogram';

/** An interval of a measurement; all have the same length. */
export interface PrecisionRow {
  readonly requests: number;
  readonly latencies: HistogramColumns;
}

const LEAST_BATCHES = 8;
/** A batch must hold so many answers above its percentile, or its own percentile means nothing. */
const ANSWERS_ABOVE = 5;
const MOST_CORRELATION = 0.95;
const SHARES = { p50: 0.5, p99: 0.99 } as const;

/**
 * Half of the 95 % interval of what a measurement estimates, as a share of the estimate; null while there is too little of
 * it to tell. Intervals of one run depend on each other, so the rows are looked at in batches of 1, 2, 4, 8, … of them, down
 * to eight batches, and the widest answer counts: short batches show noise that comes and goes, long ones what lasts.
 * Noise that goes on for longer than about a second still makes the result look better than it is, in a short run.
 */
export function relativePrecision(rows: readonly PrecisionRow[], metric: PrecisionRule['metric']): number | null {
  let widest: number | null = null;
  for (let size = 1; Math.floor(rows.length / size) >= LEAST_BATCHES; size *= 2) {
    const count = Math.floor(rows.length / size);
    const used = rows.slice(rows.length - count * size);
    const batches = Array.from({ length: count }, (_, index) => used.slice(index * size, (index + 1) * size));
    const halfWidth = metric === 'throughput' ? ofThroughput(batches) : ofPercentile(batches, SHARES[metric]);
    if (halfWidth !== null && (widest === null || halfWidth > widest)) widest = halfWidth;
  }
  return widest;
}

/**
 * Half of the 95 % interval of `whole`, as a share of it, from the values of equally long batches: Student's t on their
 * deviations (batch means; for a percentile, sectioning, Nakayama 2014). Where neighbours resemble each other by a lag-one
 * correlation r, so many batches say as much as (1−r)/(1+r) times as many independent ones (Tafazzoli and Wilson 2011).
 * Null with fewer than four batches or a value that is not above 0.
 */
export function relativeHalfWidth(values: readonly number[], whole: number): number | null {
  const n = values.length;
  if (n < 4 || !(whole > 0)) return null;
  const deviations = values.map((value) => value - whole);
  const squares = deviations.reduce((sum, value) => sum + value * value, 0);
  if (squares === 0) return 0;
  let products = 0;
  for (let index = 1; index < n; index++) products += (deviations[index] ?? 0) * (deviations[index - 1] ?? 0);
  // Deviations from a mean of their own look less alike than they are, by 1/n.
  const correlation = Math.min(MOST_CORRELATION, Math.max(0, products / squares + 1 / n));
  const independent = (1 - correlation) / (1 + correlation);
  const freedom = Math.max(3, (n - 1) * independent);
  return (tQuantile(0.975, freedom) * Math.sqrt(squares / (n - 1) / (n * independent))) / whole;
}

function ofThroughput(batches: readonly (readonly PrecisionRow[])[]): number | null {
  const counts = batches.map((rows) => rows.reduce((sum, { requests }) => sum + requests, 0));
  return relativeHalfWidth(counts, counts.reduce((sum, count) => sum + count, 0) / counts.length);
}

function ofPercentile(batches: readonly (readonly PrecisionRow[])[], share: number): number | null {
  const whole = new LatencyHistogram();
  const values: number[] = [];
  for (const rows of batches) {
    const batch = new LatencyHistogram();
    for (const { latencies } of rows) batch.addColumns(latencies);
    if (batch.count * (1 - share) < ANSWERS_ABOVE) return null;
    values.push(batch.percentileUs(100 * share));
    whole.add(batch);
  }
  return relativeHalfWidth(values, whole.percentileUs(100 * share));
}
