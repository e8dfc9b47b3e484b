/**
 * Holm's step-down rule: which of several tests may be called significant so that the chance of even one false call stays
 * at `alpha`. The smallest p must be ≤ alpha/m, the next ≤ alpha/(m−1), and so on until one fails. Returns one answer per
 * p-value, in the order given; NaN is never significant. Source: Holm 1979, Scandinavian Journal of Statistics 6.
 */
export function holm(pValues: readonly number[], alpha: number): boolean[] {
  const order = pValues.map((p, index) => ({ p: Number.isNaN(p) ? 1 : p, index })).sort((x, y) => x.p - y.p);
  const rejected = pValues.map(() => false);
  for (const [step, { p, index }] of order.entries()) {
    if (p > alpha / (pValues.length - step)) break;
    rejected[index] = true;
  }
  return rejected;
}
