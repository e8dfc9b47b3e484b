import type { LoadModel } from '../model/loadProfile';
import type { StageResult } from '../model/run';
import { alignColumns } from './columns';
import { formatCount, formatLatency, formatRate, formatShare } from './format';
import { stageRows } from './stageRows';

/** The stages of a run as a small table of plain text; latencies of an open loop count from the due time. */
export function stageLines(stages: readonly StageResult[], kind: LoadModel['kind']): readonly string[] {
  const rows = stageRows(stages, kind).map(({ time, level, throughputRps, latencyMs, errors, sentShare }) => [
    time,
    `${kind === 'open' ? 'at' : 'on'} ${level}`,
    formatRate(throughputRps),
    latencyMs ? `p50 ${formatLatency(latencyMs.p50)}` : '',
    latencyMs ? `p99 ${formatLatency(latencyMs.p99)}` : '',
    sentShare === null || sentShare === 1 ? '' : `${formatShare(sentShare)} of it sent`,
    errors === 0 ? '' : `${formatCount(errors)} error${errors === 1 ? '' : 's'}`,
  ]);
  return alignColumns(rows, [2]).map((line, index) => `  ${index === 0 ? 'Stages    ' : '          '}  ${line}`);
}
