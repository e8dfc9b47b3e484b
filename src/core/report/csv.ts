import type { Run } from '../model/run';
import { renderMixCsv } from './mixLines';

/**
 * RFC 4180; one row for each interval of the measured phase, times in milliseconds since it began. Where the load had stages a
 * last column says in which of them an interval begins, from 1. Of a mix, one row for each endpoint.
 */
export function renderCsv(run: Run): string {
  if (run.mix) return renderMixCsv(run, run.mix);
  const { series, stages } = run;
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
      ...(stages ? [stages.findLastIndex(({ startMs }) => startMs <= tMs) + 1] : []),
    ].join(','),
  );
  return [`${header}${stages ? ',stage' : ''}`, ...rows, ''].join('\r\n');
}
