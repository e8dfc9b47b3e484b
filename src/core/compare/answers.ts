import type { ComparedArm } from '../model/comparison';
import type { RunWarning } from '../model/run';
import { unevenSplitP } from './binomial';
import { percentText } from './words';

/** What one side answered over everything measured. */
export interface AnswerTotals {
  readonly requests: number;
  readonly failures: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** Typical size of an answer in bytes; null when unknown. */
  readonly answerBytes: number | null;
}

/** Why the two sides' speeds must not be compared, and which side fails more (if that is why). */
export interface AnswerDifference {
  readonly warning: RunWarning;
  readonly failing: ComparedArm | null;
}

const FEWEST_EVENTS = 5;
const ALPHA = 0.01;
const SIZE_TOLERANCE = 0.01;

function moreThanChance(before: number, after: number, n: readonly [number, number], tests: number): boolean {
  return Math.max(before, after) >= FEWEST_EVENTS && unevenSplitP(before, after, n[0], n[1]) < ALPHA / tests;
}

function share(count: number, total: number): string {
  return percentText(total === 0 ? 0 : count / total);
}

function isBadStatus(status: string): boolean {
  return Number(status) >= 400;
}

/**
 * Looks for work that is not the same, before any speed is judged: failures, then statuses (the worse ones first), then
 * the size of answers by more than 1 %. Counts are compared exactly at 1 % with at least five events, divided by the
 * number of statuses seen. Null when the answers look alike.
 */
export function differentAnswers(
  before: AnswerTotals,
  after: AnswerTotals,
  labels: { readonly before: string; readonly after: string },
): AnswerDifference | null {
  const sent = [before.requests + before.failures, after.requests + after.failures] as const;
  if (moreThanChance(before.failures, after.failures, sent, 1)) {
    const failing = after.failures / sent[1] > before.failures / sent[0] ? 'after' : 'before';
    const [count, total] = failing === 'after' ? [after.failures, sent[1]] : [before.failures, sent[0]];
    const message = `${labels[failing]} fails ${share(count, total)} of its requests, so the speeds are not comparable.`;
    return { warning: { code: 'more-failures', message }, failing };
  }
  const statuses = [...new Set([...Object.keys(before.statuses), ...Object.keys(after.statuses)])];
  statuses.sort((x, y) => Number(y) - Number(x));
  const answers = [before.requests, after.requests] as const;
  for (const status of statuses) {
    const [old, now] = [before.statuses[status] ?? 0, after.statuses[status] ?? 0];
    if (!moreThanChance(old, now, answers, statuses.length)) continue;
    const worse = now / answers[1] > old / answers[0] ? 'after' : 'before';
    return {
      warning: {
        code: 'other-statuses',
        message:
          `${labels.after} answers ${status} to ${share(now, answers[1])} of the requests, ${labels.before} to ` +
          `${share(old, answers[0])}: not the same work, so the speeds are not comparable.`,
      },
      failing: isBadStatus(status) ? worse : null,
    };
  }
  return differentSize(before.answerBytes, after.answerBytes, labels.after);
}

function differentSize(before: number | null, after: number | null, label: string): AnswerDifference | null {
  if (before === null || after === null) return null;
  const change = after / Math.max(1, before) - 1;
  if (Math.max(before, after) === 0 || Math.abs(change) <= SIZE_TOLERANCE) return null;
  const message =
    `The answers of ${label} are ${percentText(Math.abs(change))} ${change < 0 ? 'smaller' : 'larger'}: ` +
    'not the same work, so the speeds are not comparable.';
  return { warning: { code: 'other-size', message }, failing: null };
}
