import { formatCount, formatLatency } from '../../src/core/report/format';
import type { RunListItem } from '../../src/protocol/page';
import { stateLabel } from '../words';
import { el, section, show, table, type View } from './dom';
import { button, setDisabled } from './toolkit';

/** What a row of the history can ask for. */
export interface HistoryHandlers {
  readonly onOpen: (id: string) => void;
  readonly onCompare: (id: string | null) => void;
  readonly onDelete: (id: string) => void;
}

export interface HistoryModel {
  readonly items: readonly RunListItem[];
  readonly shownId: string | null;
  readonly beforeId: string | null;
  readonly isBusy: boolean;
}

interface RowView {
  readonly element: HTMLTableRowElement;
  update(model: HistoryModel): void;
}

const COLUMNS = ['', 'Connections', 'Requests / s', 'p50', 'p99', 'Revision', 'State', 'Actions'];

/** Earlier runs of the endpoint. Rows are kept by id across updates, so that the keyboard keeps its place. */
export function createHistory(handlers: HistoryHandlers): View<HistoryModel> {
  const grid = table('Earlier runs', COLUMNS, []);
  const body = grid.querySelector('tbody');
  const element = section('History', grid);
  element.classList.add('history');
  const rows = new Map<string, RowView>();

  return {
    element,
    update: (model) => {
      show(element, model.items.length > 0);
      const ids = new Set(model.items.map((item) => item.id));
      for (const [id, row] of rows) {
        if (ids.has(id)) continue;
        const hadFocus = row.element.contains(document.activeElement);
        const heir = row.element.nextElementSibling ?? row.element.previousElementSibling;
        row.element.remove();
        rows.delete(id);
        if (hadFocus) heir?.querySelector<HTMLElement>('vscode-button:not([disabled])')?.focus();
      }
      model.items.forEach((item, index) => {
        const row = rows.get(item.id) ?? createRow(item, handlers);
        rows.set(item.id, row);
        if (body && body.children[index] !== row.element) body.insertBefore(row.element, body.children[index] ?? null);
        row.update(model);
      });
    },
  };
}

function createRow(item: RunListItem, { onOpen, onCompare, onDelete }: HistoryHandlers): RowView {
  const when = new Date(item.startedAt).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  let isBefore = false;
  const open = button('Open', 'secondary', () => onOpen(item.id), `Open the run of ${when}`);
  const compare = button('Compare', 'secondary', () => onCompare(isBefore ? null : item.id));
  const remove = confirmingButton('Delete', `Delete the run of ${when}`, () => onDelete(item.id));
  const mark = el('span', { class: 'row-mark' });
  const cells: (Node | string)[] = [
    formatCount(item.connections),
    formatCount(item.throughputRps),
    formatLatency(item.p50Ms),
    formatLatency(item.p99Ms),
    item.revision ?? '—',
    stateLabel(item.state),
    el('span', { class: 'row row-actions' }, open, compare, remove),
  ];
  const head = el('th', { scope: 'row' }, when, mark);
  return {
    element: el('tr', {}, head, ...cells.map((cell) => el('td', {}, cell))),
    update: ({ shownId, beforeId, isBusy }) => {
      const isShown = item.id === shownId;
      isBefore = item.id === beforeId;
      const marks = [isShown ? 'shown' : isBefore ? 'before' : '', item.pinned === true ? 'baseline' : ''];
      mark.textContent = marks.filter((each) => each !== '').join(', ');
      head.parentElement?.classList.toggle('current', isShown);
      compare.textContent = isBefore ? 'Stop' : 'Compare';
      compare.setAttribute(
        'aria-label',
        isBefore ? `Stop comparing with the run of ${when}` : `Compare the shown run with the run of ${when}`,
      );
      setDisabled(open, isShown || isBusy);
      setDisabled(compare, isShown || shownId === null || isBusy);
      setDisabled(remove, isBusy);
    },
  };
}

/** A button that acts on its second press, for what cannot be undone; leaving it takes the first press back. */
export function confirmingButton(text: string, accessibleName: string, onConfirm: () => void): HTMLElement {
  let isArmed = false;
  const arm = (next: boolean): void => {
    isArmed = next;
    element.textContent = next ? 'Sure?' : text;
    element.setAttribute('aria-label', next ? `Really? ${accessibleName}` : accessibleName);
  };
  const element = button(
    text,
    'secondary',
    () => {
      if (isArmed) onConfirm();
      arm(!isArmed);
    },
    accessibleName,
  );
  element.addEventListener('blur', () => arm(false));
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') arm(false);
  });
  return element;
}
