import type { Run } from '../../src/core/model/run';
import type { PageVariants } from '../../src/protocol/page';
import { drawVariantBars } from '../charts/variantBars';
import { capital } from '../verdictWords';
import { el, section, show, table, tableRow, type View } from './dom';
import { actionLink, button, setDisabled } from './toolkit';

/** What the part about several servers can ask for. */
export interface VariantsHandlers {
  readonly onOpen: (runId: string) => void;
  readonly onCopy: () => void;
}

export interface VariantsModel {
  readonly variants: PageVariants | null;
  readonly isBusy: boolean;
  /** The run on show: when it is newer, the table is folded away. */
  readonly run: Run | null;
}

/** One endpoint on several servers: a bar and a row for each, and what must be known before they are compared. */
export function createVariants(handlers: VariantsHandlers | null): View<VariantsModel> {
  const about = el('p', { class: 'note' });
  const bars = el('div', {});
  const holder = el('div', {});
  const notes = el('ul', { class: 'variant-notes' });
  const copy = handlers && button('Copy as Markdown', 'secondary', handlers.onCopy, 'Copy the table as Markdown');
  const when = el('span', { class: 'dim' });
  const body = section('On several servers', about, bars, holder, notes, copy && el('div', { class: 'row' }, copy));
  const summary = el('summary', {}, el('span', { class: 'summary-title' }, 'On several servers'), ' ', when);
  const element = el('details', { class: 'variants' }, summary, body);
  let drawn: PageVariants | null = null;
  let wasBusy = false;
  let wasNewest: boolean | null = null;

  return {
    element,
    update: ({ variants, isBusy, run }) => {
      show(element, variants !== null);
      if (!variants) return;
      // Its own runs are part of it; one that was made later is what the person is looking at.
      const isNewest =
        run === null || run.startedAt < variants.startedAt || variants.lines.some((each) => each.runId === run.id);
      if (isNewest !== wasNewest) element.open = isNewest;
      wasNewest = isNewest;
      if (variants === drawn && isBusy === wasBusy) return;
      drawn = variants;
      wasBusy = isBusy;
      when.textContent = whenText(variants);
      about.textContent = variants.about;
      const isMeasured = variants.lines.some(({ figures }) => figures !== null);
      bars.replaceChildren(...(isMeasured ? [drawVariantBars(variants.lines)] : []));
      fill(holder, variants, isBusy, handlers);
      notes.replaceChildren(...variants.notes.map((note) => el('li', {}, note)));
      show(notes, variants.notes.length > 0);
      if (copy) setDisabled(copy, variants.isUnderWay);
    },
  };
}

function whenText({ startedAt, state, isUnderWay }: PageVariants): string {
  const time = new Date(startedAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  if (isUnderWay) return `${time} · under way`;
  return state === 'cancelled' ? `${time} · cancelled, of what was measured until then` : time;
}

/** The rows are made anew; the keyboard goes back to the link that it was on. */
function fill(holder: HTMLElement, variants: PageVariants, isBusy: boolean, handlers: VariantsHandlers | null): void {
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['key'] : undefined;
  const [, ...head] = variants.head;
  const rows = variants.lines.map(({ name, cells, runId }) => {
    const [label = name, ...rest] = cells;
    if (!handlers || runId === null || isBusy) return tableRow(cells);
    const open = actionLink(label, `Open the run on ${name}`, () => handlers.onOpen(runId));
    open.dataset['key'] = `open ${name}`;
    return tableRow([open, ...rest]);
  });
  const columns = head.map((each) => (/^p\d/.test(each) ? each : capital(each)));
  holder.replaceChildren(table('Servers', ['', ...columns], rows));
  if (focused === undefined) return;
  [...holder.querySelectorAll<HTMLElement>('[data-key]')].find(({ dataset }) => dataset['key'] === focused)?.focus();
}
