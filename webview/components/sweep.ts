import { formatCount } from '../../src/core/report/format';
import type { PageSweeps, SweepListItem } from '../../src/protocol/page';
import type { Colors } from '../charts/colors';
import { createSweepCurve, MOST_SWEEPS } from '../charts/sweepCurve';
import { el, section, show, table, tableRow, type View } from './dom';
import { confirmingButton } from './history';
import { button, setDisabled } from './toolkit';
import { createWarnings } from './warnings';

/** What the part about sweeps can ask for. */
export interface SweepHandlers {
  readonly onOpen: (id: string) => void;
  readonly onLay: (id: string, isLaid: boolean) => void;
  readonly onDelete: (id: string) => void;
}

export interface SweepModel {
  readonly sweeps: PageSweeps | null;
  readonly isBusy: boolean;
}

/** Sweeps of the endpoint: what came out in a sentence, the curve, and the stored ones to lay over each other. */
export function createSweep(colors: Colors, handlers: SweepHandlers): View<SweepModel> {
  const headline = el('p', { class: 'sweep-headline' });
  const details = el('p', { class: 'note' });
  const warnings = createWarnings('Worth knowing about the sweep');
  const curve = createSweepCurve(colors);
  const shown = el('div', {}, headline, details, curve.element, warnings.element);
  const holder = el('div', {});
  const element = section('Sweep', shown, holder);
  element.classList.add('sweep');
  let drawn: PageSweeps | null = null;
  let wasBusy = false;

  return {
    element,
    update: ({ sweeps, isBusy }) => {
      show(element, sweeps !== null && sweeps.list.length > 0);
      if (!sweeps || (sweeps === drawn && isBusy === wasBusy)) return;
      wasBusy = isBusy;
      const [first] = sweeps.shown;
      show(shown, first !== undefined);
      if (first && sweeps.shown !== drawn?.shown) {
        headline.textContent = first.headline;
        details.textContent = first.details.join(' ');
        warnings.update(first.warnings);
        curve.update(sweeps.shown);
      }
      drawn = sweeps;
      fill(holder, sweeps, isBusy, handlers);
    },
  };
}

const COLUMNS = ['', 'Server', 'Most requests / s', 'Knee', 'Revision', 'Actions'];

/** The rows are made anew; the keyboard goes back to the button that it was on. */
function fill(holder: HTMLElement, sweeps: PageSweeps, isBusy: boolean, handlers: SweepHandlers): void {
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['key'] : undefined;
  const rows = sweeps.list.map((item) => rowOf(item, sweeps, isBusy, handlers));
  holder.replaceChildren(table('Stored sweeps', COLUMNS, rows));
  if (focused === undefined) return;
  [...holder.querySelectorAll<HTMLElement>('[data-key]')].find(({ dataset }) => dataset['key'] === focused)?.focus();
}

function rowOf(
  item: SweepListItem,
  { shown }: PageSweeps,
  isBusy: boolean,
  { onOpen, onLay, onDelete }: SweepHandlers,
): HTMLTableRowElement {
  const when = new Date(item.startedAt).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const place = shown.findIndex(({ id }) => id === item.id);
  const isOther = shown[0] !== undefined && shown[0].kind !== item.kind;
  const open = keyed(
    button('Open', 'secondary', () => onOpen(item.id), `Show the sweep of ${when} alone`),
    `open ${item.id}`,
  );
  const lay = keyed(
    button(
      place > 0 ? 'Take off' : 'Lay over',
      'secondary',
      () => onLay(item.id, place <= 0),
      place > 0 ? `Take the sweep of ${when} off the chart` : `Lay the sweep of ${when} over the one shown`,
    ),
    `lay ${item.id}`,
  );
  const remove = keyed(
    confirmingButton('Delete', `Delete the sweep of ${when}`, () => onDelete(item.id)),
    `delete ${item.id}`,
  );
  setDisabled(open, isBusy || (place === 0 && shown.length === 1));
  setDisabled(lay, isBusy || place === 0 || isOther || (place < 0 && shown.length >= MOST_SWEEPS));
  setDisabled(remove, isBusy);
  const row = tableRow([
    el(
      'span',
      {},
      when,
      el('span', { class: 'row-mark' }, place < 0 ? '' : shown.length === 1 ? 'shown' : `sweep ${place + 1}`),
    ),
    item.serverName,
    formatCount(item.bestRps),
    item.kneeLevel === null ? 'none' : `${formatCount(item.kneeLevel)}${item.kind === 'rate' ? ' / s' : ''}`,
    item.revision ?? '—',
    el('span', { class: 'row row-actions' }, open, lay, remove),
  ]);
  row.classList.toggle('current', place === 0);
  return row;
}

function keyed(element: HTMLElement, key: string): HTMLElement {
  element.dataset['key'] = key;
  return element;
}
