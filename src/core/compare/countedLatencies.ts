/**
 * A histogram as this room needs it: how many values fell into each bucket, and the smallest value that falls into a
 * bucket. Every histogram of one comparison has the same buckets; a shorter `counts` means empty buckets after its end.
 */
export interface CountedLatencies {
  readonly counts: ArrayLike<number>;
  /** Ascending; `valueAt(i + 1)` is also the upper edge of bucket i. Any unit. */
  valueAt(bucket: number): number;
}

/** Counts of several histograms, kept only for buckets that are used at all, so that resampling stays cheap. */
export interface CountTable {
  /** Edges of the used buckets. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** One row per histogram, one column per used bucket. */
  readonly rows: readonly Float64Array[];
}

/** Lines up histograms that share one layout. */
export function tabulate(histograms: readonly CountedLatencies[]): CountTable {
  const longest = Math.max(0, ...histograms.map(({ counts }) => counts.length));
  const used: number[] = [];
  for (let bucket = 0; bucket < longest; bucket++) {
    if (histograms.some(({ counts }) => (counts[bucket] ?? 0) > 0)) used.push(bucket);
  }
  const layout = histograms[0];
  return {
    lower: used.map((bucket) => layout?.valueAt(bucket) ?? NaN),
    upper: used.map((bucket) => layout?.valueAt(bucket + 1) ?? NaN),
    rows: histograms.map(({ counts }) => Float64Array.from(used, (bucket) => counts[bucket] ?? 0)),
  };
}

/** Sum of the table's rows, each taken as often as its weight says. */
export function weightedCounts(table: CountTable, weights: readonly number[]): Float64Array {
  const sum = new Float64Array(table.lower.length);
  for (const [index, row] of table.rows.entries()) {
    const weight = weights[index] ?? 0;
    if (weight === 0) continue;
    for (let bucket = 0; bucket < sum.length; bucket++) sum[bucket] = (sum[bucket] ?? 0) + weight * (row[bucket] ?? 0);
  }
  return sum;
}

/** The value below which the share `q` of all counts lies, with a straight line inside the bucket; NaN of nothing. */
export function quantileOf(table: CountTable, counts: Float64Array, q: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return NaN;
  let missing = q * total;
  for (const [bucket, count] of counts.entries()) {
    if (count > 0 && missing <= count) {
      const lower = table.lower[bucket] ?? NaN;
      return lower + ((table.upper[bucket] ?? NaN) - lower) * (missing / count);
    }
    missing -= count;
  }
  return table.upper.at(-1) ?? NaN;
}
