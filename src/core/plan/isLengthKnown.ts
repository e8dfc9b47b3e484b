import type { StopRule } from '../model/loadProfile';

/** Whether a run that goes well lasts exactly as long as its rule says. */
export function isLengthKnown({ durationMs, requests, precision }: StopRule): boolean {
  return durationMs !== null && requests === null && precision === undefined;
}
