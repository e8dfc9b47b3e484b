import { el, table } from '../components/dom';
import type { tableRow } from '../components/dom';

/** The numbers behind a chart, made only when somebody asks for them. */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: () => ReturnType<typeof tableRow>[];
}

/** A chart in its section: a title, the picture, a sentence when there is nothing to draw, and the numbers on demand. */
export interface ChartFrame {
  readonly element: HTMLElement;
  /** `fallback` replaces the picture. The table is filled when it is opened, so that reading it is not disturbed by ticks. */
  update(content: { readonly table: ChartTable; readonly fallback: string | null; readonly note: string }): void;
}

/** Puts a picture into a titled section. */
export function createChartFrame(title: string, picture: HTMLElement): ChartFrame {
  const empty = el('p', { class: 'dim' });
  const holder = el('div', {});
  const details = el('details', { class: 'as-table' }, el('summary', {}, 'Show as table'), holder);
  const heading = el('h2', {}, title);
  heading.id = `chart-${title.toLowerCase().replace(/[^a-z]+/g, '-')}`;
  const caption = el('p', { class: 'note' });
  const element = el('section', { 'aria-labelledby': heading.id }, heading, picture, empty, caption, details);
  let shown: ChartTable | null = null;

  const fill = (): void => {
    if (shown) holder.replaceChildren(table(title, shown.columns, shown.rows()));
  };
  details.addEventListener('toggle', () => {
    if (details.open) fill();
    else holder.replaceChildren();
  });

  return {
    element,
    update: ({ table: next, fallback, note }) => {
      shown = next;
      empty.textContent = fallback ?? '';
      empty.hidden = fallback === null;
      picture.hidden = details.hidden = fallback !== null;
      caption.textContent = note;
      caption.hidden = fallback !== null || note === '';
      if (details.open && !holder.contains(document.activeElement)) fill();
    },
  };
}
