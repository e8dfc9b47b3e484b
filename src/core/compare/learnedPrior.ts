import type { RunEnvironment } from '../model/run';
import type { StoredComparison } from '../model/storedComparison';
import { estimateRound, type LaunchPrior, type RoundEstimate } from './launchInterval';
import { learnLaunchPrior } from './launchPriorUpdate';
import type { SessionRound } from './sessionData';
import { throughputLogRatios } from './sessionData';

/** Older ones say little about the machine as it is now. */
const SESSIONS = 30;

/** What is believed of launches on `machine` after the comparisons that are kept of it, newest first. */
export function learnedPrior(stored: readonly StoredComparison[], machine: string): LaunchPrior {
  const own = stored.filter((each) => each.machine === machine).slice(0, SESSIONS);
  const prior = learnLaunchPrior(own.map(({ launches }) => launches));
  const taught = own.filter(({ launches }) => launches.length > 1);
  if (taught.length === 0) return prior;
  return { ...prior, learnedFrom: taught.some((each) => each.isCalibration) ? 'calibration' : 'comparisons' };
}

/** What the launches of a session showed, those left out that do not count or were too short for an interval. */
export function launchesOf(rounds: readonly SessionRound[]): RoundEstimate[] {
  return rounds
    .filter(({ voided }) => voided === null)
    .map(({ blocks }) => estimateRound(throughputLogRatios(blocks).filter(Number.isFinite)))
    .filter(({ estimate, standardError }) => Number.isFinite(estimate) && Number.isFinite(standardError));
}

/** The machine in words, to keep apart what was learned on different ones. */
export function describeMachine({ cpuModel, cores, os }: Pick<RunEnvironment, 'cpuModel' | 'cores' | 'os'>): string {
  return `${cpuModel}, ${cores} cores, ${os}`;
}
