import { mean, variance } from '../../src/core/stats/descriptive';
import { tTwoSidedP } from '../../src/core/stats/studentT';

/** What three usual ways of comparing two runs would say of them. */
export interface ContrastVerdicts {
  readonly eye: boolean;
  readonly autocannonCompare: boolean;
  readonly tTest: boolean;
  /** after / before − 1. */
  readonly change: number;
}

/** `before` and `after` are answers in each second of two runs, one after the other. */
export function judgeTheUsualWay(before: readonly number[], after: readonly number[]): ContrastVerdicts {
  const change = mean(after) / mean(before) - 1;
  const total = (seconds: readonly number[]): number => seconds.reduce((sum, count) => sum + count, 0);
  return {
    change,
    // By eye: a difference of 3 % or more is a change.
    eye: Math.abs(change) >= 0.03,
    // autocannon-compare: the deviation of seconds with the number of requests for n.
    autocannonCompare: welchP(before, after, total(before), total(after)) < 0.05,
    tTest: welchP(before, after, before.length, after.length) < 0.05,
  };
}

/** Two-sided p of Welch's t with the given numbers of observations. */
function welchP(before: readonly number[], after: readonly number[], n: number, m: number): number {
  const [a, b] = [variance(before) / n, variance(after) / m];
  if (a + b === 0) return 1;
  const degreesOfFreedom = (a + b) ** 2 / (a ** 2 / (n - 1) + b ** 2 / (m - 1));
  return tTwoSidedP((mean(after) - mean(before)) / Math.sqrt(a + b), degreesOfFreedom);
}
