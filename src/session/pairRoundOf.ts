import type { ArmBlock, SessionRound } from '../core/compare/sessionData';
import type { PairArmBlock, PairResult } from '../core/model/pairPlan';
import { LatencyHistogram } from '../core/stats/histogram';

/** A machine that slept, or whose clock was set, in between: the two clocks went apart by more than this. */
const CLOCKS_APART_MS = 2000;

/** What the load generator measured in one launch, as the statistics read it. */
export function pairRoundOf(result: PairResult, clocksApartMs: number): SessionRound {
  return {
    blocks: result.blocks.map(({ before, after }) => ({ before: armBlock(before), after: armBlock(after) })),
    steady: result.warmup.steady,
    voided:
      clocksApartMs > CLOCKS_APART_MS
        ? 'The machine slept or its clock was set during a round, which was left out.'
        : null,
  };
}

function armBlock({ latencies, ...block }: PairArmBlock): ArmBlock {
  const histogram = new LatencyHistogram();
  histogram.addColumns(latencies);
  return { ...block, latencies: histogram };
}
