import { unevenSplitP } from './binomial';
import type { StopCount } from '../model/comparison';

/** Width of the windows that `countStops` is given. */
export const STOP_WINDOW_MS = 50;

/** Below this, an empty window is too likely by chance. */
const LEAST_PER_WINDOW = 10;

/**
 * Full stops of one server: runs of at least two consecutive 50 ms windows with under 20 % of `usualPerWindow`, that
 * server's median completions per window. Give each slice on its own, because the other server runs in between.
 * Null when fewer than ten answers a window are usual: a gap then means nothing.
 */
export function countStops(windowCompletions: readonly number[], usualPerWindow: number): number | null {
  if (usualPerWindow < LEAST_PER_WINDOW) return null;
  let stops = 0;
  let quietWindows = 0;
  for (const completions of windowCompletions) {
    quietWindows = completions < 0.2 * usualPerWindow ? quietWindows + 1 : 0;
    if (quietWindows === 2) stops++;
  }
  return stops;
}

/**
 * Whether one side stops more often: in equal time, `before + after` stops split like fair coins if both are alike; exact
 * two-sided test at 5 %. Rare stops hardly move a median-like estimate, so they are looked for on their own.
 */
export function compareStops(before: number, after: number): StopCount {
  const worse = unevenSplitP(before, after, 1, 1) < 0.05 ? (after > before ? 'after' : 'before') : null;
  return { before, after, worse };
}
