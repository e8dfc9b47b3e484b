import type { LoadModel } from '../model/loadProfile';
import type { LatencySummary, StageResult } from '../model/run';
import { formatCount } from './format';
import { connectionsPhrase } from './loadPhrase';
import { totalCount } from '../stats/totalCount';

/** One stage as every report tells it. */
export interface StageRow {
  /** Example: "10 to 40 s". */
  readonly time: string;
  /** Examples: "16 to 256 connections", "100 req/s". */
  readonly level: string;
  readonly throughputRps: number;
  /** From the due time in an open loop; null when nothing was answered. */
  readonly latencyMs: LatencySummary | null;
  readonly errors: number;
  /** Open loop: what was sent of what was due in the stage, 0 to 1; null in a closed one. */
  readonly sentShare: number | null;
}

/** What every stage of a run is told by, in their order. */
export function stageRows(stages: readonly StageResult[], kind: LoadModel['kind']): readonly StageRow[] {
  return stages.map((stage) => ({
    time: `${seconds(stage.startMs)} to ${seconds(stage.startMs + stage.durationMs)} s`,
    level: levelOf(stage, kind),
    throughputRps: stage.throughputRps,
    latencyMs: stage.requests === 0 ? null : (stage.correctedLatencyMs ?? stage.latencyMs),
    errors: totalCount(stage.errors),
    sentShare:
      stage.due === undefined || stage.sent === undefined ? null : stage.due === 0 ? 1 : stage.sent / stage.due,
  }));
}

function levelOf({ from, to }: StageResult, kind: LoadModel['kind']): string {
  const start = from === to ? '' : `${formatCount(from)} to `;
  return kind === 'open' ? `${start}${formatCount(to)} req/s` : `${start}${connectionsPhrase(to)}`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1).replace('.0', '');
}
