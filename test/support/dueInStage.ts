import type { LoadStage } from '../../src/core/model/loadProfile';

/** How many requests are due in a stage of an open loop: the area below its rate. */
export function dueInStage({ durationMs, from, to }: LoadStage): number {
  return ((from + to) / 2) * (durationMs / 1000);
}
