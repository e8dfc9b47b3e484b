import type { ComparedMetric, MetricComparison } from '../model/comparison';
import { holm } from './holm';
import type { Judgement } from './judge';
import { judge } from './judge';
import { launchInterval, launchP, pooledLaunches } from './launchInterval';
import { SESSION_ALPHA } from './looks';
import { asGain, METRIC_KINDS, metricComparison } from './metrics';
import type { MeasuredMetric } from './sessionMetrics';

/** The judgement of what must not or cannot be judged. */
export const UNDECIDED: Judgement = { verdict: 'inconclusive', clearly: false, realButSmall: false };

/**
 * Verdicts of the metrics that do not decide: one family, Holm's rule at 5 %, so that looking at many numbers does not find
 * changes by itself. An open load sets the throughput, so throughput is shown there without a verdict.
 */
export function secondaryMetrics(
  measured: readonly MeasuredMetric[],
  primary: ComparedMetric,
  logMargin: number,
): MetricComparison[] {
  const others = measured.filter(({ name }) => name !== primary);
  const judged = others.filter(({ name, tooLittle }) => tooLittle === null && name !== 'throughput');
  const pooled = (metric: MeasuredMetric) => pooledLaunches(metric.rounds, metric.prior);
  const changed = holm(
    judged.map((metric) => launchP(pooled(metric))),
    SESSION_ALPHA,
  );
  return others.map((metric) => {
    const kind = METRIC_KINDS[metric.name];
    const interval = launchInterval(pooled(metric), SESSION_ALPHA);
    const place = judged.indexOf(metric);
    const alone = judge(asGain(interval, kind), logMargin);
    const judgement = place >= 0 && (alone.verdict === 'equivalent' || changed[place] === true) ? alone : UNDECIDED;
    const note = metric.name === 'throughput' ? 'The rate was set, so it says nothing about speed.' : metric.tooLittle;
    return metricComparison(kind, metric, interval, judgement, note);
  });
}
