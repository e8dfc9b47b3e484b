import { numberRows, outcomeRows, type NumberRow, type RowUnit } from '../../src/core/compare/rows';
import type { Run } from '../../src/core/model/run';
import { describeBodies } from '../../src/core/report/answerLines';
import { formatBytes, formatCount, formatDuration, formatLatency, formatShare } from '../../src/core/report/format';
import { changeMark } from './changeMark';
import { el, section, table, tableRow, type View } from './dom';
import type { RunPair } from './tiles';

const FORMATS: Readonly<Record<RowUnit, (value: number) => string>> = {
  rate: formatCount,
  latency: formatLatency,
  bytes: formatBytes,
  count: formatCount,
  duration: formatDuration,
};

/** Every number of the run, or of both runs with their difference. */
export function createNumbers(): View<RunPair> {
  const holder = el('div');
  const element = section('Numbers', holder);
  return {
    element,
    update: ({ before, after }) => {
      const rows = numberRows(before, after);
      holder.className = before ? 'compared' : 'two';
      if (before) {
        const columns = ['', 'before', 'after', 'difference', ''];
        holder.replaceChildren(table('Numbers before and after', columns, rows.map(comparedRow)), footnote(rows));
        return;
      }
      const latencies = rows.filter((row) => row.unit === 'latency');
      const others = rows.filter((row) => row.unit !== 'latency');
      holder.replaceChildren(
        ...(latencies.length === 0 ? [] : [table('Latency', ['Latency', ''], latencies.map(singleRow))]),
        table('Throughput and volume', ['Throughput and volume', ''], others.map(singleRow)),
        footnote(rows),
      );
    },
  };
}

/** How the requests ended: statuses and errors with their shares. */
export function createOutcomes(): View<RunPair> {
  const holder = el('div');
  const element = section('Statuses and errors', holder);
  element.classList.add('outcomes');
  return {
    element,
    update: ({ before, after }) => {
      const rows = outcomeRows(before, after);
      const columns = before ? ['', 'before', 'after', 'share', ''] : ['', 'Count', 'Share', ''];
      const cells = rows.map((row) => {
        const label = el('span', {}, row.isFailure ? el('span', { class: 'bad' }, '✕ ') : null, row.label);
        const meter = el('meter', { min: '0', max: '1', 'aria-hidden': 'true' });
        meter.value = row.share;
        if (row.isFailure) meter.className = 'bad';
        const earlier = row.before === null ? [] : [formatCount(row.before)];
        return tableRow([label, ...earlier, formatCount(row.after), formatShare(row.share), meter]);
      });
      holder.replaceChildren(
        rows.length === 0
          ? el('p', { class: 'dim' }, 'No request ended within the measured time.')
          : table('Statuses and errors', columns, cells),
        el('p', { class: 'note' }, bodiesSentence(before, after)),
      );
    },
  };
}

/** What the measured answers were like, and those before where they were not like that. */
function bodiesSentence(before: Run | null, after: Run): string {
  const [earlier, now] = [before, after].map((run) =>
    run?.answers && run.summary.requests > 0 ? describeBodies(run.answers) : '',
  );
  if (!now) return '';
  return `Bodies: ${now}.${earlier && earlier !== now ? ` Before: ${earlier}.` : ''}`;
}

function footnote(rows: readonly NumberRow[]): HTMLElement {
  const hasFaint = rows.some((row) => !row.isReliable);
  return el('p', { class: 'note' }, hasFaint ? '* Too few samples above this percentile to rely on it.' : '');
}

function singleRow(row: NumberRow): HTMLTableRowElement {
  return tableRow([row.label, valueCell(row, row.after)]);
}

function comparedRow(row: NumberRow): HTMLTableRowElement {
  const format = FORMATS[row.unit];
  const difference = row.difference === null ? '—' : `${row.difference > 0 ? '+' : ''}${format(row.difference)}`;
  return tableRow([
    row.label,
    row.before === null ? '—' : valueCell(row, row.before),
    valueCell(row, row.after),
    difference,
    row.before === null ? '' : changeMark(row),
  ]);
}

function valueCell(row: NumberRow, value: number): HTMLElement {
  const text = FORMATS[row.unit](value);
  if (row.isReliable) return el('span', {}, text);
  return el('span', { class: 'faint', title: 'Too few samples above this percentile to rely on it.' }, `${text} *`);
}
