import { generatorLimits } from '../core/compare/generatorLimit';
import type { ArmBlock, SessionRound } from '../core/compare/sessionData';
import type { RunWarning } from '../core/model/run';
import type { PairArmBlock, PairResult } from '../core/model/pairPlan';
import { LatencyHistogram } from '../core/stats/histogram';

/** A machine that slept, or whose clock was set, in between: the two clocks went apart by more than this. */
const CLOCKS_APART_MS = 2000;

/** What the load generator measured in one launch, as the statistics read it. `voided` says what else made it worthless. */
export function pairRoundOf(result: PairResult, clocksApartMs: number, voided: string | null = null): SessionRound {
  return {
    blocks: result.blocks.map(({ before, after }) => ({ before: armBlock(before), after: armBlock(after) })),
    steady: result.warmup.steady,
    voided:
      clocksApartMs > CLOCKS_APART_MS
        ? 'The machine slept or its clock was set during a round, which was left out.'
        : voided,
  };
}

/** Cores that the load generator and the two servers used on average; null where the servers' CPU could not be read. */
export function ownCores({ blocks, generator }: PairResult): number | null {
  const arms = blocks.flatMap(({ before, after }) => [before, after]);
  const timeS = arms.reduce((sum, arm) => sum + arm.timeS, 0);
  if (timeS === 0 || arms.some(({ cpuS }) => cpuS === null)) return null;
  return generator.cpuPercent / 100 + arms.reduce((sum, { cpuS }) => sum + (cpuS ?? 0), 0) / timeS;
}

/**
 * Signs of one launch that the load generator set the pace. `machineBusy` is the share of all cores that were in use. How late
 * its event loop was is not known to a tenth of a usual latency, so that sign is not looked for.
 */
export function generatorWarnings({ generator, blocks }: PairResult, machineBusy: number | null): RunWarning[] {
  const arms = blocks.flatMap(({ before, after }) => [before, after]);
  const requests = arms.reduce((sum, arm) => sum + arm.requests, 0);
  const timeS = arms.reduce((sum, arm) => sum + arm.timeS, 0);
  return generatorLimits({
    eventLoopUtilization: generator.eventLoopUtilization,
    threadCpu: generator.cpuPercent / 100,
    loopDelayP99Ms: null,
    p50LatencyMs: 0,
    throughputRps: timeS > 0 ? requests / timeS : 0,
    nullServerRps: null,
    serverCpuShare: null,
    gainFromDoubling: null,
    sendLagP99Ms: null,
    machineBusy,
  });
}

function armBlock({ latencies, ...block }: PairArmBlock): ArmBlock {
  const histogram = new LatencyHistogram();
  histogram.addColumns(latencies);
  return { ...block, latencies: histogram };
}
