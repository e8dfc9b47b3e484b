import type { UsageLane, UsageSeries } from '../../src/core/model/run';
import { formatCount } from '../../src/core/report/format';
import { el, svg, tableRow, type View } from '../components/dom';
import { createChartFrame } from './chartFrame';

/** Samples, and the time that the chart above spans, in seconds. */
export interface LanesModel {
  readonly usage: UsageSeries;
  readonly fromS: number;
  readonly toS: number;
}

const MOST_ROWS = 60;
const ONE_CORE = 100;
const NOTE = 'CPU in percent of one core; the line is one core. Memory stands in the table.';
const INKS: Readonly<Record<UsageLane['role'], string>> = { server: 'rate', dependency: 'tail', generator: 'median' };

/**
 * One lane for the server, each service it uses and the load generator: height is CPU, up to one core or the most that
 * was used, on the time axis of the chart above.
 */
export function createLanes(): View<LanesModel> {
  const picture = el('div', { class: 'lanes', role: 'img' });
  const frame = createChartFrame('CPU and memory over time', picture);
  return {
    element: frame.element,
    update: (model) => {
      const { lanes } = model.usage;
      picture.replaceChildren(...lanes.map((lane) => laneRow(lane, model)));
      picture.setAttribute('aria-label', describe(model.usage));
      frame.update({
        fallback: null,
        note: NOTE,
        table: { columns: ['', ...lanes.flatMap(laneColumns)], rows: () => rows(model.usage) },
      });
    },
  };
}

/** How a lane is called where there is little room. */
function laneLabel({ role, name }: UsageLane): string {
  return role === 'dependency' ? name : role;
}

function laneRow(lane: UsageLane, { usage, fromS, toS }: LanesModel): HTMLElement {
  const top = Math.max(ONE_CORE, ...lane.cpuPercent.map((cpu) => cpu ?? 0));
  const drawing = svg(
    'svg',
    { viewBox: `0 0 ${toS - fromS} ${top}`, preserveAspectRatio: 'none', class: `lane-${INKS[lane.role]}` },
    ...(fromS < 0 ? [svg('rect', { class: 'lane-shade', width: -fromS, height: top })] : []),
    svg('path', { class: 'lane-area', d: area(usage.tMs, lane.cpuPercent, fromS, top) }),
    svg('path', {
      class: 'lane-core',
      d: `M0 ${top - ONE_CORE}H${toS - fromS}`,
      'vector-effect': 'non-scaling-stroke',
    }),
  );
  const mean = measuredMean(usage, lane.cpuPercent);
  return el(
    'div',
    { class: 'lane' },
    el('span', { class: 'lane-name', title: lane.name }, laneLabel(lane)),
    drawing as unknown as Node,
    el('span', { class: 'lane-value' }, mean === null ? '—' : percent(mean)),
  );
}

/** Each sample stands for the time since the one before it. */
function area(tMs: readonly number[], cpu: readonly (number | null)[], fromS: number, top: number): string {
  const parts: string[] = [];
  cpu.forEach((value, index) => {
    const end = (tMs[index] ?? 0) / 1000 - fromS;
    const start = index === 0 ? Math.max(0, end - 0.4) : (tMs[index - 1] ?? 0) / 1000 - fromS;
    if (value === null || end <= 0) return;
    const x = Math.max(0, start);
    parts.push(`M${x.toFixed(3)} ${top}V${(top - value).toFixed(1)}H${end.toFixed(3)}V${top}Z`);
  });
  return parts.join('');
}

/** Over the measured phase; over the warm-up while there is nothing else. */
function measuredMean({ tMs }: UsageSeries, column: readonly (number | null)[]): number | null {
  const known = column.flatMap((value, index) => (value === null ? [] : [{ value, t: tMs[index] ?? 0 }]));
  const measured = known.filter(({ t }) => t > 0);
  const used = measured.length > 0 ? measured : known;
  return used.length === 0 ? null : used.reduce((sum, { value }) => sum + value, 0) / used.length;
}

function describe(usage: UsageSeries): string {
  const told = usage.lanes.map((lane) => {
    const mean = measuredMean(usage, lane.cpuPercent);
    return `${laneLabel(lane)} ${mean === null ? 'unknown' : percent(mean)}`;
  });
  return `CPU over time in percent of one core, on average: ${told.join(', ')}. The same numbers stand in the table below.`;
}

function laneColumns(lane: UsageLane): string[] {
  return [
    `${laneLabel(lane)} CPU`,
    `${laneLabel(lane)} memory`,
    ...(lane.loopPercent ? [`${laneLabel(lane)} loop busy`] : []),
  ];
}

/** Of neighbours taken together the last is told. */
function rows({ tMs, lanes }: UsageSeries): HTMLTableRowElement[] {
  const group = Math.max(1, Math.ceil(tMs.length / MOST_ROWS));
  return tMs.flatMap((at, index) => {
    if (index % group !== group - 1) return [];
    const cell = (value: number | null | undefined, unit: string): string =>
      value === null || value === undefined ? '—' : `${formatCount(Math.round(value))} ${unit}`;
    return [
      tableRow([
        `${(at / 1000).toFixed(1)} s${at <= 0 ? ' (warm-up)' : ''}`,
        ...lanes.flatMap((lane) => [
          cell(lane.cpuPercent[index], '%'),
          cell(lane.rssMB[index], 'MB'),
          ...(lane.loopPercent ? [cell(lane.loopPercent[index], '%')] : []),
        ]),
      ]),
    ];
  });
}

function percent(value: number): string {
  return `${value > 0 && value < 0.5 ? '<1' : Math.round(value)} %`;
}
