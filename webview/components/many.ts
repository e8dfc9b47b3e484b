import { manyRows, type ManyRow } from '../../src/core/compare/manyReport';
import type { StoredMany } from '../../src/core/model/manyComparison';
import type { PageMany } from '../../src/protocol/page';
import { capital } from '../verdictWords';
import { el, section, show, table, tableRow, type View } from './dom';
import { confirmingButton } from './history';
import { actionLink, button, setDisabled } from './toolkit';
import { createWarnings } from './warnings';

/** What the list of many endpoints can ask for. */
export interface ManyHandlers {
  readonly onEndpoint: (id: string) => void;
  readonly onBack: () => void;
  readonly onOpen: (id: string) => void;
  readonly onDelete: (id: string) => void;
  readonly onCopy: () => void;
  readonly onSave: () => void;
}

const TONES = { faster: 'better', slower: 'worse', equivalent: '', inconclusive: '' } as const;

/** Endpoints that were compared together: all of them as a list, or on the page of one of them the way back to the list. */
export function createMany(handlers: ManyHandlers): View<PageMany | null> {
  const headline = el('p', { class: 'many-headline' });
  const meta = el('p', { class: 'meta' });
  const holder = el('div', { class: 'many-table' });
  const actions = el(
    'div',
    { class: 'row' },
    button('Copy as Markdown', 'secondary', handlers.onCopy, 'Copy the list of endpoints as Markdown'),
    button('Save as Markdown…', 'secondary', handlers.onSave, 'Save the list of endpoints as Markdown'),
  );
  const skipped = createWarnings('Not compared');
  const warnings = createWarnings('Worth knowing about the comparison of endpoints');
  const stored = el('div', {});
  const whole = section(
    'Endpoints compared',
    headline,
    meta,
    actions,
    holder,
    skipped.element,
    warnings.element,
    stored,
  );
  const told = el('span', { class: 'dim' });
  const back = el(
    'p',
    { class: 'many-back' },
    told,
    ' ',
    actionLink('Show all', 'Show all endpoints that were compared together', handlers.onBack),
  );
  const element = el('div', { class: 'many' }, whole, back);
  let drawn: PageMany | null = null;

  return {
    element,
    update: (many) => {
      show(element, many !== null);
      if (!many || many === drawn) return;
      drawn = many;
      const { shown, endpointId, list } = many;
      const { comparison } = shown;
      show(whole, endpointId === null);
      show(back, endpointId !== null);
      told.textContent = `Compared together with ${others(comparison.endpoints.length - 1)}: ${comparison.headline}.`;
      if (endpointId !== null) return;
      headline.textContent = `${comparison.headline}.`;
      meta.textContent = metaOf(shown);
      const rows = manyRows(comparison).map((row) => rowOf(row, handlers));
      holder.replaceChildren(table('Endpoints', ['', 'Verdict', 'Change', '95 % interval'], rows));
      skipped.update(comparison.skipped.map(({ label, reason }) => ({ code: label, message: `${label}: ${reason}` })));
      warnings.update(comparison.warnings.map(({ code, message }) => ({ code, message: capital(message) })));
      stored.replaceChildren(...storedTable(list, shown.id, handlers));
    },
  };
}

function others(count: number): string {
  return count === 1 ? 'another endpoint' : `${count} other endpoints`;
}

function metaOf({ startedAt, state, comparison }: StoredMany): string {
  const { labels, launches, measuredS } = comparison;
  return [
    `${labels.after} against ${labels.before}`,
    timeOf(startedAt),
    `${launches} ${launches === 1 ? 'launch' : 'launches'} of each side, ${Math.round(measuredS)} s measured`,
    ...(state === 'cancelled' ? ['cancelled, of the whole launches until then'] : []),
  ].join(' · ');
}

function rowOf(
  { id, verdict, says, label, change, interval, remark }: ManyRow,
  handlers: ManyHandlers,
): HTMLTableRowElement {
  return tableRow([
    actionLink(label, `Show ${label} and its verdict`, () => handlers.onEndpoint(id)),
    el(
      'div',
      {},
      el('span', { class: `change ${TONES[verdict]}` }, says),
      ...(remark === '' ? [] : [el('span', { class: 'many-remark' }, remark)]),
    ),
    change,
    interval,
  ]);
}

/** Nothing while there is only the one on show. */
function storedTable(list: PageMany['list'], shownId: string, { onOpen, onDelete }: ManyHandlers): HTMLElement[] {
  if (list.length < 2) return [];
  const rows = list.map(({ id, startedAt, headline }) => {
    const when = timeOf(startedAt);
    const open = button('Open', 'secondary', () => onOpen(id), `Show the comparison of ${when}`);
    setDisabled(open, id === shownId);
    const remove = confirmingButton('Delete', `Delete the comparison of ${when}`, () => onDelete(id));
    const row = tableRow([when, headline, el('span', { class: 'row row-actions' }, open, remove)]);
    row.classList.toggle('current', id === shownId);
    return row;
  });
  return [
    section(
      'Earlier comparisons',
      table('Stored comparisons of many endpoints', ['', 'What came out', 'Actions'], rows),
    ),
  ];
}

function timeOf(iso: string): string {
  return new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}
