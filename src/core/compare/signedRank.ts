/**
 * Largest c with P(W ≤ c) ≤ alpha/2, or −1 if even W = 0 is too likely. W is Wilcoxon's signed-rank sum of n values whose
 * signs are fair coins. Exact: the number of subsets of {1…n} with sum s, counted by adding one rank at a time.
 * Source: Wilcoxon 1945; the tables in Hollander and Wolfe, "Nonparametric Statistical Methods", table A.4.
 */
export function signedRankCritical(n: number, alpha: number): number {
  const largest = (n * (n + 1)) / 2;
  // Chances rather than counts, because 2^n leaves the range of a number for long sessions.
  const chance = new Float64Array(largest + 1);
  chance[0] = 1;
  for (let rank = 1; rank <= n; rank++) {
    for (let sum = (rank * (rank + 1)) / 2; sum >= 0; sum--) {
      const withRank = sum >= rank ? (chance[sum - rank] ?? 0) : 0;
      chance[sum] = ((chance[sum] ?? 0) + withRank) / 2;
    }
  }
  let cumulated = 0;
  let critical = -1;
  for (let sum = 0; sum <= largest; sum++) {
    cumulated += chance[sum] ?? 0;
    // A hair of tolerance, so that rounding does not turn "exactly alpha/2" into "more".
    if (cumulated > (alpha / 2) * (1 + 1e-12)) break;
    critical = sum;
  }
  return critical;
}
