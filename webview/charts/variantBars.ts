import { formatCount, formatLatency } from '../../src/core/report/format';
import type { VariantLine } from '../../src/core/report/variantsView';
import { el, svg } from '../components/dom';

/** Everything is drawn on a scale from 0 to this, stretched to the room there is. */
const WIDTH = 1000;
const HEIGHT = 20;

/** Throughput of several servers as bars, with the range of their rounds, and their p50 to p99 on a logarithmic scale beside it. */
export function drawVariantBars(lines: readonly VariantLine[]): HTMLElement {
  const measured = lines.flatMap(({ figures }) => figures ?? []);
  const most = Math.max(...measured.map(({ highestRps }) => highestRps));
  const latencies = measured.flatMap(({ p50Ms, p99Ms }) => [p50Ms, p99Ms]).filter((ms) => ms > 0);
  const low = Math.log10(Math.min(...latencies)) - 0.1;
  const span = Math.log10(Math.max(...latencies)) + 0.1 - low;
  const rows = lines.map(({ name, figures }) => {
    const label = el('div', { class: 'bar-name', title: name }, name);
    if (!figures) return el('div', { class: 'bar-row' }, label, el('div', { class: 'bar-none' }, 'not measured'));
    const { throughputRps, lowestRps, highestRps, p50Ms, p99Ms } = figures;
    const x = (rps: number): number => (rps / most) * WIDTH;
    const t = (ms: number): number => (ms > 0 ? ((Math.log10(ms) - low) / span) * WIDTH : 0);
    const hasRange = highestRps > lowestRps;
    return el(
      'div',
      { class: 'bar-row' },
      label,
      picture(
        'bar-rate',
        svg('rect', { class: 'bar', x: 0, y: 3, width: x(throughputRps), height: HEIGHT - 6 }),
        ...(hasRange ? [line('whisker', x(lowestRps), x(highestRps))] : []),
        ...(hasRange ? [lowestRps, highestRps].map((rps) => post('whisker', x(rps))) : []),
      ),
      el('div', { class: 'bar-value' }, formatCount(throughputRps)),
      picture(
        'bar-latency',
        line('reach', t(p50Ms), t(p99Ms)),
        post('reach median', t(p50Ms)),
        post('reach', t(p99Ms)),
      ),
      el('div', { class: 'bar-value' }, `${formatLatency(p50Ms)} – ${formatLatency(p99Ms)}`),
    );
  });
  const head = el(
    'div',
    { class: 'bar-row bar-head' },
    el('div', {}),
    el('div', {}, 'Requests / s'),
    el('div', {}),
    el('div', {}, 'p50 – p99'),
    el('div', {}),
  );
  return el('div', { class: 'bars', 'aria-hidden': 'true' }, head, ...rows);
}

function picture(className: string, ...parts: readonly SVGElement[]): SVGElement {
  const box = { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', class: className };
  return svg('svg', box, ...parts);
}

function line(className: string, from: number, to: number): SVGElement {
  return svg('line', { class: className, x1: from, x2: to, y1: HEIGHT / 2, y2: HEIGHT / 2 });
}

function post(className: string, at: number): SVGElement {
  return svg('line', { class: className, x1: at, x2: at, y1: 4, y2: HEIGHT - 4 });
}
