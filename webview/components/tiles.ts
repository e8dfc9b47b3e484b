import { failureCount, numberRows } from '../../src/core/compare/rows';
import { formatCount, formatLatency, formatShare } from '../../src/core/report/format';
import { FEWEST_SAMPLES, samplesBeyond } from '../../src/core/report/percentileCurve';
import type { ComparedMetric, Comparison } from '../../src/core/model/comparison';
import type { Run } from '../../src/core/model/run';
import type { LiveRun } from '../../src/core/plan/liveRun';
import { metricOf } from '../verdictWords';
import { shortChangeMark, verdictMark } from './changeMark';
import { el, type View } from './dom';

/** Two runs beside each other, or one alone. */
export interface RunPair {
  readonly before: Run | null;
  readonly after: Run;
}

interface Tile {
  readonly label: string;
  readonly value: string;
  readonly note: Node | string;
  readonly tone?: 'faint' | 'bad';
}

const TILE_METRICS: Readonly<Partial<Record<string, ComparedMetric>>> = {
  throughputRps: 'throughput',
  p50: 'p50',
  p90: 'p90',
  p99: 'p99',
  p999: 'p999',
};

const LATENCIES = [
  ['p50', 'p50', 50],
  ['p90', 'p90', 90],
  ['p99', 'p99', 99],
  ['p999', 'p99.9', 99.9],
] as const;

/** Two runs and what can be said about the change. */
interface TilesModel extends RunPair {
  readonly comparison: Comparison | null;
}

/** The few numbers that matter, large; each with what can be said about its difference to the run before. */
export function createTiles(): View<TilesModel> {
  const element = el('div', { class: 'tiles', role: 'list', 'aria-label': 'Result' });
  return {
    element,
    update: ({ before, after, comparison }) => {
      const rows = new Map(numberRows(before, after).map((row) => [row.key, row]));
      const { requests, latencyMs, throughputRps } = after.summary;
      const change = (key: string): Node | string => {
        const row = rows.get(key);
        const metric = TILE_METRICS[key] && metricOf(comparison, TILE_METRICS[key]);
        if (comparison && metric && !comparison.blocker) return verdictMark(metric, comparison.margin);
        // Beside a verdict, a difference that nothing was said about is not praised.
        if (comparison && key !== 'errors') return '';
        return row?.before == null ? '' : shortChangeMark(row);
      };
      const failures = failureCount(after);
      draw(element, [
        { label: 'Requests / s', value: formatCount(throughputRps), note: change('throughputRps') },
        ...LATENCIES.map(([key, label, percentile]): Tile => {
          const beyond = samplesBeyond(requests, percentile);
          if (requests === 0) return { label, value: '—', note: '', tone: 'faint' };
          if (beyond >= FEWEST_SAMPLES) return { label, value: formatLatency(latencyMs[key]), note: change(key) };
          const answers = beyond === 1 ? '1 answer' : `${beyond === 0 ? 'no' : beyond} answers`;
          const note = `${answers} above: too few samples`;
          return { label, value: formatLatency(latencyMs[key]), note, tone: 'faint' };
        }),
        { label: 'Slowest', value: requests === 0 ? '—' : formatLatency(latencyMs.max), note: change('max') },
        {
          label: 'Errors',
          value: formatCount(failures),
          note: failures === 0 ? change('errors') : `${formatShare(failures / (failures + requests))} of all requests`,
          ...(failures > 0 ? { tone: 'bad' as const } : {}),
        },
      ]);
    },
  };
}

/** The same place while a run goes on: what the last interval said. */
export function createLiveTiles(): View<LiveRun> {
  const element = el('div', { class: 'tiles', role: 'list', 'aria-label': 'So far' });
  return {
    element,
    update: ({ series, requests, failures }) => {
      const last = series.requests.length - 1;
      const answered = (series.requests[last] ?? 0) > 0;
      const rate = series.intervalMs > 0 ? ((series.requests[last] ?? 0) * 1000) / series.intervalMs : NaN;
      const latency = (column: readonly number[]): string => (answered ? formatLatency(column[last] ?? NaN) : '—');
      draw(element, [
        { label: 'Requests / s now', value: formatCount(rate), note: '' },
        { label: 'p50 now', value: latency(series.p50Ms), note: '' },
        { label: 'p99 now', value: latency(series.p99Ms), note: '' },
        { label: 'Answers', value: formatCount(requests), note: '' },
        { label: 'Errors', value: formatCount(failures), note: '', ...(failures > 0 ? { tone: 'bad' as const } : {}) },
      ]);
    },
  };
}

function draw(element: HTMLElement, tiles: readonly Tile[]): void {
  element.replaceChildren(
    ...tiles.map(({ label, value, note, tone }) =>
      el(
        'div',
        { class: tone ? `tile ${tone}` : 'tile', role: 'listitem' },
        el('div', { class: 'tile-label' }, label),
        el('div', { class: 'tile-value' }, value),
        el('div', { class: 'tile-note' }, note),
      ),
    ),
  );
}
