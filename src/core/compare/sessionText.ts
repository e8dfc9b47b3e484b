import type { Comparison, MetricComparison, StopCount } from '../model/comparison';
import type { Interval } from './hodgesLehmann';
import type { LaunchPrior } from './launchInterval';
import type { LookPlan } from './looks';
import type { Need, TakenLook } from './sessionLooks';
import { decidedHeadline, intervalText } from './sentences';
import { percentText } from './words';

/** What the sentences of a side-by-side session are made of. */
export interface SessionFacts {
  readonly labels: Comparison['labels'];
  readonly margin: number;
  readonly plan: LookPlan;
  readonly prior: LaunchPrior;
  readonly main: MetricComparison;
  readonly look: TakenLook;
  readonly need: Need;
  readonly stops: StopCount | null;
  /** ln of the ratio of total throughputs; null when throughput does not decide. */
  readonly totalsLogRatio: number | null;
  readonly measuredS: number;
}

/** The verdict and what to know next, as sentences; the headline without a full stop. */
export function sessionText(facts: SessionFacts): { headline: string; details: string[] } {
  const { main, labels, margin, look, need, plan } = facts;
  const details = [effortSentence(facts), ...launchSentence(facts)];
  const pausing = pausingSide(facts.stops, facts.totalsLogRatio, look.interval);
  const aside = pausing === null ? '' : `; ${labels[pausing]} pauses now and then`;
  if (facts.stops?.worse) {
    const { before, after } = facts.stops;
    details.push(`Full stops of 0.1 s or longer: ${before} in ${labels.before}, ${after} in ${labels.after}.`);
  } else if (pausing !== null) {
    details.push(
      `The totals differ more than the typical block does, so ${labels[pausing]} loses its time in few places.`,
    );
  }
  if (main.verdict === 'inconclusive') {
    if (main.low !== null) details.push(`What was measured allows a change of ${intervalText(main)}.`);
    return { headline: `${undecidedHeadline(need, plan, main.note)}${aside}`, details };
  }
  if (look.judgement.realButSmall) {
    details.push(`There is a change, but it is smaller than ${percentText(margin)}.`);
  } else if (main.verdict !== 'equivalent' && !main.clearly) {
    details.push(`The true change may be smaller than ${percentText(margin)}.`);
  }
  return { headline: `${decidedHeadline(main, margin, labels.before)}${aside}`, details };
}

function undecidedHeadline(need: Need, plan: LookPlan, note: string | null): string {
  if (note !== null) return note.replace(/\.$/, '');
  if (need.seconds !== null) {
    const how = plan.quick ? 'a full session with restarts needs about' : 'needs about';
    return `Not sure yet: ${how} ${need.seconds} s${plan.quick ? '' : ' more'}`;
  }
  if (need.limit === null) return 'Not sure yet: too few blocks were measured for an interval';
  return `Cannot tell: this machine is too noisy now; the smallest change it can see is ${percentText(need.limit)}`;
}

function effortSentence({ look, measuredS, plan }: SessionFacts): string {
  const seconds = `${Math.round(measuredS)} s measured`;
  if (plan.quick) return `A quick look at one launch of each side, ${seconds}: a restart could shift it.`;
  return `${look.rounds} ${look.rounds === 1 ? 'launch' : 'launches'} of each side, ${seconds}.`;
}

/** What the interval counts with for the luck of a launch, where it was learned here, or where learning it may help. */
function launchSentence({ prior, plan, main }: SessionFacts): string[] {
  const spread = percentText(prior.sigma);
  if (prior.learnedFrom !== undefined) {
    const how = prior.learnedFrom === 'calibration' ? 'its calibration' : 'earlier comparisons';
    return [`Launches of the same code differ by about ${spread} on this machine, as ${how} showed.`];
  }
  if (plan.quick || main.verdict !== 'inconclusive') return [];
  return [`How much launches of the same code differ here is not known: ${spread} is assumed until a calibration.`];
}

/** The side that stops more often, or that loses more in total than in the typical block; null when neither shows it. */
function pausingSide(
  stops: StopCount | null,
  totalsLogRatio: number | null,
  interval: Interval,
): 'before' | 'after' | null {
  if (stops?.worse) return stops.worse;
  if (totalsLogRatio === null) return null;
  const excess = totalsLogRatio - interval.estimate;
  if (Math.abs(excess) <= (interval.high - interval.low) / 2) return null;
  return excess < 0 ? 'after' : 'before';
}
