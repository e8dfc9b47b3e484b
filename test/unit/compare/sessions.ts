import { DEFAULT_LAUNCH_PRIOR } from '../../../src/core/compare/launchInterval';
import type { SessionOptions } from '../../../src/core/compare/decideSession';
import type { Rng } from '../../../src/core/stats/rng';
import type { ArmBlock, SessionRound } from '../../../src/core/compare/sessionData';

/** One side of a block: 1,000 good answers in one second unless told otherwise. */
export function armBlock(changes: Partial<ArmBlock>): ArmBlock {
  return {
    requests: 1000,
    timeS: 1,
    failures: 0,
    statuses: { '200': 1000 },
    bodyBytes: 120,
    cpuS: null,
    stops: 0,
    latencies: null,
    ...changes,
  };
}

/** Rounds of eight blocks; `speed` is how many times more the after side answers, `noise` the scatter of a block. */
export function sessionRounds(rng: Rng, count: number, speed: number, noise: number, launchSpread = 0): SessionRound[] {
  return Array.from({ length: count }, () => {
    const luck = Math.exp(Math.SQRT2 * launchSpread * rng.normal());
    const blocks = Array.from({ length: 8 }, () => {
      const requests = 1000 * speed * luck * Math.exp(noise * rng.normal());
      return {
        before: armBlock({ cpuS: 0.8 }),
        after: armBlock({ requests, statuses: { '200': requests }, cpuS: 0.8 }),
      };
    });
    return { blocks, steady: true, voided: null };
  });
}

export const SESSION: SessionOptions = {
  labels: { before: 'HEAD', after: 'working tree' },
  primary: 'throughput',
  margin: 0.03,
  prior: DEFAULT_LAUNCH_PRIOR,
  plan: { quick: false, extendable: false },
  secondsPerRound: 24,
  seed: 1,
  warnings: [],
};
