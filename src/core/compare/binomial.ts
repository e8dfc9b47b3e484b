import { incompleteBeta } from '../stats/studentT';

/** P(X ≥ k) for X ~ Binomial(n, p): I_p(k, n − k + 1) (DLMF 8.17.5). */
export function binomialUpperTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n) return 0;
  return incompleteBeta(k, n - k + 1, p);
}

/** Exact two-sided p: twice the smaller tail that holds `k`, at most 1 (Clopper and Pearson's convention). */
export function binomialTwoSided(k: number, n: number, p: number): number {
  if (n === 0) return 1;
  const upper = binomialUpperTail(k, n, p);
  const lower = 1 - binomialUpperTail(k + 1, n, p);
  return Math.min(1, 2 * Math.min(upper, lower));
}

/**
 * Chance of so uneven a split of `first + second` events if both sides had the same rate, given how often each side could
 * have had one. Source: the conditional test of two Poisson rates (Przyborowski and Wilenski 1940).
 */
export function unevenSplitP(first: number, second: number, firstExposure: number, secondExposure: number): number {
  if (firstExposure + secondExposure <= 0) return 1;
  return binomialTwoSided(second, first + second, secondExposure / (firstExposure + secondExposure));
}
