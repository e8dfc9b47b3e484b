import { comparisonRows, VERDICT_SIGNS } from '../../src/core/compare/comparisonReport';
import type { Comparison } from '../../src/core/model/comparison';
import { intervalText } from '../../src/core/compare/sentences';
import { signedPercentText } from '../../src/core/compare/words';
import { createBlocks } from '../charts/blocks';
import { drawInterval } from '../charts/interval';
import {
  capital,
  detectableSentence,
  headlineSentence,
  intervalSentence,
  metricTone,
  ONE_RUN_EACH,
  primaryOf,
  verdictTone,
} from '../verdictWords';
import { el, show, table, tableRow, type View } from './dom';
import { button } from './toolkit';

const LOOK_WORDS = {
  faster: 'faster',
  slower: 'slower',
  equivalent: 'no difference',
  inconclusive: 'not sure yet',
} as const;

/** A comparison, and whether it can be confirmed side by side from here. */
export interface VerdictModel {
  readonly comparison: Comparison;
  readonly canConfirm: boolean;
  /** More rounds may be added. */
  readonly canGoOn: boolean;
}

/** What a verdict can ask for. */
export interface VerdictHandlers {
  readonly onConfirm: () => void;
  readonly onGoOn: () => void;
  readonly onCopy: () => void;
}

/** The verdict as a sentence, a picture, a table, and what speaks against it. */
export function createVerdict(name: string, handlers: VerdictHandlers | null): View<VerdictModel> {
  const headline = el('p', { class: 'verdict-headline' });
  const details = el('div', { class: 'verdict-details' });
  const caution = el('p', {}, ONE_RUN_EACH);
  const confirm = button('Confirm side by side', 'primary', () => handlers?.onConfirm());
  const goOn = button('Keep going', 'primary', () => handlers?.onGoOn());
  const copy = button(
    'Copy as Markdown',
    'secondary',
    () => handlers?.onCopy(),
    `Copy the verdict as Markdown: ${name}`,
  );
  const picture = el('div', { class: 'verdict-picture', role: 'img' });
  const words = el('div', {}, headline, details);
  const metrics = el('div', { class: 'verdict-table' });
  const looks = createLooks();
  const blocks = createBlocks();
  const title = el('h2', { class: 'visually-hidden' }, name);
  title.id = `title-${name.toLowerCase().replaceAll(' ', '-')}`;
  const box = el('div', { class: 'verdict-box' }, words, picture);
  const element = el(
    'section',
    { class: 'verdict', 'aria-labelledby': title.id },
    title,
    box,
    el('div', { class: 'row verdict-actions' }, confirm, goOn, ...(handlers ? [copy] : [])),
    metrics,
    looks.element,
    blocks.element,
  );
  return {
    element,
    update: ({ comparison, canConfirm, canGoOn }) => {
      const primary = primaryOf(comparison);
      const isFromHistory = comparison.kind === 'history';
      element.className = `verdict is-${verdictTone(comparison)}`;
      const sign = comparison.blocker ? '≠' : VERDICT_SIGNS[comparison.verdict];
      headline.replaceChildren(
        el('span', { class: 'verdict-sign', 'aria-hidden': 'true' }, `${sign} `),
        headlineSentence(comparison),
      );
      const sentences = [...comparison.details.map(capital), detectableSentence(comparison)];
      details.replaceChildren(
        ...sentences.filter((sentence) => sentence !== '').map((sentence) => el('p', {}, sentence)),
        ...(isFromHistory ? [caution] : []),
      );
      show(picture, primary !== undefined && !comparison.blocker);
      if (primary) picture.replaceChildren(drawInterval(primary, comparison.margin));
      picture.setAttribute('aria-label', intervalSentence(comparison));
      show(confirm, handlers !== null && canConfirm && isFromHistory);
      show(goOn, handlers !== null && canGoOn);
      metrics.replaceChildren(...metricsTable(comparison));
      looks.update(comparison);
      // Of different work not even a picture of speeds is shown.
      blocks.update(comparison.blocker ? { ...comparison, rounds: [] } : comparison);
    },
  };
}

/** What was said after each whole round, for those who want to know how the verdict came about. */
function createLooks(): View<Comparison> {
  const holder = el('div', {});
  const summary = el('summary', {});
  const element = el('details', { class: 'as-table' }, summary, holder);
  return {
    element,
    update: ({ looks, blocker }) => {
      const isTold = looks.length > 1 && !blocker;
      show(element, isTold);
      if (!isTold) {
        holder.replaceChildren();
        return;
      }
      summary.textContent = `How it came about: ${looks.length} looks`;
      const rows = looks.map(({ rounds, ratio, low, high, verdict }) =>
        tableRow([
          `after ${rounds} ${rounds === 1 ? 'restart' : 'restarts'}`,
          signedPercentText(ratio - 1),
          intervalText({ low, high }) || '–',
          `${VERDICT_SIGNS[verdict]} ${LOOK_WORDS[verdict]}`,
        ]),
      );
      holder.replaceChildren(table('Planned looks', ['', 'change', '95 % interval', 'said'], rows));
    },
  };
}

function metricsTable(comparison: Comparison): HTMLElement[] {
  const [columns, ...rows] = comparisonRows(comparison);
  if (!columns || rows.length === 0 || comparison.blocker) return [];
  const cells = rows.map((row, index) => {
    const metric = comparison.metrics[index];
    const verdict = el('span', { class: `change ${metric ? metricTone(metric) : ''}` }, row.at(-1) ?? '');
    const line = tableRow([...row.slice(0, -1), verdict]);
    if (metric?.note) line.title = metric.note;
    return line;
  });
  const notes = comparison.metrics.flatMap(({ note }, index) => (note ? [`${rows[index]?.[0] ?? ''}: ${note}`] : []));
  return [table('Verdict by metric', columns, cells), ...notes.map((note) => el('p', { class: 'note' }, note))];
}
