import type { MetricComparison, Verdict } from '../model/comparison';
import type { ComparedEndpoint, ManyComparison } from '../model/manyComparison';
import { escapeMarkdown, VERDICT_SIGNS, withoutControls } from './comparisonReport';
import { changeText, intervalText } from './sentences';
import { percentText } from './words';

const WORDS = { faster: 'faster', slower: 'slower', equivalent: 'no difference', inconclusive: 'cannot tell' } as const;

/** One endpoint in words. */
export interface ManyRow {
  readonly id: string;
  readonly verdict: Verdict;
  /** `▼ slower`, or `≠ answers differently` where no speeds can be compared. */
  readonly says: string;
  readonly label: string;
  /** `12 % slower`; a dash where no speeds can be compared. */
  readonly change: string;
  readonly interval: string;
  /** What to know; empty mostly. */
  readonly remark: string;
}

/** One row for each endpoint, the worst news first. */
export function manyRows({ endpoints }: ManyComparison): readonly ManyRow[] {
  return endpoints.map((endpoint) => {
    const { id, comparison, verdict, label } = endpoint;
    const main = comparison.metrics.find(({ name }) => name === comparison.primary);
    const own = { id, verdict, label, remark: remark(endpoint, main) };
    if (comparison.blocker !== null) return { ...own, says: '≠ answers differently', change: '–', interval: '–' };
    return {
      ...own,
      says: `${VERDICT_SIGNS[verdict]} ${WORDS[verdict]}`,
      change: main ? changeText({ ...main, verdict }) : '–',
      interval: (main && intervalText(main)) || '–',
    };
  });
}

function rows(many: ManyComparison): string[][] {
  return manyRows(many).map(({ says, label, change, interval, remark: known }) => [
    says,
    label,
    change,
    interval,
    known,
  ]);
}

function remark({ verdict, comparison }: ComparedEndpoint, main: MetricComparison | undefined): string {
  if (comparison.blocker !== null) return comparison.blocker.message;
  if (verdict === 'inconclusive' && comparison.verdict !== 'inconclusive') {
    return 'By itself it would be called changed; among so many endpoints it may be chance: compare it alone.';
  }
  if (main?.note) return main.note;
  return verdict === 'inconclusive' && comparison.smallestDetectable !== null
    ? `The smallest change that can be seen is about ${percentText(comparison.smallestDetectable)}.`
    : '';
}

function remarks({ skipped, warnings, launches, measuredS }: ManyComparison): string[] {
  return [
    `${launches} ${launches === 1 ? 'launch' : 'launches'} of each side, ${Math.round(measuredS)} s measured.`,
    ...skipped.map(({ label, reason }) => `Not compared: ${label}: ${reason}`),
    ...warnings.map(({ message }) => message),
  ];
}

/** For a terminal. Control characters in labels and messages are replaced. */
export function formatManyText(many: ManyComparison): string {
  const table = rows(many);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const text = [`${many.headline}.`, '', ...lines, '', ...remarks(many)];
  return `${text.map(withoutControls).join('\n').trimEnd()}\n`;
}

/** For a pull request; everything that comes from code or servers is escaped. */
export function formatManyMarkdown(many: ManyComparison): string {
  const lines = [
    `**${escapeMarkdown(many.headline)}.**`,
    '',
    '| verdict | endpoint | change | 95 % interval | |',
    '|:--|:--|--:|--:|:--|',
  ];
  for (const row of rows(many)) lines.push(`|${row.map((cell) => ` ${escapeMarkdown(cell)} |`).join('')}`);
  lines.push('', '<details><summary>What to keep in mind</summary>', '');
  for (const each of remarks(many)) lines.push(`- ${escapeMarkdown(each)}`);
  return `${[...lines, '', '</details>'].join('\n')}\n`;
}
