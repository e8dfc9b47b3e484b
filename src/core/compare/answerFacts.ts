import type { AnswerFacts } from '../model/answers';
import type { Run, RunWarning } from '../model/run';
import type { AnswerTotals } from './answers';
import { totalCount } from '../stats/totalCount';

/** Fewer looks than this do not tell whether bodies vary. */
const LEAST_SAMPLED = 5;

interface Labels {
  readonly before: string;
  readonly after: string;
}

/**
 * The answers of two runs as totals that can be held against each other. The size is that of the body where every body of
 * both runs had one size, otherwise the mean of heads and bodies.
 */
export function answerTotals(before: Run, after: Run): readonly [before: AnswerTotals, after: AnswerTotals] {
  const isExact = [before, after].every(({ answers }) => answers?.bodyBytes.distinct === 1);
  const totals = ({ summary, answers }: Run): AnswerTotals => ({
    requests: summary.requests,
    failures: totalCount(summary.errors),
    statuses: summary.statuses,
    answerBytes:
      isExact && answers
        ? answers.bodyBytes.median
        : summary.requests > 0
          ? summary.bytesRead / summary.requests
          : null,
  });
  return [totals(before), totals(after)];
}

/** Why the answers are of another kind, so that their speeds must not be compared; null when they are not or it is unknown. */
export function differentContentType(
  before: AnswerFacts | undefined,
  after: AnswerFacts | undefined,
  labels: Labels,
): RunWarning | null {
  if (!before || !after || before.sampled === 0 || after.sampled === 0) return null;
  const [old, now] = [mediaType(before), mediaType(after)];
  if (old === now) return null;
  const message =
    `${labels.after} answers with ${now || 'no content type'}, ${labels.before} with ${old || 'no content type'}: ` +
    'not the same work, so the speeds are not comparable.';
  return { code: 'other-content-type', message };
}

/** What else differs between the answers: speeds may be compared, but a person should look at the answers first. */
export function differentContent(
  before: AnswerFacts | undefined,
  after: AnswerFacts | undefined,
  labels: Labels,
): RunWarning[] {
  if (!before || !after || before.sampled < LEAST_SAMPLED || after.sampled < LEAST_SAMPLED) return [];
  if (before.bodiesVary !== after.bodiesVary) {
    const [varying, constant] = before.bodiesVary ? [labels.before, labels.after] : [labels.after, labels.before];
    const message = `The answers of ${varying} differ from each other, those of ${constant} are all the same: check that both are right.`;
    return [{ code: 'other-content', message }];
  }
  if (before.bodiesVary || before.bodyHashes[0] === after.bodyHashes[0]) return [];
  const [old, now] = [before.bodyBytes.median, after.bodyBytes.median];
  const sizes = old === now ? `of the same size, ${now} bytes` : `${now} bytes instead of ${old}`;
  const message = `The answers of ${labels.after} have other content than those of ${labels.before} (${sizes}): check that they are right.`;
  return [{ code: 'other-content', message }];
}

/** Without parameters: a charset that is written out is no other kind of answer. */
function mediaType({ contentTypes }: AnswerFacts): string {
  return (contentTypes[0] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}
