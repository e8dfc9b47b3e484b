import { medianOfSorted } from '../stats/descriptive';
import { signedRankCritical } from './signedRank';

/** An estimate with its bounds; infinite bounds when the data cannot support an interval. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Centre of a sample that a few wild values cannot move: the median of all pairwise means (x_i + x_j)/2, i ≤ j, with the
 * interval that inverts the signed-rank test: the (c+1)-th smallest and largest of those means.
 * Exact when each value is as likely to fall on either side of the centre, which the coin-tossed order of a block
 * guarantees under "no difference". Source: Hodges and Lehmann 1963; Hollander and Wolfe, section 3.2 and 3.3.
 */
export function hodgesLehmann(values: readonly number[], alpha: number): Interval {
  const walsh = new Float64Array((values.length * (values.length + 1)) / 2);
  let filled = 0;
  values.forEach((first, i) => {
    for (const second of values.slice(i)) walsh[filled++] = (first + second) / 2;
  });
  walsh.sort();
  const estimate = medianOfSorted(walsh);
  const critical = signedRankCritical(values.length, alpha);
  if (critical < 0) return { estimate, low: -Infinity, high: Infinity };
  return {
    estimate,
    low: walsh[critical] ?? -Infinity,
    high: walsh[walsh.length - 1 - critical] ?? Infinity,
  };
}
