import { mean, median, variance } from '../stats/descriptive';
import { tQuantile, tTwoSidedP } from '../stats/studentT';

/** Bounds of the warm-up of one launch. */
export const WARMUP = { leastMs: 3000, leastRequestsPerArm: 2000, mostMs: 15_000 } as const;

const WINDOW = 8;
const TOLERANCE = 0.02;

/**
 * Whether one line of warm-up values stands still: the median of the last eight differs from that of the eight before by
 * less than 2 % (values are natural logarithms). False with fewer than sixteen.
 */
export function isSteady(logValues: readonly number[]): boolean {
  if (logValues.length < 2 * WINDOW) return false;
  const last = median(logValues.slice(-WINDOW));
  const earlier = median(logValues.slice(-2 * WINDOW, -WINDOW));
  return Math.abs(last - earlier) < TOLERANCE;
}

/** A warm-up is over when each side stands still and so does their ratio. Requests a second of each slice, paired in order. */
export function areBothSteady(before: readonly number[], after: readonly number[]): boolean {
  const logBefore = before.map(Math.log);
  const logAfter = after.map(Math.log);
  const pairs = Math.min(before.length, after.length);
  const ratio = Array.from({ length: pairs }, (_, i) => (logAfter[i] ?? NaN) - (logBefore[i] ?? NaN));
  return isSteady(logBefore) && isSteady(logAfter) && isSteady(ratio);
}

/** Blocks at the start of a round that may turn out to be warm-up. */
export const WARMUP_BLOCKS = 2;

/**
 * Whether blocks 1–2 differ from the rest of their round in the same way over the rounds (one-sample t, p < .01): then
 * they are left out of every round. Fixed beforehand, so that it cannot be a choice made by the result.
 */
export function shouldDropFirstBlocks(rounds: readonly (readonly number[])[]): boolean {
  const differences = rounds
    .filter((blocks) => blocks.length >= WARMUP_BLOCKS + 6)
    .map((blocks) => mean(blocks.slice(0, WARMUP_BLOCKS)) - mean(blocks.slice(WARMUP_BLOCKS)));
  const n = differences.length;
  if (n < 2) return false;
  const t = mean(differences) / Math.sqrt(variance(differences) / n);
  return Math.abs(t) > tQuantile(0.995, n - 1);
}

/**
 * Two-sided p that the values have no straight trend over their index (ordinary least squares, t with n − 2 degrees of
 * freedom). On the ratio of the sides a small p means a leak or a warm-up that went on.
 */
export function trendP(values: readonly number[]): number {
  const n = values.length;
  if (n < 4) return 1;
  const centreX = (n - 1) / 2;
  const centreY = mean(values);
  let sxx = 0;
  let sxy = 0;
  let syy = 0;
  for (const [x, y] of values.entries()) {
    sxx += (x - centreX) ** 2;
    sxy += (x - centreX) * (y - centreY);
    syy += (y - centreY) ** 2;
  }
  if (syy === 0) return 1;
  const residual = Math.max(0, syy - sxy ** 2 / sxx) / (n - 2);
  return tTwoSidedP(sxy / Math.sqrt(residual * sxx), n - 2);
}
