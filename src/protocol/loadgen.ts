import type { LoadResult, RunPlan, Snapshot } from '../core/model/runPlan';

/** What the host says to the load generator's process. */
export type HostToLoadgen = {
  /** Answered when the run has ended, however it ended; fails only when the plan cannot be run at all. */
  'run/start': { params: RunPlan; result: LoadResult };
  /** Stops the run that is under way; its `run/start` answers with state `cancelled` within 100 ms. */
  'run/stop': { params: null; result: void };
};

/** What the load generator's process says to the host. */
export type LoadgenToHost = {
  'run/snapshot': { params: Snapshot; result: void };
};
