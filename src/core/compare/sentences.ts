import type { Comparison, MetricComparison } from '../model/comparison';
import { METRIC_KINDS } from './metrics';
import { capitalised, percentText, signedPercentText } from './words';

/** The interval of a metric as changes in percent: `9.8 to 14.1 %` when it has one direction, else with signs; empty when unknown. */
export function intervalText({ low, high }: Pick<MetricComparison, 'low' | 'high'>): string {
  if (low === null || high === null) return '';
  const [lowChange, highChange] = [low - 1, high - 1];
  if (lowChange > 0) return `${withoutUnit(percentText(lowChange))} to ${percentText(highChange)}`;
  if (highChange < 0) return `${withoutUnit(percentText(-highChange))} to ${percentText(-lowChange)}`;
  return `${withoutUnit(signedPercentText(lowChange))} to ${signedPercentText(highChange)}`;
}

function withoutUnit(text: string): string {
  return text.replace(/ %$/, '');
}

/** How a metric changed, in its own words: `12 % faster`, `3.1 % longer`, or the signed change when it has no direction. */
export function changeText(metric: MetricComparison): string {
  const change = metric.ratio - 1;
  if (metric.verdict !== 'faster' && metric.verdict !== 'slower') return signedPercentText(change);
  const { good, bad } = METRIC_KINDS[metric.name];
  return `${percentText(Math.abs(change))} ${metric.verdict === 'faster' ? good : bad}`;
}

/** The verdict of the deciding metric as a sentence without a full stop: `12 % faster than HEAD (95 %: 9.8 to 14.1 %)`. */
export function decidedHeadline(metric: MetricComparison, margin: number, beforeLabel: string): string {
  const kind = METRIC_KINDS[metric.name];
  const bounds = `(95 %: ${intervalText(metric)})`;
  const subject = metric.name === 'throughput' ? '' : `${kind.label} `;
  if (metric.verdict === 'equivalent') {
    const between = subject === '' ? '' : ` in ${kind.label.toLowerCase()}`;
    return `No difference larger than ${percentText(margin)}${between} from ${beforeLabel} ${bounds}`;
  }
  return capitalised(`${subject}${changeText(metric)} than ${beforeLabel} ${bounds}`);
}

/** What the other metrics did, one sentence for each that changed, and one for those that did not. */
export function secondarySentences(comparison: Pick<Comparison, 'metrics' | 'primary' | 'margin'>): string[] {
  const others = comparison.metrics.filter(({ name }) => name !== comparison.primary);
  const label = ({ name }: MetricComparison) => METRIC_KINDS[name].label;
  const changed = others
    .filter(({ verdict }) => verdict === 'faster' || verdict === 'slower')
    .map((metric) => `${label(metric)}: ${changeText(metric)} (${intervalText(metric)}).`);
  const same = others.filter(({ verdict }) => verdict === 'equivalent').map((m) => label(m).toLowerCase());
  if (same.length > 0) changed.push(`No change beyond ${percentText(comparison.margin)} in ${same.join(', ')}.`);
  return changed;
}
