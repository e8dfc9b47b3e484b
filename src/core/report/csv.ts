import type { Run } from '../model/run';

/** RFC 4180; one row for each interval of the measured phase, times in milliseconds since it began. */
export function renderCsv({ series }: Run): string {
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
