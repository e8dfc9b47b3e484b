import { mean, variance } from '../stats/descriptive';
import type { Interval } from './hodgesLehmann';

/** Prior variance of the standardised effect; makes the band tightest after about ten to thirty blocks. */
const MIXTURE_VARIANCE = 0.35;

/**
 * A band for ln(after/before) of one launch that may be watched after every block: it holds the truth at all times at
 * once with chance 1 − alpha. For drawing while a session runs; it never decides.
 * With `c = 1/(1+ng)` and `K = (sqrt(1+ng)/alpha)^(2/n)`: half-width `sqrt(s²/n·(n−1)·(K−1)/(1−K·c))`, infinite while K·c ≥ 1.
 * Source: the normal mixture t-statistic martingale (Lai 1976; Wang and Ramdas 2023, "Anytime-valid t-tests").
 */
export function liveBand(logRatios: readonly number[], alpha: number): Interval {
  const n = logRatios.length;
  const estimate = mean(logRatios);
  const spreadFactor = 1 + n * MIXTURE_VARIANCE;
  const k = (Math.sqrt(spreadFactor) / alpha) ** (2 / n);
  const room = 1 - k / spreadFactor;
  if (n < 2 || room <= 0) return { estimate, low: -Infinity, high: Infinity };
  const half = Math.sqrt(((variance(logRatios) / n) * (n - 1) * (k - 1)) / room);
  return { estimate, low: estimate - half, high: estimate + half };
}
