import type { RunWarning } from '../../src/core/model/run';
import { el, section, show, type View } from './dom';

/** Sentences that a reader should know before believing the numbers. */
export function createWarnings(title: string): View<readonly RunWarning[]> {
  const list = el('ul', { class: 'warnings' });
  const element = section(title, list);
  return {
    element,
    update: (warnings) => {
      show(element, warnings.length > 0);
      list.replaceChildren(...warnings.map((warning) => el('li', {}, warning.message)));
    },
  };
}
