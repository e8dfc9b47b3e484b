import type { MetricComparison } from '../../src/core/model/comparison';
import { svg } from '../components/dom';
import { axisChange } from '../verdictWords';
import { linearTicks } from './ticks';

const WIDTH = 300;
const SIDE = 24;
const TICKS = 5;

/** A scale of relative changes, 0 in the middle of nothing: as wide as what is to be drawn. */
export interface ChangeScale {
  readonly x: (change: number) => number;
  readonly ticks: readonly number[];
}

/** A scale on which the margin and all of `changes` have room. */
export function changeScale(changes: readonly number[], margin: number, left: number, right: number): ChangeScale {
  const [low, high] = [Math.min(-margin, ...changes), Math.max(margin, ...changes)];
  const pad = (high - low) * 0.06;
  const span = high - low + 2 * pad;
  return {
    x: (change) => left + ((change - low + pad) / span) * (right - left),
    ticks: linearTicks(low - pad, high + pad, TICKS),
  };
}

/** A change with its interval, over the band of changes that do not count. */
export function drawInterval(metric: Pick<MetricComparison, 'ratio' | 'low' | 'high'>, margin: number): SVGElement {
  const change = metric.ratio - 1;
  const bounds = metric.low === null || metric.high === null ? [] : [metric.low - 1, metric.high - 1];
  const { x, ticks } = changeScale([change, ...bounds], margin, SIDE, WIDTH - SIDE);
  const [low, high] = bounds;
  return svg(
    'svg',
    { viewBox: `0 0 ${WIDTH} 64`, class: 'interval', 'aria-hidden': 'true' },
    svg('rect', { class: 'band', x: x(-margin), y: 6, width: x(margin) - x(-margin), height: 36 }),
    svg('line', { class: 'zero', x1: x(0), x2: x(0), y1: 2, y2: 46 }),
    ...ticks.map((tick) => svg('text', { x: x(tick), y: 59, 'text-anchor': 'middle' }, axisChange(tick))),
    ...(low === undefined || high === undefined
      ? []
      : [
          svg('line', { class: 'whisker', x1: x(low), x2: x(high), y1: 24, y2: 24 }),
          svg('line', { class: 'whisker end', x1: x(low), x2: x(low), y1: 18, y2: 30 }),
          svg('line', { class: 'whisker end', x1: x(high), x2: x(high), y1: 18, y2: 30 }),
        ]),
    svg('circle', { class: 'point', cx: x(change), cy: 24, r: 5.5 }),
  );
}
