import type { ComparisonLook } from '../model/comparison';
import type { Interval } from './hodgesLehmann';
import type { Judgement } from './judge';
import { judge, MOST_ROUNDS_ASKED_FOR, roundsNeeded, smallestDetectable } from './judge';
import type { LaunchSummary } from './launchInterval';
import { launchInterval, pooledLaunches } from './launchInterval';
import type { LookPlan } from './looks';
import { lookAlpha, PLANNED_ROUNDS } from './looks';
import { asGain, METRIC_KINDS } from './metrics';
import type { MeasuredMetric } from './sessionMetrics';

/** One look at the deciding metric: the interval of ln(after/before) and what it allows to say. */
export interface TakenLook {
  readonly rounds: number;
  readonly alpha: number;
  readonly interval: Interval;
  readonly judgement: Judgement;
}

/** Looks at the first `rounds` rounds of a metric; `logMargin` in ln units. */
export function takeLook(metric: MeasuredMetric, rounds: number, logMargin: number, plan: LookPlan): TakenLook {
  const alpha = lookAlpha(rounds, plan);
  const interval = launchInterval(pooledLaunches(metric.rounds.slice(0, rounds), metric.prior), alpha);
  return { rounds, alpha, interval, judgement: judge(asGain(interval, METRIC_KINDS[metric.name]), logMargin) };
}

/** A look as it is stored and drawn. */
export function storedLook({ rounds, alpha, interval, judgement }: TakenLook): ComparisonLook {
  const finite = Number.isFinite(interval.low) && Number.isFinite(interval.high);
  return {
    rounds,
    alpha,
    ratio: Math.exp(interval.estimate),
    low: finite ? Math.exp(interval.low) : null,
    high: finite ? Math.exp(interval.high) : null,
    verdict: judgement.verdict,
  };
}

/** What it would take to decide. Changes as shares: 0.02 is 2 %. */
export interface Need {
  /** Seconds until a decision is likely, restarts included; null when twenty rounds would not do. */
  readonly seconds: number | null;
  /** Smallest change that a full session of five rounds finds four times in five; null when it cannot be estimated. */
  readonly smallestDetectable: number | null;
  /** The same with twenty rounds: the limit of this machine as it is now. */
  readonly limit: number | null;
}

/** What more rounds would bring, judged from the launches so far. A quick look is answered with what a full session needs. */
export function needOf(metric: MeasuredMetric, plan: LookPlan, logMargin: number, secondsPerRound: number): Need {
  const summary = pooledLaunches(metric.rounds, metric.prior);
  const alpha = lookAlpha(1, { ...plan, quick: false });
  const more = Number.isFinite(summary.variance) ? roundsNeeded(summary, logMargin, alpha) : null;
  return {
    seconds: more === null ? null : Math.ceil((plan.quick ? more + summary.rounds : more) * secondsPerRound),
    smallestDetectable: detectable(summary, Math.max(summary.rounds, PLANNED_ROUNDS), alpha),
    limit: detectable(summary, MOST_ROUNDS_ASKED_FOR, alpha),
  };
}

function detectable(summary: LaunchSummary, rounds: number, alpha: number): number | null {
  const change = Math.expm1(smallestDetectable(summary, rounds, alpha));
  return Number.isFinite(change) ? change : null;
}
