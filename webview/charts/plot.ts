import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { DisposableStore, toDisposable, type Disposable } from '../../src/util/disposable';
import { el } from '../components/dom';
import type { Colors, Ink } from './colors';

/** One line of a chart. */
export interface LineSpec {
  readonly label: string;
  readonly ink: Ink;
  readonly axis: 'left' | 'right';
  readonly dash?: readonly number[];
  /** Each value holds until the next x, and the area below is filled faintly. */
  readonly steps?: 'filled' | 'outline';
  readonly format: (value: number) => string;
}

/** Marks and range of one axis for the data at hand. */
export interface AxisState {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly number[];
}

/** Values of one line; null breaks it. */
export interface LineData {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
}

/** A band of the x axis that means something else than the rest. */
export interface Shade {
  readonly from: number;
  readonly to: number;
}

export interface PlotData {
  /** In the order of the specs; null hides a line. */
  readonly lines: readonly (LineData | null)[];
  readonly x: AxisState;
  readonly left: AxisState;
  readonly right?: AxisState;
  readonly shades: readonly Shade[];
}

export interface PlotSpec {
  readonly heightPx: number;
  /** Room for the marks of the left axis; 58 without it. */
  readonly leftPx?: number;
  readonly lines: readonly LineSpec[];
  readonly formatX: (value: number) => string;
  readonly formatLeft: (value: number) => string;
  readonly formatRight?: (value: number) => string;
}

/** A chart on a canvas with its legend below; hovering shows the values there. */
export interface Plot extends Disposable {
  readonly element: HTMLElement;
  setData(data: PlotData): void;
  /** What the picture shows, for those who do not see it. */
  describe(sentence: string): void;
}

const FONT_PX = 11;
const LEFT_PX = 58;
const RIGHT_PX = 62;
const NOTHING: AxisState = { min: 0, max: 1, ticks: [] };

/** Makes a chart that follows the width of its element and the colours of the theme. */
export function createPlot(spec: PlotSpec, colors: Colors): Plot {
  const store = new DisposableStore();
  const stage = el('div', { class: 'plot-stage', role: 'img' });
  const legend = createLegend(spec);
  const element = el('div', { class: 'plot' }, stage, legend.element);
  let data: PlotData = { lines: spec.lines.map(() => null), x: NOTHING, left: NOTHING, shades: [] };

  const chart = new uPlot(
    {
      width: 300,
      height: spec.heightPx,
      padding: [8, spec.formatRight ? 0 : 20, 0, 0],
      legend: { show: false },
      cursor: { drag: { x: false, y: false, setScale: false }, y: false, points: { size: 6 } },
      scales: {
        x: { time: false, range: () => [data.x.min, data.x.max] },
        left: { range: () => [data.left.min, data.left.max] },
        right: { range: () => [data.right?.min ?? 0, data.right?.max ?? 1] },
      },
      axes: [
        axis(colors, 'x', 2, 22, false, spec.formatX, () => data.x.ticks),
        axis(colors, 'left', 3, spec.leftPx ?? LEFT_PX, true, spec.formatLeft, () => data.left.ticks),
        ...(spec.formatRight
          ? [axis(colors, 'right', 1, RIGHT_PX, false, spec.formatRight, () => data.right?.ticks ?? [])]
          : []),
      ],
      series: [{}, ...spec.lines.map((line) => series(line, colors))],
      hooks: {
        drawClear: [(self) => drawShades(self, data.shades, colors)],
        setCursor: [(self) => legend.point(self.data, self.cursor.idx ?? null)],
      },
    },
    [[], ...spec.lines.map(() => [])],
    stage,
  );
  store.add(toDisposable(() => chart.destroy()));
  store.add(colors.onChange(() => chart.redraw(false)));
  const resize = new ResizeObserver(() => {
    const width = Math.floor(stage.clientWidth);
    if (width > 0 && width !== chart.width) chart.setSize({ width, height: spec.heightPx });
  });
  resize.observe(stage);
  store.add(toDisposable(() => resize.disconnect()));

  return {
    element,
    setData: (next) => {
      data = next;
      legend.showOnly(next.lines.map((line) => line !== null));
      chart.setData(align(next.lines));
    },
    describe: (sentence) => stage.setAttribute('aria-label', sentence),
    dispose: () => store.dispose(),
  };
}

/** Brings all lines onto one x column, as the library wants it; what a line lacks there is skipped, not a gap. */
function align(lines: readonly (LineData | null)[]): uPlot.AlignedData {
  const shared = lines.find((line) => line !== null)?.x ?? [];
  if (lines.every((line) => line === null || line.x === shared)) {
    return [[...shared], ...lines.map((line) => (line ? [...line.y] : shared.map(() => null)))];
  }
  return uPlot.join(lines.map((line): uPlot.AlignedData => [[...(line?.x ?? [])], [...(line?.y ?? [])]]));
}

function series(line: LineSpec, colors: Colors): uPlot.Series {
  return {
    label: line.label,
    scale: line.axis,
    stroke: () => colors.get(line.ink),
    width: 1.5,
    points: { show: false },
    ...(line.dash ? { dash: [...line.dash] } : {}),
    ...(line.steps === 'filled' ? { fill: () => withAlpha(colors.get(line.ink)) } : {}),
    ...(line.steps && uPlot.paths.stepped ? { paths: uPlot.paths.stepped({ align: 1 }) } : {}),
  };
}

function axis(
  colors: Colors,
  scale: string,
  side: 1 | 2 | 3,
  size: number,
  hasGrid: boolean,
  format: (value: number) => string,
  ticks: () => readonly number[],
): uPlot.Axis {
  return {
    scale,
    // The library declares a const enum, which isolated modules cannot read: 1 right, 2 bottom, 3 left.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment
    side,
    size,
    gap: 6,
    font: `${FONT_PX}px ${colors.fontFamily}`,
    stroke: () => colors.get('text'),
    ticks: { show: false },
    grid: { show: hasGrid, stroke: () => colors.get('grid'), width: 1 },
    splits: () => [...ticks()],
    values: (_, splits) => splits.map(format),
  };
}

function drawShades(chart: uPlot, shades: readonly Shade[], colors: Colors): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.fillStyle = colors.get('shade');
  for (const { from, to } of shades) {
    const left = Math.max(bbox.left, chart.valToPos(from, 'x', true));
    const right = Math.min(bbox.left + bbox.width, chart.valToPos(to, 'x', true));
    if (right > left) ctx.fillRect(left, bbox.top, right - left, bbox.height);
  }
  ctx.restore();
}

/** The computed colour is `rgb(…)` or `color(…)`; both take an alpha through color-mix. */
function withAlpha(color: string): string {
  return `color-mix(in srgb, ${color} 22%, transparent)`;
}

function createLegend(spec: PlotSpec): {
  element: HTMLElement;
  point: (data: uPlot.AlignedData, index: number | null) => void;
  showOnly: (isShown: readonly boolean[]) => void;
} {
  const place = el('span', { class: 'legend-place' });
  const values = spec.lines.map(() => el('span', { class: 'legend-value' }));
  const items = spec.lines.map((line, index) => {
    const swatch = el('i', { class: `swatch ink-${line.ink}${line.dash ? ' dashed' : ''}` });
    return el('span', { class: 'legend-item' }, swatch, line.label, values[index] ?? null);
  });
  return {
    element: el('div', { class: 'legend', 'aria-hidden': 'true' }, ...items, place),
    point: (data, index) => {
      const x = index === null ? undefined : data[0][index];
      place.textContent = typeof x === 'number' ? `at ${spec.formatX(x)}` : '';
      spec.lines.forEach((line, at) => {
        const value = index === null ? undefined : data[at + 1]?.[index];
        const target = values[at];
        if (target) target.textContent = typeof value === 'number' ? ` ${line.format(value)}` : '';
      });
    },
    showOnly: (isShown) => items.forEach((item, index) => (item.hidden = isShown[index] === false)),
  };
}
