import type { ComparedArm } from '../model/comparison';
import type { Rng } from '../stats/rng';

/** Load on one server for `durationMs`; answers of the first `guardMs` are thrown away while the server wakes up. */
export interface Slice {
  readonly arm: ComparedArm;
  readonly durationMs: number;
  readonly guardMs: number;
}

/** Slices in the order they run. The block's result is one ratio. */
export interface PlannedBlock {
  readonly slices: readonly Slice[];
}

/** How long a slice must be for this pair of servers. */
export interface SliceShape {
  readonly lengthMs: number;
  readonly guardMs: number;
  /** Slices per block: 8, or 4 when slices are long. */
  readonly slicesPerBlock: 4 | 8;
}

/** What the warm-up showed, the slower side of the two. */
export interface ObservedPace {
  readonly meanLatencyMs: number;
  readonly p99LatencyMs: number;
  readonly requestsPerS: number;
}

const SHORTEST_MS = 250;
const LONGEST_MS = 2000;
const REQUESTS_PER_SLICE = 50;
/** Eight blocks are the fewest with an exact signed-rank interval at 1 %. */
export const BLOCKS_PER_ROUND = 8;

/**
 * Slice length `clamp(max(250 ms, 20 × mean latency, time for 50 requests), 250 ms, 2 s)`, so that a slice holds enough
 * answers; guard `max(50 ms, 3 × p99)`, at most a fifth of the slice. Above 500 ms a block has four slices, not eight.
 */
export function sliceShape(pace: ObservedPace): SliceShape {
  const wanted = Math.max(20 * pace.meanLatencyMs, (1000 * REQUESTS_PER_SLICE) / Math.max(pace.requestsPerS, 1e-9));
  const lengthMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, wanted));
  return {
    lengthMs,
    guardMs: Math.min(lengthMs / 5, Math.max(50, 3 * pace.p99LatencyMs)),
    slicesPerBlock: lengthMs > 500 ? 4 : 8,
  };
}

/** Thue and Morse's sequence: a drift that is a straight line (with eight, even a parabola) falls equally on both sides. */
const BALANCED_ORDER = { 4: [0, 1, 1, 0], 8: [0, 1, 1, 0, 1, 0, 0, 1] } as const;

/**
 * One round: blocks in the order A B B A B A A B (or A B B A) or its mirror, by a fair coin per block, with every slice of a
 * block the same length, drawn within ±10 % so that a timer's period cannot fall in step with the slices. The coin is what
 * makes the signed-rank test exact. The same seed gives the same round.
 */
export function planRound(shape: SliceShape, rng: Rng, blocks: number = BLOCKS_PER_ROUND): PlannedBlock[] {
  return Array.from({ length: blocks }, () => {
    const mirrored = rng.coin() ? 1 : 0;
    const durationMs = shape.lengthMs * (0.9 + 0.2 * rng.uniform());
    const slices = BALANCED_ORDER[shape.slicesPerBlock].map((side): Slice => ({
      arm: (side ^ mirrored) === 0 ? 'before' : 'after',
      durationMs,
      guardMs: shape.guardMs,
    }));
    return { slices };
  });
}
