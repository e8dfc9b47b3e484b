import type { Run } from '../../src/core/model/run';
import { formatBytes, formatCount, formatLatency, formatShare, NO_VALUE } from '../../src/core/report/format';
import { mixRows, type MixRow } from '../../src/core/report/mixRows';
import { el, section, show, table, tableRow, type View } from './dom';

const COLUMNS = ['', 'Share', 'Requests / s', 'p50', 'p90', 'p99', 'Size', 'Errors'];

/** What came back for each endpoint of a mix, and for all of them together. */
export function createMix(): View<Run> {
  const holder = el('div');
  const note = el('p', { class: 'note' });
  const element = section('Endpoints', holder, note);
  element.classList.add('mix');
  return {
    element,
    update: (run) => {
      show(element, run.mix !== undefined);
      if (!run.mix) return;
      const { rows, total } = mixRows(run.mix, run.summary);
      const slowest = slowestOf(rows);
      const lines = [...rows.map((row) => lineOf(row, row === slowest)), lineOf(total, false)];
      lines.at(-1)?.classList.add('total');
      holder.replaceChildren(table('Endpoints', COLUMNS, lines));
      note.textContent = noteOf(run, slowest);
    },
  };
}

function lineOf(row: MixRow, isSlowest: boolean): HTMLTableRowElement {
  const { name, weight, share, wantedShare, throughputRps, latencyMs, meanBytes, errors, errorWords } = row;
  const wanted = weight === null ? '' : `weight ${weight}, ${formatShare(wantedShare)} asked for`;
  const [p50 = NO_VALUE, p90 = NO_VALUE, p99 = NO_VALUE] = latencyMs
    ? [latencyMs.p50, latencyMs.p90, latencyMs.p99].map(formatLatency)
    : [];
  const failed =
    errors === 0
      ? '0'
      : el(
          'span',
          {},
          el('span', { class: 'bad' }, `✕ ${formatCount(errors)} `),
          el('span', { class: 'which dim' }, errorWords),
        );
  return tableRow([
    weight === null ? name : el('code', {}, name),
    el('span', { title: wanted }, formatShare(share)),
    formatCount(throughputRps),
    p50,
    p90,
    el('span', { class: isSlowest ? 'slowest' : '' }, p99),
    latencyMs ? formatBytes(meanBytes) : NO_VALUE,
    failed,
  ]);
}

/** The one whose tail is longest, where there is more than one to tell apart. */
function slowestOf(rows: readonly MixRow[]): MixRow | null {
  const measured = rows.filter(({ latencyMs }) => latencyMs !== null);
  if (measured.length < 2) return null;
  return measured.reduce((most, row) => ((row.latencyMs?.p99 ?? 0) > (most.latencyMs?.p99 ?? 0) ? row : most));
}

function noteOf({ profile, mix }: Run, slowest: MixRow | null): string {
  const from = profile.model.kind === 'open' ? ' Latencies count from the due time.' : '';
  const tail = slowest ? ` The longest tail is that of ${slowest.name}.` : '';
  return `Drawn by weight, with the seed ${mix?.seed ?? 1}; errors are failures and answers with status 400 and above.${tail}${from}`;
}
