import type { RunWarning } from '../model/run';
import { median } from '../stats/descriptive';
import type { ArmBlock, SessionRound } from './sessionData';
import { armBlocks } from './sessionMetrics';
import { trendP } from './steadiness';

const DRIFT = 0.05;

/** ln of how far one side's speed moved from the first to the last quarter of the session. */
function driftOf(blocks: readonly ArmBlock[]): number {
  const speeds = blocks.map(({ requests, timeS }) => Math.log(requests / timeS));
  const quarter = Math.max(1, Math.floor(speeds.length / 4));
  return median(speeds.slice(-quarter)) - median(speeds.slice(0, quarter));
}

/** What a reader should know about how the session went; `rounds` includes the ones left out, `usable` does not. */
export function sessionNotes(
  rounds: readonly SessionRound[],
  usable: readonly SessionRound[],
  logRatios: readonly (readonly number[])[],
  droppedBlocks: number,
): RunWarning[] {
  const notes: RunWarning[] = [];
  const add = (code: string, message: string) => notes.push({ code, message });
  for (const [index, { voided }] of rounds.entries()) {
    if (voided !== null) add('round-left-out', `Round ${index + 1} was left out: ${voided}`);
  }
  if (usable.some(({ steady }) => !steady)) {
    add(
      'not-steady',
      'The speed had not settled when the longest warm-up ended; a longer warm-up may change the result.',
    );
  }
  if (droppedBlocks > 0) {
    add('warm-up-dropped', 'The first two blocks of every round were left out: the servers were still warming up.');
  }
  const drift = [driftOf(armBlocks(usable, 'before')), driftOf(armBlocks(usable, 'after'))];
  if (drift.every((change) => change < -DRIFT)) {
    add(
      'machine-slowed',
      'Both sides became slower during the session (heat or other programs); pairing cancels that out.',
    );
  }
  if (logRatios.some((blocks) => trendP(blocks) < 0.01 / logRatios.length)) {
    add(
      'ratio-drifts',
      'The difference between the sides grew or shrank within a round: a leak, a filling cache or a long warm-up.',
    );
  }
  return notes;
}
