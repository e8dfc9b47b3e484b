type Child = Node | string | null;

/** A part of the page: built once, then told what to show. */
export interface View<Model> {
  readonly element: HTMLElement;
  update(model: Model): void;
}

/**
 * Makes an element from a class, attributes and children. Strings become text nodes, so that nothing untrusted is ever read
 * as markup; null children are left out.
 */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** An element of a drawing; colours come from classes, since the page's policy allows no inline style. */
export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: (SVGElement | string)[]
): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** A titled part of the page with a body to fill. */
export function section(title: string, ...children: Child[]): HTMLElement {
  const heading = el('h2', {}, title);
  heading.id = `title-${title.toLowerCase().replace(/[^a-z]+/g, '-')}`;
  return el('section', { 'aria-labelledby': heading.id }, heading, ...children);
}

/** One row of a table; the first cell is the row's header. */
export function tableRow(cells: readonly Child[]): HTMLTableRowElement {
  const [first, ...rest] = cells;
  return el('tr', {}, el('th', { scope: 'row' }, first ?? ''), ...rest.map((cell) => el('td', {}, cell ?? '')));
}

/** A table with its column headers; an empty header stands over the rows' names. */
export function table(label: string, columns: readonly string[], rows: readonly HTMLTableRowElement[]): HTMLElement {
  const heads = columns.map((column) => (column === '' ? el('td') : el('th', { scope: 'col' }, column)));
  const body = el('tbody', {}, ...rows);
  const grid = el('table', { 'aria-label': label }, el('thead', {}, el('tr', {}, ...heads)), body);
  return el('div', { class: 'scroller' }, grid);
}

/** Shows or hides an element; what is hidden is out of reach of the keyboard too. */
export function show(element: HTMLElement, isShown: boolean): void {
  element.hidden = !isShown;
}
