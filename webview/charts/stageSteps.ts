import type { LoadModel } from '../../src/core/model/loadProfile';
import type { LatencySummary, Run, StageResult } from '../../src/core/model/run';
import { formatCount, formatLatency, formatShare, NO_VALUE } from '../../src/core/report/format';
import { stageRows } from '../../src/core/report/stageRows';
import { el, show, svg, tableRow, type View } from '../components/dom';
import type { RunPair } from '../components/tiles';
import { createChartFrame } from './chartFrame';
import type { Colors } from './colors';
import { axisLatency } from './overTime';
import { createPlot, type LineData, type PlotData } from './plot';
import { linearTicks, zeroTicks } from './ticks';

/** A step in the load is drawn as a line that is so steep, seconds: a value stands at each x only once. */
const STEP_S = 1e-6;

/**
 * What came back in each stage of a run whose load changes: throughput, p50 and p99 of the stage, with the rate that was
 * asked for, or the connections below; hidden where there are no stages.
 */
export function createStageSteps(colors: Colors): View<RunPair> {
  const plot = createPlot(
    {
      heightPx: 190,
      leftPx: 74,
      lines: [
        { label: 'requests/s', ink: 'rate', axis: 'left', steps: 'filled', format: formatCount },
        { label: 'asked for', ink: 'text', axis: 'left', dash: [2, 2], format: formatCount },
        { label: 'p99', ink: 'tail', axis: 'right', steps: 'outline', format: formatLatency },
        { label: 'p50', ink: 'median', axis: 'right', steps: 'outline', dash: [6, 3], format: formatLatency },
      ],
      formatX: (s) => `${s.toLocaleString('en-US')} s`,
      formatLeft: (value) => value.toLocaleString('en-US'),
      formatRight: axisLatency,
    },
    colors,
  );
  const level = el('div', { class: 'lanes' });
  const frame = createChartFrame('By stage', el('div', {}, plot.element, level));
  return {
    element: frame.element,
    update: ({ before, after }) => {
      const stages = after.stages ?? [];
      const { kind } = after.profile.model;
      show(frame.element, stages.length > 0);
      if (stages.length === 0) return;
      plot.setData(plotData(stages, kind));
      plot.describe(describe(stages, kind));
      level.replaceChildren(...(kind === 'closed' ? [connectionsLane(stages)] : []));
      const earlier = sameStages(before, after) ? (before?.stages ?? []) : [];
      frame.update({
        fallback: null,
        note: noteOf(stages, kind),
        table: { columns: columnsOf(kind, earlier), rows: () => rows(stages, earlier, kind) },
      });
    },
  };
}

function plotData(stages: readonly StageResult[], kind: LoadModel['kind']): PlotData {
  const end = endS(stages.at(-1));
  const x = [...stages.map(startS), end];
  const steps = (read: (stage: StageResult) => number | null): LineData => {
    const values = stages.map(read);
    return { x, y: [...values, values.at(-1) ?? null] };
  };
  const latency = (key: 'p50' | 'p99') => (stage: StageResult) => (stage.requests === 0 ? null : latencyOf(stage)[key]);
  const lines = [
    steps(({ throughputRps }) => throughputRps),
    kind === 'open' ? levelLine(stages) : null,
    steps(latency('p99')),
    steps(latency('p50')),
  ];
  const left = zeroTicks(Math.max(largest(lines[0]), largest(lines[1])), 4);
  const right = zeroTicks(Math.max(largest(lines[2]), largest(lines[3])), 4);
  return {
    lines,
    x: { min: 0, max: end, ticks: linearTicks(0, end, 6) },
    left: { min: 0, max: left.at(-1) ?? 1, ticks: left },
    right: { min: 0, max: right.at(-1) ?? 1, ticks: right },
    shades: stages.flatMap((stage, index) => (index % 2 === 1 ? [{ from: startS(stage), to: endS(stage) }] : [])),
  };
}

function levelLine(stages: readonly StageResult[]): LineData {
  return {
    x: stages.flatMap((stage, index) => [startS(stage) + (index === 0 ? 0 : STEP_S), endS(stage)]),
    y: stages.flatMap(({ from, to }) => [from, to]),
  };
}

/** Connections have no axis of their own; their shape stands below, as tall as the most of them. */
function connectionsLane(stages: readonly StageResult[]): HTMLElement {
  const top = Math.max(1, ...stages.flatMap(({ from, to }) => [from, to]));
  const points = stages.map(
    (stage) => `L${startS(stage).toFixed(3)} ${top - stage.from}L${endS(stage).toFixed(3)} ${top - stage.to}`,
  );
  const end = endS(stages.at(-1)).toFixed(3);
  const drawing = svg(
    'svg',
    { viewBox: `0 0 ${end} ${top}`, preserveAspectRatio: 'none', class: 'lane-rate', 'aria-hidden': 'true' },
    svg('path', { class: 'lane-area', d: `M0 ${top}${points.join('')}L${end} ${top}Z` }),
  );
  return el(
    'div',
    { class: 'lane' },
    el('span', { class: 'lane-name' }, 'connections'),
    drawing as unknown as Node,
    el('span', { class: 'lane-value' }, `≤ ${formatCount(top)}`),
  );
}

function noteOf(stages: readonly StageResult[], kind: LoadModel['kind']): string {
  const shaded = stages.length > 1 ? ' Every second stage is shaded.' : '';
  return kind === 'open' ? `Latencies count from when a request was due.${shaded}` : shaded.trim();
}

function describe(stages: readonly StageResult[], kind: LoadModel['kind']): string {
  const told = stageRows(stages, kind).map(
    ({ level, throughputRps, latencyMs }) =>
      `${level}: ${formatCount(throughputRps)} requests a second, p99 ${latencyMs ? formatLatency(latencyMs.p99) : 'unknown'}`,
  );
  return `${stages.length} stages. ${told.slice(0, 12).join('; ')}. The same numbers stand in the table below.`;
}

function columnsOf(kind: LoadModel['kind'], earlier: readonly StageResult[]): readonly string[] {
  const then = earlier.length > 0 ? ['Requests / s before', 'p99 before'] : [];
  return ['', 'Load', 'Requests / s', 'p50', 'p99', 'Errors', ...(kind === 'open' ? ['Sent'] : []), ...then];
}

function rows(
  stages: readonly StageResult[],
  earlier: readonly StageResult[],
  kind: LoadModel['kind'],
): HTMLTableRowElement[] {
  const then = stageRows(earlier, kind);
  return stageRows(stages, kind).map(({ time, level, throughputRps, latencyMs, errors, sentShare }, index) => {
    const was = then[index];
    return tableRow([
      time,
      level,
      formatCount(throughputRps),
      told(latencyMs, 'p50'),
      told(latencyMs, 'p99'),
      formatCount(errors),
      ...(sentShare === null ? [] : [formatShare(sentShare)]),
      ...(was ? [formatCount(was.throughputRps), told(was.latencyMs, 'p99')] : []),
    ]);
  });
}

function told(latency: LatencySummary | null, key: 'p50' | 'p99'): string {
  return latency ? formatLatency(latency[key]) : NO_VALUE;
}

/** Stages are put beside each other only where the load was the same. */
function sameStages(before: Run | null, after: Run): boolean {
  const load = (run: Run): string => JSON.stringify(run.profile.model.stages ?? null);
  return before !== null && before.profile.model.kind === after.profile.model.kind && load(before) === load(after);
}

function latencyOf({ latencyMs, correctedLatencyMs }: StageResult): LatencySummary {
  return correctedLatencyMs ?? latencyMs;
}

function startS({ startMs }: StageResult): number {
  return startMs / 1000;
}

function endS(stage: StageResult | undefined): number {
  return stage ? (stage.startMs + stage.durationMs) / 1000 : 0;
}

function largest(line: LineData | null | undefined): number {
  return (line?.y ?? []).reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
}
