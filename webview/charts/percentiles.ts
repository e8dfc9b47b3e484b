import { formatLatency } from '../../src/core/report/format';
import {
  FEWEST_SAMPLES,
  axisToPercentile,
  percentileToAxis,
  type CurvePoint,
} from '../../src/core/report/percentileCurve';
import { tableRow, type View } from '../components/dom';
import { createChartFrame } from './chartFrame';
import type { Colors } from './colors';
import { listedPercentiles, type LatencyPair, type RunLatencies } from './latencies';
import { axisLatency } from './overTime';
import { createPlot, type LineData, type Shade } from './plot';
import { zeroTicks } from './ticks';

const MARKS = [50, 90, 99, 99.9, 99.99, 99.999, 99.9999];
const NEAREST_MARK = 0.001;
const NOTE = `Percent of answers that were no slower. Shaded: fewer than ${FEWEST_SAMPLES} answers beyond, too few to rely on.`;

/** Latency against percentile on a logarithmic axis, the run before dashed behind the shown one. */
export function createPercentiles(colors: Colors): View<LatencyPair> {
  const plot = createPlot(
    {
      heightPx: 190,
      lines: [
        { label: 'before', ink: 'before', axis: 'left', dash: [5, 4], format: formatLatency },
        { label: 'this run', ink: 'rate', axis: 'left', format: formatLatency },
      ],
      formatX: axisPercentile,
      formatLeft: axisLatency,
    },
    colors,
  );
  const frame = createChartFrame('Latency by percentile', plot.element);

  return {
    element: frame.element,
    update: ({ before, after }) => {
      const curves = [before?.curve ?? [], after.curve].filter((curve) => curve.length > 0);
      const points = curves.flat();
      const first = percentileToAxis(50);
      const last = Math.max(first + 0.1, ...points.map((point) => percentileToAxis(point.percentile)));
      const ticks = zeroTicks(Math.max(0, ...points.map((point) => point.latencyMs)), 4);
      plot.setData({
        lines: [before ? lineOf(before.curve) : null, lineOf(after.curve)],
        x: { min: first, max: last, ticks: MARKS.map(percentileToAxis).filter((mark) => mark <= last + NEAREST_MARK) },
        left: { min: 0, max: ticks.at(-1) ?? 1, ticks },
        shades: unreliable(after.curve, last),
      });
      plot.describe(describe(before, after));
      frame.update({
        fallback: after.curve.length === 0 ? 'Nothing was answered, so there is no latency to draw.' : null,
        note: NOTE,
        table: {
          columns: before ? ['', 'before', 'this run'] : ['', 'Latency'],
          rows: () => rows(before, after),
        },
      });
    },
  };
}

/** A mark of the axis as a percentile, with as many nines as it needs. Examples: 0.301 → "50", 2 → "99", 3 → "99.9". */
function axisPercentile(position: number): string {
  const percentile = axisToPercentile(position);
  const digits = Math.max(0, Math.ceil(position - 2 - NEAREST_MARK));
  return percentile.toFixed(digits);
}

function lineOf(curve: readonly CurvePoint[]): LineData {
  return { x: curve.map((point) => percentileToAxis(point.percentile)), y: curve.map((point) => point.latencyMs) };
}

function unreliable(curve: readonly CurvePoint[], last: number): Shade[] {
  const from = curve.find((point) => !point.isReliable);
  return from ? [{ from: percentileToAxis(from.percentile), to: last }] : [];
}

function describe(before: RunLatencies | null, after: RunLatencies): string {
  const told = [after, ...(before ? [before] : [])].map(({ curve }) => {
    const [first, last] = [curve[0], curve.at(-1)];
    return `from ${formatLatency(first?.latencyMs ?? 0)} at the median to ${formatLatency(last?.latencyMs ?? 0)} at the slowest`;
  });
  const earlier = told[1] === undefined ? '' : `; the run before ${told[1]}`;
  return `Curve of latency by percentile ${told[0] ?? ''}${earlier}. The same numbers stand in the table below.`;
}

function rows(before: RunLatencies | null, after: RunLatencies): HTMLTableRowElement[] {
  if (!after.histogram) {
    return after.curve.map(({ percentile, latencyMs }) => tableRow([`p${percentile}`, formatLatency(latencyMs)]));
  }
  const read = (run: RunLatencies | null, percentile: number): string =>
    run?.histogram ? formatLatency(run.histogram.percentileUs(percentile) / 1000) : '—';
  return listedPercentiles(after.histogram.count).map(({ percentile, isReliable }) =>
    tableRow([
      `p${percentile}${isReliable ? '' : ' (too few samples)'}`,
      ...(before ? [read(before, percentile)] : []),
      read(after, percentile),
    ]),
  );
}
