import { LATENCY_KEYS, type Run } from '../../core/model/run';
import { encodeRun } from '../../core/history/runFile';
import { formatCount, formatLatency, formatPercentChange } from '../../core/report/format';
import type { ExportFormat } from '../../protocol/page';

/** A run as the text of a file: JSON as it is stored, CSV with one row per interval, Markdown with the summary. */
export function renderRun(format: ExportFormat, run: Run, before: Run | null): string {
  switch (format) {
    case 'json':
      return encodeRun(run);
    case 'csv':
      return renderCsv(run);
    case 'markdown':
      return renderMarkdown(run, before);
  }
}

/** RFC 4180; times in milliseconds since the measured phase began. */
function renderCsv({ series }: Run): string {
  const header = 'time_ms,interval_ms,requests,errors,p50_ms,p99_ms,bytes_read';
  const rows = series.tMs.map((tMs, row) =>
    [
      tMs,
      series.intervalMs,
      series.requests[row],
      series.errors[row],
      series.p50Ms[row],
      series.p99Ms[row],
      series.bytesRead[row],
    ].join(','),
  );
  return [header, ...rows, ''].join('\r\n');
}

function renderMarkdown(run: Run, before: Run | null): string {
  const { summary, environment, profile } = run;
  const title = run.endpoint
    ? `${run.endpoint.method} ${run.endpoint.path}`
    : `${run.request.method} ${run.request.url}`;
  const connections = profile.model.kind === 'closed' ? profile.model.connections : profile.model.maxConnections;
  const row = (name: string, read: (of: Run) => number, format: (value: number) => string): string =>
    before
      ? `| ${name} | ${format(read(before))} | ${format(read(run))} | ${formatPercentChange(changeOf(read(before), read(run)))} |`
      : `| ${name} | ${format(read(run))} |`;
  const lines = [
    `# ${code(title)}`,
    '',
    `Measured ${run.startedAt} on ${code(run.target.baseUrl)} for ${summary.durationS.toFixed(1)} s with ${connections} connections, state ${run.state}. ` +
      `${environment.cpuModel}, ${environment.cores} cores, ${environment.os}, commit ${environment.commit?.slice(0, 7) ?? 'unknown'}${environment.dirty ? ' with changes' : ''}.`,
    '',
    before ? '| | before | after | change |' : '| | |',
    before ? '|---|---:|---:|---:|' : '|---|---:|',
    row('Requests / s', (of) => of.summary.throughputRps, formatCount),
    row('Requests', (of) => of.summary.requests, formatCount),
    ...LATENCY_KEYS.map((key) => row(key, (of) => of.summary.latencyMs[key], formatLatency)),
    row('Errors', (of) => sum(of.summary.errors), formatCount),
    '',
    ...(before ? ['One run on each side proves little: the next pair may show another difference.', ''] : []),
    ...run.warnings.map(({ message }) => `- ${message.replace(/[\r\n]+/g, ' ')}`),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function sum(counts: Readonly<Record<string, number | undefined>>): number {
  return Object.values(counts).reduce<number>((total, count) => total + (count ?? 0), 0);
}

function changeOf(before: number, after: number): number | null {
  return before === 0 ? null : after / before - 1;
}

/** As code, whatever characters it has. */
function code(text: string): string {
  const fence = text.includes('`') ? '``' : '`';
  return `${fence}${text.replace(/[\r\n]+/g, ' ')}${fence}`;
}
