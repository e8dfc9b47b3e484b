import type { Comparison, MetricComparison, Verdict } from '../model/comparison';
import { METRIC_KINDS } from './metrics';
import { changeText, intervalText } from './sentences';
import { percentText } from './words';

/** Signs beside the words, so that colour is never needed. */
export const VERDICT_SIGNS: Readonly<Record<Verdict, string>> = {
  faster: '▲',
  slower: '▼',
  equivalent: '=',
  inconclusive: '?',
};

/** Words for the verdict column. */
const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  faster: 'better',
  slower: 'worse',
  equivalent: 'no difference',
  inconclusive: 'cannot tell',
};

/** A number with three significant digits or more: `1,842`, `8.62`, `0.53`. */
function valueText(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 1000) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}

function verdictCell(metric: MetricComparison): string {
  const words = VERDICT_WORDS[metric.verdict];
  return `${VERDICT_SIGNS[metric.verdict]} ${metric.clearly ? `clearly ${words}` : words}`;
}

/** The metrics as rows of text, the column heads first: name, before, after, change, interval, verdict. */
export function comparisonRows(comparison: Comparison): string[][] {
  const { labels, metrics } = comparison;
  const head = ['', labels.before, labels.after, 'change', '95 % interval', 'verdict'];
  return [
    head,
    ...metrics.map((metric) => [
      `${METRIC_KINDS[metric.name].label}${metric.unit === 'ms' ? ' (ms)' : ''}`,
      valueText(metric.before),
      valueText(metric.after),
      changeText(metric),
      intervalText(metric) || '–',
      verdictCell(metric),
    ]),
  ];
}

/** Sentences below the table: notes of single metrics, noise, limits, warnings. */
function remarks(comparison: Comparison): string[] {
  const notes = comparison.metrics.flatMap(({ name, note }) =>
    note === null ? [] : `${METRIC_KINDS[name].label}: ${note}`,
  );
  const { noise, smallestDetectable } = comparison;
  if (noise !== null)
    notes.push(`Noise of the machine: ${noise.grade} (one pair of blocks scatters by ${percentText(noise.spread)}).`);
  if (smallestDetectable !== null) {
    notes.push(`Smallest change that this kind of comparison finds here: about ${percentText(smallestDetectable)}.`);
  }
  return [...notes, ...comparison.warnings.map(({ message }) => message)];
}

/** For a terminal: verdict, table with aligned columns, remarks. Control characters in labels and messages are replaced. */
export function formatComparisonText(comparison: Comparison): string {
  const rows = comparisonRows(comparison).map((row) => row.map(withoutControls));
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 || column === 5 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  const table = comparison.metrics.length === 0 ? [] : [...lines, ''];
  const heading = `${VERDICT_SIGNS[comparison.verdict]} ${comparison.headline}.`;
  const text = [heading, ...comparison.details, '', ...table, ...remarks(comparison)];
  return `${text.map(withoutControls).join('\n').trimEnd()}\n`;
}

/**
 * For a pull request: a bold verdict, a table, and remarks folded away. Labels and messages come from branch names and
 * servers, so they are escaped: nothing in them can become markup, a mention or another cell.
 */
export function formatComparisonMarkdown(comparison: Comparison): string {
  const lines = [`**${VERDICT_SIGNS[comparison.verdict]} ${escapeMarkdown(comparison.headline)}.**`, ''];
  if (comparison.details.length > 0) lines.push(comparison.details.map(escapeMarkdown).join(' '), '');
  const [head, ...rows] = comparisonRows(comparison);
  if (head !== undefined && rows.length > 0) {
    lines.push(`|${head.map((cell) => ` ${escapeMarkdown(cell)} |`).join('')}`, '|:--|--:|--:|--:|--:|:--|');
    for (const row of rows) lines.push(`|${row.map((cell) => ` ${escapeMarkdown(cell)} |`).join('')}`);
    lines.push('');
  }
  const notes = remarks(comparison);
  if (notes.length > 0) {
    lines.push('<details><summary>What to keep in mind</summary>', '');
    for (const note of notes) lines.push(`- ${escapeMarkdown(note)}`);
    lines.push('', '</details>');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

/** A text for a terminal or a table. */
export function withoutControls(text: string): string {
  // eslint-disable-next-line no-control-regex -- terminal escapes in a branch name or message are what this removes
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}

/** A text in which nothing is markup, a mention or another cell. */
export function escapeMarkdown(text: string): string {
  return withoutControls(text)
    .replace(/[\\`*_[\]<>|~#]/g, '\\$&')
    .replace(/@/g, '@\u200b');
}
