import type { Sweep, SweepPoint } from '../model/sweep';
import { alignColumns } from './columns';
import { formatCount, formatLatency, formatRate } from './format';
import { totalCount } from '../stats/totalCount';

/** A sweep as a person reads it in a terminal: lines of plain text with a final line break. */
export function formatSweepText(sweep: Sweep): string {
  const { request, points, kind, knee, profile } = sweep;
  const seconds = (profile.stop.durationMs ?? 0) / 1000;
  const unit = kind === 'rate' ? 'requests per second' : 'connections';
  const head = ['', kind === 'rate' ? 'rate' : 'connections', 'throughput', 'p50', 'p99', 'errors', 'server CPU'];
  const nearest = points.findLast(({ level }) => knee !== null && level <= knee.level);
  const rows = points.map((point) => [point === nearest ? '>' : '', ...cells(point)]);
  const hasCpu = points.some(({ server }) => server !== null);
  const table = [head, ...rows].map((row) => (hasCpu ? row : row.slice(0, -1)));
  const lines = [
    `${request.method} ${request.url}`,
    `${points.length} of ${sweep.levels.length} levels of ${unit}, ${seconds} s each`,
    '',
    ...alignColumns(table, [1, 2, 3, 4, 5, 6]),
    '',
    sweep.headline,
    ...sweep.details,
  ];
  if (sweep.warnings.length > 0) lines.push('', ...sweep.warnings.map(({ message }) => `Note: ${message}`));
  return `${lines.join('\n')}\n`;
}

function cells({ level, summary, server }: SweepPoint): readonly string[] {
  const latency = summary.correctedLatencyMs ?? summary.latencyMs;
  const errors = totalCount(summary.errors);
  const cpu = server?.processes
    .filter(({ role }) => role === 'server')
    .reduce((sum, { cpuPercent }) => sum + cpuPercent, 0);
  return [
    formatCount(level),
    formatRate(summary.throughputRps),
    summary.requests === 0 ? '' : formatLatency(latency.p50),
    summary.requests === 0 ? '' : formatLatency(latency.p99),
    formatCount(errors),
    cpu === undefined ? '' : `${cpu.toFixed(0)} %`,
  ];
}
