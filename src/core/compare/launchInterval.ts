import { mean, variance } from '../stats/descriptive';
import type { Interval } from './hodgesLehmann';
import { hodgesLehmann } from './hodgesLehmann';
import { tQuantile, tTwoSidedP } from '../stats/studentT';

/** What is believed about the luck of a process launch before this session: standard deviation of ln(speed), and its weight. */
export interface LaunchPrior {
  readonly sigma: number;
  readonly degreesOfFreedom: number;
  /** What on this machine showed it; absent for what is usual elsewhere. */
  readonly learnedFrom?: 'calibration' | 'comparisons';
}

/** 0.5 % between launches of the same code, worth four launches: what published run-to-run spreads of 0.5–0.9 % suggest. */
export const DEFAULT_LAUNCH_PRIOR: LaunchPrior = { sigma: 0.005, degreesOfFreedom: 4 };

/** One launch of both servers: the estimate of ln(after/before) and its standard error within the launch. */
export interface RoundEstimate {
  readonly estimate: number;
  readonly standardError: number;
}

/** What the launches say together. `variance` is that of one launch's estimate. */
export interface LaunchSummary {
  readonly estimate: number;
  readonly variance: number;
  readonly degreesOfFreedom: number;
  readonly rounds: number;
}

/** Summary of one round's blocks: Hodges-Lehmann, and its exact 95 % half-width turned back into a standard error. */
export function estimateRound(logRatios: readonly number[]): RoundEstimate {
  const { estimate, low, high } = hodgesLehmann(logRatios, 0.05);
  return { estimate, standardError: (high - low) / 2 / tQuantile(0.975, Math.max(1, logRatios.length - 1)) };
}

/**
 * Pools launches. The spread between launches is shrunk towards what a launch is expected to vary,
 * `v0 = mean(se²) + 2σ²` (two processes, one per side), weighted by the prior's degrees of freedom ν:
 * `s² = (ν·v0 + (R−1)·Var(θ)) / (ν + R − 1)`. With one round, the prior alone speaks for the launches.
 * Source: the moderated t of Smyth 2004 (limma), applied to launches as the unit of replication (Kalibera and Jones 2013).
 */
export function pooledLaunches(rounds: readonly RoundEstimate[], prior: LaunchPrior): LaunchSummary {
  const extra = rounds.length - 1;
  const expected = mean(rounds.map((round) => round.standardError ** 2)) + 2 * prior.sigma ** 2;
  const between = variance(rounds.map((round) => round.estimate));
  return {
    estimate: mean(rounds.map((round) => round.estimate)),
    variance: (prior.degreesOfFreedom * expected + extra * between) / (prior.degreesOfFreedom + extra),
    degreesOfFreedom: prior.degreesOfFreedom + extra,
    rounds: rounds.length,
  };
}

/** `estimate ± t(1−alpha/2, ν+R−1)·sqrt(s²/R)`; infinite when a round was too short for a standard error. */
export function launchInterval(summary: LaunchSummary, alpha: number): Interval {
  const { estimate, degreesOfFreedom, rounds } = summary;
  const half = tQuantile(1 - alpha / 2, degreesOfFreedom) * Math.sqrt(summary.variance / rounds);
  return { estimate, low: estimate - half, high: estimate + half };
}

/** Two-sided p of "no change" by the same moderated t; feeds Holm's rule, never shown on its own. */
export function launchP({ estimate, variance: spread, rounds, degreesOfFreedom }: LaunchSummary): number {
  if (!Number.isFinite(spread)) return 1;
  return tTwoSidedP(estimate / Math.sqrt(spread / rounds), degreesOfFreedom);
}
