import { el } from './dom';
import { button } from './toolkit';

/** One line of a menu. */
export interface MenuItem {
  readonly text: string;
  readonly onChoose: () => void;
}

/** A button that opens a small menu: arrow keys move, Enter chooses, Escape and leaving close it. */
export function menuButton(text: string, items: readonly MenuItem[]): HTMLElement {
  const opener = button(`${text} ▾`, 'secondary', () => toggle(menu.hidden !== false), text);
  opener.setAttribute('aria-haspopup', 'menu');
  const entries = items.map((item) => {
    const entry = el('button', { type: 'button', role: 'menuitem', tabindex: '-1' }, item.text);
    entry.addEventListener('click', () => {
      toggle(false);
      opener.focus();
      item.onChoose();
    });
    return entry;
  });
  const menu = el('div', { class: 'menu', role: 'menu', 'aria-label': text }, ...entries);
  const element = el('div', { class: 'menu-holder' }, opener, menu);
  toggle(false);

  element.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (menu.hidden) toggle(true);
      else move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'Escape' && !menu.hidden) {
      event.stopPropagation();
      toggle(false);
      opener.focus();
    }
  });
  element.addEventListener('focusout', (event) => {
    if (!(event.relatedTarget instanceof Node && element.contains(event.relatedTarget))) toggle(false);
  });
  return element;

  function toggle(isOpen: boolean): void {
    menu.hidden = !isOpen;
    opener.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) entries[0]?.focus();
  }

  function move(by: number): void {
    const at = entries.findIndex((entry) => entry === document.activeElement);
    entries[(at + by + entries.length) % entries.length]?.focus();
  }
}
