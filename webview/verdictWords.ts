import { METRIC_KINDS } from '../src/core/compare/metrics';
import { changeText, intervalText } from '../src/core/compare/sentences';
import { percentText } from '../src/core/compare/words';
import type { ComparedMetric, Comparison, MetricComparison } from '../src/core/model/comparison';

/** Under a verdict from stored runs, until both sides were measured side by side. */
export const ONE_RUN_EACH =
  'One run each proves little: two single runs of identical code often differ by several percent. ' +
  'Run both sides again before you believe a small difference.';

/** A tone in the colours of the page; words and signs say the same. */
export type VerdictTone = 'better' | 'worse' | 'same' | 'stop';

const TONES = { faster: 'better', slower: 'worse', equivalent: 'same', inconclusive: 'same' } as const;

/** How the block is coloured; what makes the two incomparable comes before any speed. */
export function verdictTone({ blocker, verdict }: Comparison): VerdictTone {
  return blocker ? 'stop' : TONES[verdict];
}

/** How the tile of one metric is coloured. */
export function metricTone({ verdict }: MetricComparison): VerdictTone {
  return TONES[verdict];
}

/** The headline as a sentence that begins with a capital letter; no line ends before a percent sign. */
export function headlineSentence({ headline }: Comparison): string {
  return `${capital(headline)}.`.replace(/ %/g, '\u00a0%');
}

/** How small a change this comparison could have found; empty where that is not known, or said by the details. */
export function detectableSentence({ smallestDetectable, margin, kind, blocker }: Comparison): string {
  if (smallestDetectable === null || kind === 'history' || blocker) return '';
  return `Smallest change that it finds: about ${percentText(smallestDetectable)}; changes below ${percentText(margin)} do not count.`;
}

/** What a tile says about its metric. Examples: "12 % faster", "within ±3 %", "+12 %: cannot tell". */
export function tileWords(metric: MetricComparison, margin: number): string {
  if (metric.verdict === 'equivalent') return `within ±${percentText(margin)}`;
  const text = changeText(metric);
  return metric.verdict === 'inconclusive' ? `${text}: cannot tell` : text;
}

/** What the picture of the interval shows, for those who do not see it. */
export function intervalSentence(comparison: Comparison): string {
  const metric = primaryOf(comparison);
  if (!metric) return 'Nothing was compared.';
  const interval = intervalText(metric);
  const range = interval === '' ? 'no interval' : `95 % interval ${interval}`;
  return `${METRIC_KINDS[metric.name].label}: ${changeText(metric)}, ${range}, against a margin of ±${percentText(comparison.margin)}. The same numbers stand in the table below.`;
}

/** The metric that decides. */
export function primaryOf({ metrics, primary }: Comparison): MetricComparison | undefined {
  return metrics.find(({ name }) => name === primary);
}

/** The metric that a tile shows; undefined when it was not compared. */
export function metricOf(comparison: Comparison | null, name: ComparedMetric): MetricComparison | undefined {
  return comparison?.metrics.find((metric) => metric.name === name);
}

/** A change on an axis. Examples: 0.05 → "+5 %", 0 → "0 %". */
export function axisChange(change: number): string {
  const percent = Number((change * 100).toPrecision(3));
  return `${percent > 0 ? '+' : ''}${percent.toLocaleString('en-US')} %`.replace('-', '−');
}

/** A sentence's beginning with a capital letter. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
