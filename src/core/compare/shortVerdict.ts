import type { Comparison } from '../model/comparison';
import { VERDICT_SIGNS } from './comparisonReport';
import { changeText } from './sentences';
import { percentText } from './words';

/**
 * A verdict for a place with little room.
 *
 * Examples: `▲ 12 % faster than HEAD`, `= no difference > 3 % from HEAD`, `? cannot tell yet`, `≠ not the same work as HEAD`
 */
export function shortVerdict(comparison: Comparison): string {
  const { verdict, blocker, margin, metrics, primary } = comparison;
  const before = nameOf(comparison.labels.before);
  if (blocker) return `≠ not the same work as ${before}`;
  const sign = VERDICT_SIGNS[verdict];
  if (verdict === 'inconclusive') return `${sign} cannot tell yet`;
  if (verdict === 'equivalent') return `${sign} no difference > ${percentText(margin)} from ${before}`;
  const metric = metrics.find(({ name }) => name === primary);
  return metric ? `${sign} ${changeText(metric)} than ${before}` : `${sign} ${verdict} than ${before}`;
}

/** `HEAD (4f2c1d9)` → `HEAD`. */
function nameOf(label: string): string {
  return label.replace(/ \([0-9a-f]{4,40}\)$/, '');
}
