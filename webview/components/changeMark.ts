import { formatPercentChange } from '../../src/core/report/format';
import type { Direction, NumberRow } from '../../src/core/compare/rows';
import { VERDICT_SIGNS } from '../../src/core/compare/comparisonReport';
import type { MetricComparison } from '../../src/core/model/comparison';
import { metricTone, tileWords } from '../verdictWords';
import { el } from './dom';

const SIGNS: Readonly<Record<Direction, { sign: string; word: string }>> = {
  better: { sign: '▲', word: 'better' },
  worse: { sign: '▼', word: 'worse' },
  same: { sign: '=', word: 'same' },
  none: { sign: '', word: '' },
};

/** The relative difference with a sign and a word, so that colour carries nothing alone. Example: "▲ +12.0 % better". */
export function changeMark(row: NumberRow): HTMLElement {
  const { sign, word } = SIGNS[row.direction];
  const change = row.direction === 'same' || row.relative === null ? '' : formatPercentChange(row.relative);
  const isFaint = !row.isReliable;
  return el(
    'span',
    { class: `change ${isFaint ? 'faint' : row.direction}` },
    ...(sign === '' ? [] : [el('span', { 'aria-hidden': 'true' }, `${sign} `)]),
    change,
    ...(word === ''
      ? []
      : [el('span', { class: row.direction === 'same' ? '' : 'change-word' }, `${change === '' ? '' : ' '}${word}`)]),
  );
}

/**
 * The same in the few characters of a tile: the size of the change and a word for its way. Examples: "▲ 11.6 % more",
 * "▼ 3.2 % slower", "= same".
 */
export function shortChangeMark(row: NumberRow): HTMLElement {
  const { sign, word } = SIGNS[row.direction];
  const way =
    row.unit === 'rate' ? ['more', 'fewer'] : row.unit === 'latency' ? ['slower', 'faster'] : ['more', 'less'];
  const isKnown = row.relative !== null && row.direction !== 'same';
  const size = isKnown ? formatPercentChange(Math.abs(row.relative)).replace('+', '') : '';
  const text = isKnown ? `${size} ${row.relative > 0 ? (way[0] ?? '') : (way[1] ?? '')}` : word;
  return el(
    'span',
    { class: `change ${row.isReliable ? row.direction : 'faint'}` },
    el('span', { 'aria-hidden': 'true' }, `${sign} `),
    text,
  );
}

/** What a verdict says about one metric. Examples: "▲ 12 % faster", "= within ±5 %", "? +12 %: cannot tell". */
export function verdictMark(metric: MetricComparison, margin: number): HTMLElement {
  return el(
    'span',
    { class: `change ${metricTone(metric)}` },
    el('span', { 'aria-hidden': 'true' }, `${VERDICT_SIGNS[metric.verdict]} `),
    tileWords(metric, margin),
  );
}
