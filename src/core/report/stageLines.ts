import type { LoadModel } from '../model/loadProfile';
import type { StageResult } from '../model/run';
import { alignColumns } from './columns';
import { formatCount, formatLatency, formatRate } from './format';

/** The stages of a run as a small table of plain text; latencies of an open loop count from the due time. */
export function stageLines(stages: readonly StageResult[], kind: LoadModel['kind']): readonly string[] {
  const rows = stages.map((stage) => {
    const latency = stage.correctedLatencyMs ?? stage.latencyMs;
    const errors = Object.values(stage.errors).reduce((sum, count) => sum + count, 0);
    return [
      `${seconds(stage.startMs)} to ${seconds(stage.startMs + stage.durationMs)} s`,
      describeLevel(stage, kind),
      formatRate(stage.throughputRps),
      stage.requests === 0 ? '' : `p50 ${formatLatency(latency.p50)}`,
      stage.requests === 0 ? '' : `p99 ${formatLatency(latency.p99)}`,
      errors === 0 ? '' : `${formatCount(errors)} errors`,
    ];
  });
  return alignColumns(rows, [2]).map((line, index) => `  ${index === 0 ? 'Stages    ' : '          '}  ${line}`);
}

function describeLevel({ from, to }: StageResult, kind: LoadModel['kind']): string {
  const level = from === to ? formatCount(from) : `${formatCount(from)} to ${formatCount(to)}`;
  return kind === 'open' ? `at ${level} req/s` : `on ${level} connections`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1).replace('.0', '');
}
