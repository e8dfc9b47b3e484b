import { formatCount, formatDuration, formatLatency } from '../../src/core/report/format';
import type { RunSeries, UsageSeries } from '../../src/core/model/run';
import { el, show, tableRow, type View } from '../components/dom';
import { createChartFrame } from './chartFrame';
import type { Colors } from './colors';
import { createLanes } from './lanes';
import { createPlot, type PlotData } from './plot';
import { overTimeColumns, type OverTimeColumns } from './overTimeColumns';
import { linearTicks, zeroTicks } from './ticks';

const GRID_STEPS = 4;
const MOST_ROWS = 60;

/** A series, and how long the measured phase will be while it is still going on (null when it is over or not known). */
export interface OverTimeModel {
  readonly series: RunSeries;
  /** What processes used in the same time; null when nothing was seen. */
  readonly usage: UsageSeries | null;
  readonly plannedMs: number | null;
}

/**
 * Throughput on the left axis, p50 and p99 on the right, over the seconds of the run, and what the processes used below on
 * the same axis; grows while the run goes on.
 */
export function createOverTime(colors: Colors): View<OverTimeModel> {
  const plot = createPlot(
    {
      heightPx: 190,
      // The names of the lanes below stand there too.
      leftPx: 74,
      lines: [
        { label: 'requests/s', ink: 'rate', axis: 'left', format: formatCount },
        { label: 'p99', ink: 'tail', axis: 'right', format: formatLatency },
        { label: 'p50', ink: 'median', axis: 'right', dash: [6, 3], format: formatLatency },
        { label: 'errors/s', ink: 'fault', axis: 'left', dash: [2, 2], format: formatCount },
      ],
      formatX: (s) => `${s.toLocaleString('en-US')} s`,
      formatLeft: (value) => value.toLocaleString('en-US'),
      formatRight: axisLatency,
    },
    colors,
  );
  const frame = createChartFrame('Over time', plot.element);
  const lanes = createLanes();

  return {
    element: el('div', {}, frame.element, lanes.element),
    update: ({ series, usage, plannedMs }) => {
      const columns = overTimeColumns(series);
      const data = plotData(columns, plannedMs);
      plot.setData(data);
      show(lanes.element, usage !== null && usage.tMs.length > 0 && columns.t.length > 0);
      if (usage) lanes.update({ usage, fromS: data.x.min, toS: data.x.max });
      plot.describe(describe(columns));
      frame.update({
        fallback: columns.t.length === 0 ? (plannedMs === null ? 'No interval was measured.' : null) : null,
        note: (series.tMs[0] ?? 0) < 0 ? 'Shaded: warm-up, which is not in the numbers.' : '',
        table: { columns: ['', 'Requests / s', 'Errors', 'p50', 'p99'], rows: () => rows(series) },
      });
    },
  };
}

/** A latency on an axis: without the decimals that say nothing there. Examples: 5 → "5 ms", 2.5 → "2.5 ms", 0 → "0 ms". */
export function axisLatency(ms: number): string {
  return formatLatency(ms).replace('.0 ', ' ');
}

function plotData(columns: OverTimeColumns, plannedMs: number | null): PlotData {
  const first = columns.t[0] ?? 0;
  const last = Math.max((columns.t.at(-1) ?? 0) + columns.stepS, first + columns.stepS, (plannedMs ?? 0) / 1000);
  const rateTicks = zeroTicks(Math.max(largest(columns.rate), largest(columns.errors ?? [])), GRID_STEPS);
  const latencyTicks = zeroTicks(Math.max(largest(columns.p99), largest(columns.p50)), GRID_STEPS);
  return {
    lines: [columns.rate, columns.p99, columns.p50, columns.errors].map((y) => (y ? { x: columns.t, y } : null)),
    x: { min: first, max: last > first ? last : first + 1, ticks: linearTicks(first, last, 6) },
    left: { min: 0, max: rateTicks.at(-1) ?? 1, ticks: rateTicks },
    right: { min: 0, max: latencyTicks.at(-1) ?? 1, ticks: latencyTicks },
    shades: first < 0 ? [{ from: first, to: 0 }] : [],
  };
}

function describe({ t, rate, p50, p99 }: OverTimeColumns): string {
  if (t.length === 0) return 'Line chart of throughput and latency over time, still empty.';
  const [low, high] = [Math.min(...rate.filter((value) => value !== null)), largest(rate)];
  return (
    `Line chart over time: requests a second between ${formatCount(low)} and ${formatCount(high)}, ` +
    `p50 at most ${formatLatency(largest(p50))}, p99 at most ${formatLatency(largest(p99))} in one interval. ` +
    'The same numbers stand in the table below.'
  );
}

function largest(values: readonly (number | null)[]): number {
  return values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
}

/** Intervals taken together where there are many: requests and errors add up, of latencies the highest is told. */
function rows(series: RunSeries): HTMLTableRowElement[] {
  const group = Math.max(1, Math.ceil(series.tMs.length / MOST_ROWS));
  const found: HTMLTableRowElement[] = [];
  for (let start = 0; start < series.tMs.length; start += group) {
    const cut = <T>(column: readonly T[]): readonly T[] => column.slice(start, start + group);
    const [requests, errors] = [sum(cut(series.requests)), sum(cut(series.errors))];
    const spanS = (cut(series.requests).length * series.intervalMs) / 1000;
    const from = (series.tMs[start] ?? 0) / 1000;
    const prefix = group > 1 && requests > 0 ? 'up to ' : '';
    found.push(
      tableRow([
        `${from.toFixed(1)} s${from < 0 ? ' (warm-up)' : ''}`,
        formatCount(spanS > 0 ? requests / spanS : 0),
        formatCount(errors),
        requests === 0 ? '—' : prefix + formatLatency(Math.max(...cut(series.p50Ms))),
        requests === 0 ? '—' : prefix + formatLatency(Math.max(...cut(series.p99Ms))),
      ]),
    );
  }
  if (group === 1 || found.length === 0) return found;
  const [head] = found;
  head?.setAttribute('title', `One row stands for ${formatDuration(group * series.intervalMs)}.`);
  return found;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
