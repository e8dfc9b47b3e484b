import { comparisonRows, VERDICT_SIGNS } from '../../src/core/compare/comparisonReport';
import type { Comparison } from '../../src/core/model/comparison';
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

/** A comparison, and whether it can be confirmed side by side from here. */
export interface VerdictModel {
  readonly comparison: Comparison;
  readonly canConfirm: boolean;
}

/** The verdict as a sentence, a picture, a table, and what speaks against it. */
export function createVerdict(onConfirm: () => void): View<VerdictModel> {
  const headline = el('p', { class: 'verdict-headline' });
  const details = el('div', { class: 'verdict-details' });
  const caution = el('p', {}, ONE_RUN_EACH);
  const confirm = button('Confirm side by side', 'primary', onConfirm);
  const picture = el('div', { class: 'verdict-picture', role: 'img' });
  const words = el('div', {}, headline, details);
  const metrics = el('div', { class: 'verdict-table' });
  const blocks = createBlocks();
  const title = el('h2', { class: 'visually-hidden' }, 'Verdict');
  title.id = 'title-verdict';
  const box = el('div', { class: 'verdict-box' }, words, picture);
  const element = el(
    'section',
    { class: 'verdict', 'aria-labelledby': title.id },
    title,
    box,
    confirm,
    metrics,
    blocks.element,
  );
  return {
    element,
    update: ({ comparison, canConfirm }) => {
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
      show(confirm, canConfirm && isFromHistory);
      metrics.replaceChildren(...metricsTable(comparison));
      blocks.update(comparison);
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
