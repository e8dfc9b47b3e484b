import { variance } from './descriptive';
import { quantileOf, tabulate, weightedCounts } from './countedLatencies';
import type { CountedLatencies } from './countedLatencies';

export interface PercentileInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** How many times more the answers of a second resemble each other than independent ones would; at least 1. */
  readonly designEffect: number;
}

/**
 * 95 % interval of a percentile of one single run, from its histograms of about one second each:
 * the values at the ranks `n·q ± 1.96·sqrt(n·q·(1−q)·deff)`. The design effect `deff` is the variance, over the seconds, of
 * the share above the percentile, divided by `q(1−q)/n_second` (Kish 1965), because a slow second holds many slow answers.
 * Ranks: Hahn and Meeker, "Statistical Intervals". Null when fewer than ten answers lie above the percentile.
 */
export function percentileInterval(seconds: readonly CountedLatencies[], q: number): PercentileInterval | null {
  const table = tabulate(seconds);
  const merged = weightedCounts(
    table,
    seconds.map(() => 1),
  );
  const total = merged.reduce((sum, count) => sum + count, 0);
  if (total * (1 - q) < 10) return null;
  const value = quantileOf(table, merged, q);
  const sharesAbove: number[] = [];
  for (const row of table.rows) {
    const size = row.reduce((sum, count) => sum + count, 0);
    if (size === 0) continue;
    const above = row.reduce((sum, count, bucket) => sum + ((table.lower[bucket] ?? 0) >= value ? count : 0), 0);
    sharesAbove.push(above / size);
  }
  const batch = total / Math.max(1, sharesAbove.length);
  const designEffect = Math.max(1, variance(sharesAbove) / ((q * (1 - q)) / batch));
  const shift = (1.96 * Math.sqrt(total * q * (1 - q) * designEffect)) / total;
  return {
    value,
    low: quantileOf(table, merged, Math.max(0, q - shift)),
    high: quantileOf(table, merged, Math.min(1, q + shift)),
    designEffect,
  };
}
