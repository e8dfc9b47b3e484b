import { BLOCKS_PER_ROUND } from '../../core/compare/roundPlan';

/** What is known of the time that a comparison takes; all on one clock. */
export interface CompareTime {
  readonly nowMs: number;
  /** When the first round was loaded. */
  readonly loadSinceMs: number;
  /** When the round under way began to measure; null while it warms up. */
  readonly measuringSinceMs: number | null;
  /** Whole blocks of the round under way. */
  readonly blocks: number;
  readonly budgetMs: number;
  readonly quick: boolean;
}

/** The most that is left, in seconds; null where it is not known: a round is always finished, however slow the server is. */
export function secondsLeft(time: CompareTime): number | null {
  const { nowMs, loadSinceMs, measuringSinceMs, blocks, budgetMs, quick } = time;
  const roundS =
    measuringSinceMs === null || blocks === 0
      ? null
      : (((nowMs - measuringSinceMs) / blocks) * (BLOCKS_PER_ROUND - blocks)) / 1000;
  if (quick) return roundS;
  const budgetS = (budgetMs - (nowMs - loadSinceMs)) / 1000;
  return budgetS < 1 || (roundS !== null && roundS > budgetS) ? roundS : budgetS;
}
