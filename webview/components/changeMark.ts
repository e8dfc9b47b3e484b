import { formatPercentChange } from '../../src/core/report/format';
import type { Direction, NumberRow } from '../../src/core/compare/rows';
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
  const text = [change, word].filter((part) => part !== '').join(' ');
  const isFaint = !row.isReliable;
  return el(
    'span',
    { class: `change ${isFaint ? 'faint' : row.direction}` },
    ...(sign === '' ? [] : [el('span', { 'aria-hidden': 'true' }, `${sign} `)]),
    text,
  );
}
