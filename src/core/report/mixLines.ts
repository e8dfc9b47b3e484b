import type { MixReport } from '../model/mix';
import type { Run, RunSummary } from '../model/run';
import { alignColumns } from './columns';
import { formatBytes, formatCount, formatLatency, formatRate, formatShare, NO_VALUE } from './format';
import { mixRows } from './mixRows';

/** The endpoints of a mix as a small table of plain text, all together first; latencies of an open loop count from the due time. */
export function mixLines(mix: MixReport, summary: RunSummary): readonly string[] {
  const { rows, total } = mixRows(mix, summary);
  const cells = [total, ...rows].map(({ name, share, throughputRps, latencyMs, errors, errorWords, meanBytes }) => [
    name,
    formatShare(share),
    formatRate(throughputRps),
    ...(['p50', 'p90', 'p99'] as const).map((key) => `${key} ${latencyMs ? formatLatency(latencyMs[key]) : NO_VALUE}`),
    formatBytes(meanBytes),
    errors === 0 ? '' : `${formatCount(errors)} error${errors === 1 ? '' : 's'} (${errorWords})`,
  ]);
  return alignColumns(cells, [1, 2]).map((line, index) => `  ${index === 0 ? 'Requests  ' : '          '}  ${line}`);
}

/** RFC 4180; one row for each endpoint of a mix, the last one for all together. */
export function renderMixCsv({ summary }: Run, mix: MixReport): string {
  const { rows, total } = mixRows(mix, summary);
  const header = 'name,weight,share,requests,errors,throughput_rps,p50_ms,p90_ms,p99_ms,mean_ms,max_ms,mean_bytes';
  const lines = [...rows, total].map((row) => {
    const latencies = (['p50', 'p90', 'p99', 'mean', 'max'] as const).map((key) => row.latencyMs?.[key] ?? '');
    const { name, weight, share, requests, errors, throughputRps, meanBytes } = row;
    return [
      quoted(name),
      weight ?? '',
      rounded(share, 4),
      requests,
      errors,
      rounded(throughputRps, 3),
      ...latencies,
      Math.round(meanBytes),
    ].join(',');
  });
  return [header, ...lines, ''].join('\r\n');
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** A cell that begins like a formula is kept from being one. */
function quoted(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
