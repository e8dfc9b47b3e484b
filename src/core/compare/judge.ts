import type { Verdict } from '../model/comparison';
import type { Interval } from './hodgesLehmann';
import type { LaunchSummary } from './launchInterval';
import { tQuantile } from '../stats/studentT';

export interface Judgement {
  readonly verdict: Verdict;
  /** The whole interval lies beyond the margin. */
  readonly clearly: boolean;
  /** Inside the margin, and yet certainly not zero. */
  readonly realButSmall: boolean;
}

/** Launches that a person may be asked for; beyond it the machine is called too noisy. */
export const MOST_ROUNDS_ASKED_FOR = 20;

/** Standard normal quantile of 0.8: a change is "detectable" when it is found four times in five. */
const POWER_Z = 0.8416;

/**
 * Three-way verdict from an interval of ln(after speed / before speed), positive is faster; `margin` in the same unit.
 * First equivalence (Schuirmann's two one-sided tests: the whole interval inside ±margin), then a direction if zero is
 * excluded. A failed test is never "no difference".
 */
export function judge(interval: Interval, margin: number): Judgement {
  const { low, high, estimate } = interval;
  const excludesZero = low > 0 || high < 0;
  if (low > -margin && high < margin) return { verdict: 'equivalent', clearly: false, realButSmall: excludesZero };
  if (!excludesZero) return { verdict: 'inconclusive', clearly: false, realButSmall: false };
  return { verdict: estimate > 0 ? 'faster' : 'slower', clearly: low > margin || high < -margin, realButSmall: false };
}

/**
 * Further rounds after which a decision is likely if the estimate stays where it is: the smallest R' whose half-width is
 * at most 0.9 of the distance that decides, max(|estimate|, margin − |estimate|). Null when 20 rounds would not do.
 */
export function roundsNeeded(summary: LaunchSummary, margin: number, alpha: number): number | null {
  const distance = Math.max(Math.abs(summary.estimate), margin - Math.abs(summary.estimate));
  const priorDf = summary.degreesOfFreedom - (summary.rounds - 1);
  for (let rounds = summary.rounds + 1; rounds <= MOST_ROUNDS_ASKED_FOR; rounds++) {
    const half = tQuantile(1 - alpha / 2, priorDf + rounds - 1) * Math.sqrt(summary.variance / rounds);
    if (half <= 0.9 * distance) return rounds - summary.rounds;
  }
  return null;
}

/** Smallest ln-change that a session of `rounds` rounds finds with 80 % chance: (t(1−alpha/2) + z(0.8))·sqrt(s²/R). */
export function smallestDetectable(summary: LaunchSummary, rounds: number, alpha: number): number {
  const priorDf = summary.degreesOfFreedom - (summary.rounds - 1);
  return (tQuantile(1 - alpha / 2, priorDf + rounds - 1) + POWER_Z) * Math.sqrt(summary.variance / rounds);
}
