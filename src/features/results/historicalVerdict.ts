import { compareRuns, compareWithHistory } from '../../core/compare/compareRuns';
import type { Comparison } from '../../core/model/comparison';
import type { Run } from '../../core/model/run';
import type { RunListItem } from '../../protocol/page';

const LABELS = { before: 'the earlier run', after: 'this run' };
/** More say hardly anything new, and each is a file to read. */
const MOST_RUNS = 5;

/** What the two runs alone allow to say; null without one to compare with. */
export function verdictOf(before: Run | null, run: Run | null): Comparison | null {
  return before && run ? compareRuns(before, run, LABELS) : null;
}

/**
 * Other stored runs of the same code and load as `before`, newest first: the same clean commit. An edited tree has no name,
 * so that its runs may be of different code.
 */
export function runsOfSameCode(before: Run, run: Run, history: readonly RunListItem[]): readonly string[] {
  const { commit, dirty } = before.environment;
  if (commit === null || dirty !== false) return [];
  const revision = commit.slice(0, 7);
  return history
    .filter(
      (item) =>
        item.id !== before.id &&
        item.id !== run.id &&
        item.state === 'complete' &&
        item.revision === revision &&
        Date.parse(item.startedAt) < Date.parse(run.startedAt),
    )
    .slice(0, MOST_RUNS - 1)
    .map(({ id }) => id);
}

/** The verdict against all of them; runs that were made with another load, or on another machine, are left out. */
export function verdictWithHistory(before: Run, run: Run, others: readonly Run[]): Comparison {
  const alike = others.filter(
    (other) => other.environment.commit === before.environment.commit && compareRuns(before, other).blocker === null,
  );
  const [first, ...rest] = [...alike.reverse(), before];
  return compareWithHistory([first, ...rest], run, LABELS);
}
