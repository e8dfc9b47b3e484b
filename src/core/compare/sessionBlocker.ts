import type { ComparedArm, Comparison } from '../model/comparison';
import type { AnswerDifference, AnswerTotals } from './answers';
import { differentAnswers } from './answers';
import { median } from '../stats/descriptive';
import type { ArmBlock, SessionRound } from './sessionData';
import { armBlocks } from './sessionMetrics';

/** All blocks of one side as one set of answers. */
function answerTotals(blocks: readonly ArmBlock[]): AnswerTotals {
  const statuses: Record<string, number> = {};
  for (const block of blocks) {
    for (const [status, count] of Object.entries(block.statuses)) statuses[status] = (statuses[status] ?? 0) + count;
  }
  const sizes = blocks.flatMap(({ bodyBytes }) => bodyBytes ?? []);
  return {
    requests: blocks.reduce((sum, { requests }) => sum + requests, 0),
    failures: blocks.reduce((sum, { failures }) => sum + failures, 0),
    statuses,
    answerBytes: sizes.length === 0 ? null : median(sizes),
  };
}

/** Why the speeds of a session must not be compared: other answers, or a side that was silent for whole blocks. */
export function sessionBlocker(rounds: readonly SessionRound[], labels: Comparison['labels']): AnswerDifference | null {
  const before = armBlocks(rounds, 'before');
  const after = armBlocks(rounds, 'after');
  const different = differentAnswers(answerTotals(before), answerTotals(after), labels);
  return different ?? silentSide(before, 'before', labels) ?? silentSide(after, 'after', labels);
}

function silentSide(
  blocks: readonly ArmBlock[],
  arm: ComparedArm,
  labels: Comparison['labels'],
): AnswerDifference | null {
  const silent = blocks.filter(({ requests }) => requests === 0).length;
  if (silent === 0) return null;
  const message = `${labels[arm]} answered nothing during ${silent} of ${blocks.length} blocks, so the speeds are not comparable.`;
  return { warning: { code: 'silent', message }, failing: arm };
}
