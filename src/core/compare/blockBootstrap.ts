import { variance } from '../stats/descriptive';
import { quantileOf, tabulate, weightedCounts } from './countedLatencies';
import type { RoundEstimate } from './launchInterval';
import type { Rng } from '../stats/rng';
import type { SessionBlock } from './sessionData';

/** Resamples per round; the standard error of a standard error is then 3 %. */
const RESAMPLES = 500;

/** ln of the ratio of a percentile, and the percentile itself on both sides (unit of the histograms), for one round. */
export interface PercentileRound extends RoundEstimate {
  readonly before: number;
  readonly after: number;
}

/**
 * One round's percentiles: all blocks of a side merged, `θ = ln(Q_after/Q_before)`, and the standard error from drawing
 * whole blocks again with replacement, both sides of a block together, times sqrt(n/(n−1)). Requests within a block
 * depend on one another, blocks hardly do; treating requests as independent gives one false alarm in five.
 * Returns one entry per `quantiles`; null when a block has no histogram or a side has no answers.
 * Source: Künsch 1989 (blocks), Efron (bootstrap standard error).
 */
export function percentileRounds(
  blocks: readonly SessionBlock[],
  quantiles: readonly number[],
  rng: Rng,
): PercentileRound[] | null {
  const before = blocks.flatMap((block) => block.before.latencies ?? []);
  const after = blocks.flatMap((block) => block.after.latencies ?? []);
  const n = blocks.length;
  if (n < 2 || before.length < n || after.length < n) return null;
  // One table for both sides, so that they share the buckets.
  const table = tabulate([...before, ...after]);
  const nothing = blocks.map(() => 0);
  const read = (weights: readonly number[]) => {
    const countsBefore = weightedCounts(table, [...weights, ...nothing]);
    const countsAfter = weightedCounts(table, [...nothing, ...weights]);
    return quantiles.map((q) => [quantileOf(table, countsBefore, q), quantileOf(table, countsAfter, q)] as const);
  };
  const whole = read(blocks.map(() => 1));
  if (!whole.every(([q1, q2]) => q1 > 0 && q2 > 0)) return null;
  const resampled = quantiles.map((): number[] => []);
  for (let i = 0; i < RESAMPLES; i++) {
    const weights = [...nothing];
    for (let draw = 0; draw < n; draw++) {
      const block = rng.integer(n);
      weights[block] = (weights[block] ?? 0) + 1;
    }
    for (const [index, [q1, q2]] of read(weights).entries()) {
      const logRatio = Math.log(q2 / q1);
      // A resample can draw only blocks in which a side answered nothing.
      if (Number.isFinite(logRatio)) resampled[index]?.push(logRatio);
    }
  }
  return whole.map(([q1, q2], index) => ({
    estimate: Math.log(q2 / q1),
    standardError: Math.sqrt((variance(resampled[index] ?? []) * n) / (n - 1)),
    before: q1,
    after: q2,
  }));
}
