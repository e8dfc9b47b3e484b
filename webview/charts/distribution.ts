import { formatCount, formatLatency, formatShare } from '../../src/core/report/format';
import { barEdgesUs, latencyBars, type LatencyBar } from '../../src/core/report/percentileCurve';
import { tableRow, type View } from '../components/dom';
import { createChartFrame } from './chartFrame';
import type { Colors } from './colors';
import type { LatencyPair, RunLatencies } from './latencies';
import { axisLatency } from './overTime';
import { createPlot, type LineData } from './plot';
import { logTicks, zeroTicks } from './ticks';

const BARS = 48;

/** How the answers spread over latency: bars of the shown run, the outline of the run before over them. */
export function createDistribution(colors: Colors): View<LatencyPair> {
  const plot = createPlot(
    {
      heightPx: 190,
      lines: [
        { label: 'this run', ink: 'rate', axis: 'left', steps: 'filled', format: formatShare },
        { label: 'before', ink: 'before', axis: 'left', dash: [5, 4], steps: 'outline', format: formatShare },
      ],
      formatX: (position) => axisLatency(10 ** position),
      formatLeft: axisShare,
    },
    colors,
  );
  const frame = createChartFrame('Latency distribution', plot.element);

  return {
    element: frame.element,
    update: ({ before, after }) => {
      const histograms = [after.histogram, before?.histogram ?? null].filter((histogram) => histogram !== null);
      const edges = barEdgesUs(histograms, BARS);
      const now = after.histogram ? latencyBars(after.histogram, edges) : [];
      const then = before?.histogram ? latencyBars(before.histogram, edges) : null;
      draw(now, then);
      frame.update({
        fallback: now.length > 0 ? null : fallbackOf(after),
        note: 'Percent of answers by latency; the axis is logarithmic.',
        table: {
          columns: then ? ['', 'before', 'this run'] : ['', 'Answers', 'Share'],
          rows: () => rows(now, then),
        },
      });
    },
  };

  function draw(now: readonly LatencyBar[], then: readonly LatencyBar[] | null): void {
    const [low, high] = [now[0]?.fromMs ?? 1, now.at(-1)?.toMs ?? 2];
    const ticks = zeroTicks(Math.max(0.0001, ...[...now, ...(then ?? [])].map((bar) => bar.share)), 4);
    plot.setData({
      lines: [stepsOf(now), then ? stepsOf(then) : null],
      x: { min: Math.log10(low), max: Math.log10(high), ticks: logTicks(low, high, 5).map(Math.log10) },
      left: { min: 0, max: ticks.at(-1) ?? 1, ticks },
      shades: [],
    });
    const top = now.reduce<LatencyBar | null>((most, bar) => (most && most.count >= bar.count ? most : bar), null);
    const most = top ? `most answers took ${formatLatency(top.fromMs)} to ${formatLatency(top.toMs)}` : 'empty';
    plot.describe(`Histogram of latencies: ${most}. The same numbers stand in the table below.`);
  }
}

function fallbackOf({ curve }: RunLatencies): string {
  if (curve.length === 0) return 'Nothing was answered, so there is no distribution to draw.';
  return 'The stored latency histogram is damaged, so the distribution cannot be drawn; run again.';
}

/** Bars as steps: each value holds from its edge to the next, the last one to the end. */
function stepsOf(bars: readonly LatencyBar[]): LineData {
  const last = bars.at(-1);
  return {
    x: [...bars.map((bar) => Math.log10(bar.fromMs)), ...(last ? [Math.log10(last.toMs)] : [])],
    y: [...bars.map((bar) => bar.share), ...(last ? [last.share] : [])],
  };
}

function rows(now: readonly LatencyBar[], then: readonly LatencyBar[] | null): HTMLTableRowElement[] {
  return now.flatMap((bar, index) => {
    const earlier = then?.[index];
    if (bar.count === 0 && (earlier?.count ?? 0) === 0) return [];
    const span = `${formatLatency(bar.fromMs)} to ${formatLatency(bar.toMs)}`;
    return [
      earlier
        ? tableRow([span, formatShare(earlier.share), formatShare(bar.share)])
        : tableRow([span, formatCount(bar.count), formatShare(bar.share)]),
    ];
  });
}

function axisShare(share: number): string {
  return `${Number((share * 100).toPrecision(3)).toLocaleString('en-US')} %`;
}
