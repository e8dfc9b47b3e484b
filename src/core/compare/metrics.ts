import type { ComparedMetric, MetricComparison } from '../model/comparison';
import type { Interval } from './hodgesLehmann';
import type { Judgement } from './judge';

/** What a compared quantity is and how a person says that it changed. */
export interface MetricKind {
  readonly name: ComparedMetric;
  readonly label: string;
  readonly unit: MetricComparison['unit'];
  readonly better: MetricComparison['better'];
  /** The share of requests below the percentile; null for what is not a percentile. */
  readonly quantile: number | null;
  /** Words for good and bad news: "12 % faster", "3 % longer". */
  readonly good: string;
  readonly bad: string;
}

/** Every metric in the order shown. */
export const METRIC_KINDS: Readonly<Record<ComparedMetric, MetricKind>> = {
  throughput: kind('throughput', 'Requests a second', null, 'faster', 'slower'),
  p50: kind('p50', 'Median latency', 0.5, 'shorter', 'longer'),
  p90: kind('p90', '90th percentile latency', 0.9, 'shorter', 'longer'),
  p99: kind('p99', '99th percentile latency', 0.99, 'shorter', 'longer'),
  p999: kind('p999', '99.9th percentile latency', 0.999, 'shorter', 'longer'),
  cpuPerRequest: kind('cpuPerRequest', 'CPU per request', null, 'less', 'more'),
};

function kind(name: ComparedMetric, label: string, quantile: number | null, good: string, bad: string): MetricKind {
  const isRate = name === 'throughput';
  return { name, label, quantile, good, bad, unit: isRate ? 'requests/s' : 'ms', better: isRate ? 'higher' : 'lower' };
}

/** Turns an interval of ln(after/before) into one of gain, in which positive is always good news. */
export function asGain(interval: Interval, { better }: Pick<MetricKind, 'better'>): Interval {
  if (better === 'higher') return interval;
  return { estimate: -interval.estimate, low: -interval.high, high: -interval.low };
}

/** Builds the record that is shown and stored; `interval` is of ln(after/before). */
export function metricComparison(
  { name, unit, better }: MetricKind,
  values: { readonly before: number; readonly after: number },
  interval: Interval,
  judgement: Pick<Judgement, 'verdict' | 'clearly'>,
  note: string | null,
): MetricComparison {
  return {
    name,
    unit,
    better,
    before: values.before,
    after: values.after,
    ratio: Math.exp(interval.estimate),
    low: finiteOrNull(Math.exp(interval.low), interval.low),
    high: finiteOrNull(Math.exp(interval.high), interval.high),
    confidence: 0.95,
    verdict: judgement.verdict,
    clearly: judgement.clearly,
    note,
  };
}

function finiteOrNull(value: number, logValue: number): number | null {
  return Number.isFinite(logValue) && Number.isFinite(value) ? value : null;
}
