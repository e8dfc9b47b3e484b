import { shortVerdict } from '../../src/core/compare/shortVerdict';
import type { Run } from '../../src/core/model/run';
import type { SideBySide } from '../../src/protocol/page';
import { capital } from '../verdictWords';
import { el, show, type View } from './dom';
import { badge } from './toolkit';
import { createVerdict, type VerdictHandlers } from './verdict';
import { createWarnings } from './warnings';

export interface SideBySideModel {
  readonly kept: SideBySide | null;
  /** The run on show: when it is newer, the comparison is folded away. */
  readonly run: Run | null;
}

/** The newest comparison side by side of the endpoint, open unless something newer is on show. */
export function createSideBySide(handlers: VerdictHandlers | null): View<SideBySideModel> {
  const title = el('span', { class: 'summary-title' });
  const when = el('span', { class: 'dim' });
  const edited = badge('edited since');
  const verdict = createVerdict('Verdict side by side', handlers);
  const warnings = createWarnings('Worth knowing about the comparison');
  const summary = el('summary', {}, title, ' ', when, ' ', edited);
  const element = el('details', { class: 'side-by-side' });
  let shown = '';

  return {
    element,
    update: ({ kept, run }) => {
      show(element, kept !== null);
      if (!kept) {
        element.replaceChildren();
        return;
      }
      if (!element.firstChild) element.append(summary, verdict.element, warnings.element);
      const { comparison, startedAt, state, canGoOn, editedSince } = kept;
      show(edited, editedSince);
      verdict.update({ comparison, canConfirm: false, canGoOn });
      const isNewest = run === null || run.startedAt < startedAt;
      const next = JSON.stringify([startedAt, comparison.measuredS, isNewest]);
      if (next === shown) return;
      shown = next;
      element.open = isNewest;
      title.textContent = isNewest ? 'Side by side' : shortVerdict(comparison);
      when.textContent = whenText(startedAt, comparison.labels, state);
      warnings.update(comparison.warnings.map(({ code, message }) => ({ code, message: capital(message) })));
    },
  };
}

function whenText(startedAt: string, labels: SideBySide['comparison']['labels'], state: SideBySide['state']): string {
  const time = new Date(startedAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  const end = state === 'cancelled' ? ' · cancelled, of the whole blocks until then' : '';
  return `${labels.after} against ${labels.before} · ${time}${end}`;
}
