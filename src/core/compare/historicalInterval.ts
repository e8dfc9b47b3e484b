import { mean, variance } from '../stats/descriptive';
import type { Interval } from './hodgesLehmann';
import { tQuantile } from '../stats/studentT';

/** Changes below this are never called from history: sessions of the same code differ by as much. */
export const HISTORY_MARGIN = Math.log(1.05);

/** Spread of ln(speed) between sessions of the same code: as measured, or divided by a reference server run alongside. */
export const SESSION_SPREAD = { raw: 0.04, normalised: 0.015 } as const;

const PRIOR_DEGREES_OF_FREEDOM = 4;

/** An interval from history with what it was made of. */
export interface HistoricalInterval extends Interval {
  /** Standard error of the difference. */
  readonly standardError: number;
  readonly degreesOfFreedom: number;
}

/**
 * 95 % interval of ln(new/old) when the old value comes from k stored runs of the same code and the new one from another
 * session: `s² = (4σ² + (k−1)·Var(y)) / (k+3)`, half-width `t(.975, k+3)·sqrt(s²·(1 + 1/k) + w)`. `w` is the sampling
 * variance within the runs (0 for long ones). One stored run cannot support a small claim, however long it was.
 */
export function historicalInterval(
  newValue: number,
  baseline: readonly number[],
  sessionSigma: number,
  withinVariance: number = 0,
): HistoricalInterval {
  const k = baseline.length;
  const degreesOfFreedom = PRIOR_DEGREES_OF_FREEDOM + k - 1;
  const spread = (PRIOR_DEGREES_OF_FREEDOM * sessionSigma ** 2 + (k - 1) * variance(baseline)) / degreesOfFreedom;
  const standardError = Math.sqrt(spread * (1 + 1 / k) + withinVariance);
  const half = tQuantile(0.975, degreesOfFreedom) * standardError;
  const estimate = newValue - mean(baseline);
  return { estimate, low: estimate - half, high: estimate + half, standardError, degreesOfFreedom };
}
