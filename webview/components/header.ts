import type { PageState } from '../../src/protocol/page';
import { shownRun } from '../state';
import { metaParts, subjectOf } from '../words';
import { el, show, type View } from './dom';
import { actionLink, badge } from './toolkit';

/**
 * What the page is about: method and path, where its handler stands, and under what circumstances it was measured. Without
 * `onReveal` the place is text.
 */
export function createHeader(onReveal: (() => void) | null): View<PageState> {
  const method = el('span', { class: 'method' });
  const path = el('code', { class: 'path' });
  const handler = el('span', { class: 'dim' });
  const link = onReveal ? actionLink('', 'Show the handler in the code', onReveal) : el('span', { class: 'dim' });
  const edited = badge('edited since this run');
  const origin = el('p', { class: 'origin' }, handler, link, edited);
  const meta = el('p', { class: 'meta' });
  const element = el('header', {}, el('h1', {}, method, ' ', path), origin, meta);

  return {
    element,
    update: (state) => {
      const subject = subjectOf(state);
      show(element, subject !== null);
      if (!subject) return;
      method.textContent = subject.method;
      path.textContent = subject.path;
      const { endpoint } = subject;
      handler.textContent = endpoint ? endpoint.handler : '';
      link.textContent = endpoint ? `${endpoint.file}:${endpoint.line}` : '';
      show(link, endpoint !== null);
      show(edited, state.editedSince && shownRun(state) !== null);
      show(origin, endpoint !== null);
      meta.textContent = metaParts(state, shownRun(state)).join(' · ');
    },
  };
}
