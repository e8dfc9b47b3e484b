/**
 * A histogram as this room needs it: its used buckets in ascending order, both ends belonging to the bucket, in whole
 * microseconds. Histograms of one comparison share one layout. `LatencyHistogram` is one.
 */
export interface CountedLatencies {
  buckets(): Iterable<{ readonly lowUs: number; readonly highUs: number; readonly count: number }>;
}

/** Counts of several histograms, kept only for buckets that any of them uses, so that resampling stays cheap. */
export interface CountTable {
  /** Edges of the used buckets, microseconds, half a microsecond around the whole ones that the bucket holds. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** One row per histogram, one column per used bucket. */
  readonly rows: readonly Float64Array[];
}

/** Lines up histograms that share one layout. */
export function tabulate(histograms: readonly CountedLatencies[]): CountTable {
  const countsOf = histograms.map((histogram) => [...histogram.buckets()]);
  const highOf = new Map(countsOf.flatMap((buckets) => buckets.map(({ lowUs, highUs }) => [lowUs, highUs] as const)));
  const lows = [...highOf.keys()].sort((x, y) => x - y);
  const columnOf = new Map(lows.map((low, column) => [low, column]));
  return {
    lower: lows.map((low) => low - 0.5),
    upper: lows.map((low) => (highOf.get(low) ?? low) + 0.5),
    rows: countsOf.map((buckets) => {
      const row = new Float64Array(lows.length);
      for (const { lowUs, count } of buckets) row[columnOf.get(lowUs) ?? 0] = count;
      return row;
    }),
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

/** The value in microseconds below which the share `q` of all counts lies, with a straight line inside the bucket; NaN of nothing. */
export function quantileOf(table: CountTable, counts: Float64Array, q: number): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return NaN;
  let missing = q * total;
  for (let bucket = 0; bucket < counts.length; bucket++) {
    const count = counts[bucket] ?? 0;
    if (count > 0 && missing <= count) {
      const lower = table.lower[bucket] ?? NaN;
      return lower + ((table.upper[bucket] ?? NaN) - lower) * (missing / count);
    }
    missing -= count;
  }
  return table.upper.at(-1) ?? NaN;
}
