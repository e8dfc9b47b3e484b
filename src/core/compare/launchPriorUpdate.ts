import { mean, variance } from '../stats/descriptive';
import type { LaunchPrior, RoundEstimate } from './launchInterval';
import { DEFAULT_LAUNCH_PRIOR } from './launchInterval';

const SMALLEST_SIGMA = 0.003;
const MOST_DEGREES_OF_FREEDOM = 20;

/**
 * Learns how much launches differ on this machine, from finished sessions (a calibration of the same code against itself,
 * or any side-by-side session): `σ² = pooled (Var(θ) − mean se²)/2` over R − 1 degrees of freedom each, pooled with the
 * default of 0.5 % at four. At least 0.3 %, and never more than 20 degrees of freedom, because machines change.
 */
export function learnLaunchPrior(sessions: readonly (readonly RoundEstimate[])[]): LaunchPrior {
  let weight = DEFAULT_LAUNCH_PRIOR.degreesOfFreedom;
  let weighted = weight * DEFAULT_LAUNCH_PRIOR.sigma ** 2;
  for (const rounds of sessions) {
    const usable = rounds.filter((round) => Number.isFinite(round.standardError));
    if (usable.length < 2) continue;
    const excess = variance(usable.map((r) => r.estimate)) - mean(usable.map((r) => r.standardError ** 2));
    weighted += ((usable.length - 1) * excess) / 2;
    weight += usable.length - 1;
  }
  return {
    sigma: Math.max(SMALLEST_SIGMA, Math.sqrt(Math.max(0, weighted / weight))),
    degreesOfFreedom: Math.min(MOST_DEGREES_OF_FREEDOM, weight),
  };
}
