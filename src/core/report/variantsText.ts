import type { VariantsResult } from '../model/variants';
import { variantFigures } from '../plan/concludeVariants';
import { alignColumns } from './columns';
import { formatBytes, formatCount, formatLatency, formatRate, NO_VALUE } from './format';
import { findLimit } from './limits';
import { escapeMarkdown, withoutControls } from '../compare/comparisonReport';

/** The table of several servers: a head and one row for each; texts as a person reads them. */
export function variantRows(result: VariantsResult): readonly (readonly string[])[] {
  const all = result.variants.map((variant) => ({ variant, figures: variantFigures(variant) }));
  const base = all.find(({ figures }) => figures !== null)?.figures?.throughputRps ?? 0;
  const hasDependency = all.some(({ figures }) => (figures?.dependencyCpuPercent ?? null) !== null);
  const head = ['server', 'throughput', 'of the first', 'p50', 'p99', 'errors', 'server CPU', 'memory'];
  const rows = all.map(({ variant, figures }) => {
    const name = variant.description === undefined ? variant.name : `${variant.name} (${variant.description})`;
    if (!figures) return [name, ...head.slice(1).map(() => NO_VALUE), ...(hasDependency ? [NO_VALUE] : [])];
    const spread =
      variant.runs.length > 1
        ? ` (${formatRate(figures.lowestRps).replace(' req/s', '')}–${formatRate(figures.highestRps).replace(' req/s', '')})`
        : '';
    return [
      name,
      `${formatRate(figures.throughputRps)}${spread}`,
      base === 0 ? NO_VALUE : `× ${(figures.throughputRps / base).toFixed(2)}`,
      figures.requests === 0 ? NO_VALUE : formatLatency(figures.p50Ms),
      figures.requests === 0 ? NO_VALUE : formatLatency(figures.p99Ms),
      formatCount(figures.errors),
      cpuText(figures.serverCpuPercent),
      figures.serverRssMB === null ? NO_VALUE : formatBytes(figures.serverRssMB * 2 ** 20),
      ...(hasDependency ? [cpuText(figures.dependencyCpuPercent)] : []),
    ];
  });
  return [hasDependency ? [...head, 'services CPU'] : head, ...rows];
}

/** Several servers as a person reads them in a terminal: lines of plain text with a final line break. */
export function formatVariantsText(result: VariantsResult): string {
  const rows = variantRows(result);
  const numbers = (rows[0] ?? []).map((_, index) => index).slice(1);
  const lines = [`${result.method} ${result.path}`, ...variantAbout(result), '', ...alignColumns(rows, numbers)];
  return `${[...lines, ...marked(result, 'Note: ')].join('\n')}\n`;
}

/** The same as Markdown. */
export function renderVariantsMarkdown(result: VariantsResult): string {
  const [head = [], ...rows] = variantRows(result);
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  const rule = `| ${head.map((_, index) => (index === 0 ? ':--' : '--:')).join(' | ')} |`;
  const title = `# ${escapeMarkdown(`${result.method} ${result.path}`)}`;
  const table = [line(head), rule, ...rows.map(line)];
  return `${[title, '', ...variantAbout(result), '', ...table, ...marked(result, '- ', escapeMarkdown)].join('\n')}\n`;
}

/** How they were measured, in sentences without a full stop. */
export function variantAbout({ rounds, variants, state }: VariantsResult): readonly string[] {
  const round = rounds === 1 ? 'one round' : `${rounds} rounds, medians and the range of the throughput`;
  return [
    `${variants.length} servers one after the other, the same load on each, ${round}`,
    ...(state === 'cancelled' ? ['Stopped before its end: what was measured until then is here.'] : []),
  ];
}

function marked(
  result: VariantsResult,
  mark: string,
  shown: (note: string) => string = withoutControls,
): readonly string[] {
  const notes = variantNotes(result);
  return notes.length === 0 ? [] : ['', ...notes.map((note) => mark + shown(note))];
}

/** What must be known of the servers: what was not measured, what limits each, what speaks against comparing them. */
export function variantNotes({ variants, warnings }: VariantsResult): readonly string[] {
  const limits = variants.flatMap(({ name, runs }) => {
    const [run] = runs;
    const limit = run && findLimit(run);
    return limit ? [`${name}: ${limit.sentence}`] : [];
  });
  const problems = variants.flatMap(({ name, problem }) =>
    problem ? [`${name} was not measured: ${problem.sentence}`] : [],
  );
  return [...problems, ...limits, ...warnings.map(({ message }) => message)];
}

function cpuText(percent: number | null): string {
  return percent === null ? NO_VALUE : `${percent.toFixed(0)} %`;
}
