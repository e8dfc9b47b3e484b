import { formatCount, formatLatency, formatRate } from '../../src/core/report/format';
import type { Sweep, SweepPoint } from '../../src/core/model/sweep';
import { tableRow, type View } from '../components/dom';
import { createChartFrame } from './chartFrame';
import type { Colors } from './colors';
import { axisLatency } from './overTime';
import { createPlot, type AxisState, type LineData, type LineSpec, type PlotData } from './plot';
import { logTicks, zeroTicks } from './ticks';
import { totalCount } from '../../src/core/stats/totalCount';

/** As many sweeps as can be told apart on one chart. */
export const MOST_SWEEPS = 3;

const DASHES: readonly (readonly number[] | undefined)[] = [undefined, [6, 4], [2, 3]];
const NAMES = ['', ' 2', ' 3'];

/** Throughput, p50 and p99 against the level, which is on a logarithmic axis; what lies beyond the knee is shaded. */
export function createSweepCurve(colors: Colors): View<readonly Sweep[]> {
  const lines = DASHES.flatMap((dash, index): LineSpec[] => {
    const name = NAMES[index] ?? '';
    const style = dash ? { dash } : {};
    const latency = (exponent: number): string => formatLatency(10 ** exponent);
    return [
      { label: `throughput${name}`, ink: 'rate', axis: 'left', format: formatRate, ...style },
      { label: `p50${name}`, ink: 'median', axis: 'right', format: latency, ...style },
      { label: `p99${name}`, ink: 'tail', axis: 'right', format: latency, ...style },
    ];
  });
  const plot = createPlot(
    {
      heightPx: 230,
      lines,
      formatX: (exponent) => formatCount(Math.round(10 ** exponent * 10) / 10),
      formatLeft: (perSecond) => formatRate(perSecond).replace(' req/s', ''),
      formatRight: (exponent) => axisLatency(10 ** exponent),
    },
    colors,
  );
  const frame = createChartFrame('Throughput and latency by level', plot.element);

  return {
    element: frame.element,
    update: (sweeps) => {
      const shown = sweeps.slice(0, MOST_SWEEPS);
      const points = shown.flatMap(answered);
      plot.setData(plotData(shown, points));
      plot.describe(describe(shown));
      frame.update({
        fallback: points.length === 0 ? 'Nothing was answered at any level, so there is no curve to draw.' : null,
        note: noteOf(shown),
        table: { columns: ['', 'Requests / s', 'p50', 'p99', 'Errors'], rows: () => rows(shown) },
      });
    },
  };
}

function plotData(sweeps: readonly Sweep[], points: readonly SweepPoint[]): PlotData {
  const exponents = points.map(({ level }) => Math.log10(level));
  const left = zeroTicks(Math.max(0, ...points.map(({ summary }) => summary.throughputRps)), 4);
  const min = Math.min(...exponents);
  const max = Math.max(min + 0.1, ...exponents);
  const knee = sweeps[0]?.knee;
  const isEmpty = points.length === 0;
  return {
    lines: DASHES.flatMap((_, index) => linesOf(sweeps[index])),
    x: isEmpty ? { min: 0, max: 1, ticks: [] } : { min, max, ticks: levelTicks(points) },
    left: { min: 0, max: left.at(-1) ?? 1, ticks: left },
    right: latencyAxis(points),
    shades: knee && !isEmpty ? [{ from: Math.log10(knee.level), to: max }] : [],
  };
}

function linesOf(sweep: Sweep | undefined): readonly (LineData | null)[] {
  const points = sweep ? answered(sweep) : [];
  if (points.length === 0) return [null, null, null];
  const x = points.map(({ level }) => Math.log10(level));
  const latencies = points.map(latencyOf);
  return [
    { x, y: points.map(({ summary }) => summary.throughputRps) },
    { x, y: latencies.map(({ p50 }) => Math.log10(p50)) },
    { x, y: latencies.map(({ p99 }) => Math.log10(p99)) },
  ];
}

function latencyAxis(points: readonly SweepPoint[]): AxisState {
  const values = points.flatMap((point) => [latencyOf(point).p50, latencyOf(point).p99]);
  if (values.length === 0) return { min: 0, max: 1, ticks: [] };
  // A little room, so that a flat line does not lie on the frame.
  const low = Math.min(...values) / 1.5;
  const high = Math.max(...values) * 1.5;
  return { min: Math.log10(low), max: Math.log10(high), ticks: logTicks(low, high, 4).map(Math.log10) };
}

/** The levels themselves, as many as stand apart, the last one always. */
function levelTicks(points: readonly SweepPoint[]): number[] {
  const levels = [...new Set(points.map(({ level }) => level))].sort((a, b) => a - b);
  const last = Math.log10(levels.at(-1) ?? 1);
  const gap = (last - Math.log10(levels[0] ?? 1)) / 14;
  const kept: number[] = [];
  for (const exponent of levels.map(Math.log10)) {
    // The last one is the longest in figures.
    const isApart = exponent - (kept.at(-1) ?? -Infinity) >= gap && last - exponent >= 1.5 * gap;
    if (isApart || exponent === last) kept.push(exponent);
  }
  return kept;
}

function answered({ points }: Sweep): readonly SweepPoint[] {
  return points.filter((point) => point.summary.requests > 0 && latencyOf(point).p50 > 0);
}

function latencyOf({ summary }: SweepPoint): { readonly p50: number; readonly p99: number } {
  return summary.correctedLatencyMs ?? summary.latencyMs;
}

function noteOf([first]: readonly Sweep[]): string {
  if (!first) return '';
  const axis = first.kind === 'rate' ? 'Requests per second' : 'Connections';
  const knee = first.knee ? ` What lies beyond the knee at ${formatCount(first.knee.level)} is shaded.` : '';
  return `${axis} and latency are on logarithmic scales.${knee}`;
}

function describe(sweeps: readonly Sweep[]): string {
  return `${sweeps.map(({ headline }) => headline).join(' ')} The same numbers stand in the table below.`;
}

function rows(sweeps: readonly Sweep[]): HTMLTableRowElement[] {
  return sweeps.flatMap(({ points, knee }, index) =>
    points.map((point) => {
      const isKnee = knee?.level === point.level;
      const errors = totalCount(point.summary.errors);
      const { p50, p99 } = latencyOf(point);
      return tableRow([
        `${formatCount(point.level)}${isKnee ? ' (knee)' : ''}${sweeps.length > 1 ? `, sweep ${index + 1}` : ''}`,
        formatCount(point.summary.throughputRps),
        formatLatency(p50),
        formatLatency(p99),
        formatCount(errors),
      ]);
    }),
  );
}
