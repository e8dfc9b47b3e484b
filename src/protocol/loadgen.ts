import type { HistogramColumns } from '../core/stats/histogram';
import type { PairPlan, PairProgress, PairResult } from '../core/model/pairPlan';
import type { LoadResult, RunPlan, Snapshot } from '../core/model/runPlan';

/** What the host says to the load generator's process. */
export type HostToLoadgen = {
  /** Answered when the run has ended, however it ended; fails only when the plan cannot be run at all. */
  'run/start': { params: RunPlan; result: LoadResult };
  /** One launch of two servers, loaded in turn. Answered when it has ended; fails only when it cannot be run at all. */
  'pair/start': { params: PairPlan; result: PairResult };
  /** Stops what is under way; it answers with state `cancelled` within 100 ms. */
  'run/stop': { params: null; result: void };
};

export interface Checkpoint {
  readonly result: LoadResult;
  readonly latencies: HistogramColumns;
}

/** What the load generator's process says to the host. */
export type LoadgenToHost = {
  'run/snapshot': { params: Snapshot; result: void };
  'pair/progress': { params: PairProgress; result: void };
  /**
   * About once a second, everything up to now as if the run had been interrupted there: what is left when this process
   * dies. Its `histogram` and `series` are empty; the latencies come as columns, the rows have come with the snapshots.
   */
  'run/checkpoint': { params: Checkpoint; result: void };
};
