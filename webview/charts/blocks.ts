import { intervalText } from '../../src/core/compare/sentences';
import { percentText, signedPercentText } from '../../src/core/compare/words';
import type { Comparison } from '../../src/core/model/comparison';
import { el, show, svg, tableRow, type View } from '../components/dom';
import { axisChange } from '../verdictWords';
import { createChartFrame } from './chartFrame';
import { changeScale } from './interval';

const WIDEST = 640;
const NARROWEST = 240;
const LEFT = 74;
const ROW = 40;
/** Dots are moved up and down so that they do not hide each other; where to says nothing. */
const SPREAD = [0, -9, 7, -4, 11, -12, 3, 9];

/** What the dots are drawn from: a whole comparison or one that is under way. */
export type BlocksModel = Pick<Comparison, 'rounds' | 'margin'>;

/** One dot for each pair of blocks, one row for each launch of both servers; a line at the estimate of the launch. */
export function createBlocks(): View<BlocksModel> {
  const picture = el('div', { class: 'blocks', role: 'img' });
  let shown: BlocksModel | null = null;
  const redraw = (): void => {
    if (shown) picture.replaceChildren(draw(shown, Math.min(WIDEST, Math.max(NARROWEST, picture.clientWidth))));
  };
  new ResizeObserver(redraw).observe(picture);
  const frame = createChartFrame('Every pair of blocks: after ÷ before', picture);
  return {
    element: frame.element,
    update: (comparison) => {
      const { rounds, margin } = comparison;
      const count = rounds.reduce((sum, { blocks }) => sum + blocks.length, 0);
      show(frame.element, count > 0);
      if (count === 0) return;
      shown = comparison;
      redraw();
      picture.setAttribute(
        'aria-label',
        `${count} pairs of blocks in ${rounds.length} launches, drawn as changes. The launches stand in the table below.`,
      );
      frame.update({
        fallback: null,
        note: `One dot for each pair, one row with its interval for each restart; hollow: left out while warming up; band: ±${percentText(margin)}, too small to count.`,
        table: {
          columns: ['', 'change', '95 % interval', 'pairs', 'left out'],
          rows: () =>
            rounds.map((round, index) =>
              tableRow([
                `restart ${index + 1}`,
                signedPercentText(round.ratio - 1),
                intervalText(round) || '–',
                String(round.blocks.length),
                String(round.droppedBlocks),
              ]),
            ),
        },
      });
    },
  };
}

function draw({ rounds, margin }: BlocksModel, width: number): SVGElement {
  const height = rounds.length * ROW;
  const changes = rounds.flatMap(({ blocks, ratio }) => [...blocks, ratio].map((value) => value - 1));
  const { x, ticks } = changeScale(changes, margin, LEFT, width - 16);
  return svg(
    'svg',
    { viewBox: `0 0 ${width} ${height + 22}`, class: 'interval' },
    svg('rect', { class: 'band', x: x(-margin), y: 0, width: x(margin) - x(-margin), height }),
    svg('line', { class: 'zero', x1: x(0), x2: x(0), y1: 0, y2: height }),
    ...rounds.flatMap((round, index) => {
      const middle = index * ROW + ROW / 2;
      const at = x(round.ratio - 1);
      return [
        svg('text', { x: LEFT - 10, y: middle + 4, 'text-anchor': 'end' }, `restart ${index + 1}`),
        ...round.blocks.map((value, block) =>
          svg('circle', {
            class: block < round.droppedBlocks ? 'dot dropped' : 'dot',
            cx: x(value - 1),
            cy: middle + (SPREAD[block % SPREAD.length] ?? 0),
            r: 3.5,
          }),
        ),
        ...(round.low === null || round.high === null
          ? []
          : [
              svg('line', {
                class: 'range',
                x1: Math.max(LEFT, x(round.low - 1)),
                x2: Math.min(width, x(round.high - 1)),
                y1: middle,
                y2: middle,
              }),
            ]),
        svg('line', { class: 'whisker', x1: at, x2: at, y1: middle - 15, y2: middle + 15 }),
      ];
    }),
    ...ticks.map((tick) => svg('text', { x: x(tick), y: height + 16, 'text-anchor': 'middle' }, axisChange(tick))),
  );
}
