import type { LoadModel, LoadStage } from '../model/loadProfile';
import type { ErrorKind, StageResult } from '../model/run';
import { addCounts } from '../stats/addCounts';
import { LatencyHistogram, type HistogramColumns } from '../stats/histogram';
import { summarizeLatency } from '../stats/summarizeLatency';

/** What one thread counted in one stage; the tallies of several threads add up. */
export interface StageTally {
  readonly requests: number;
  readonly errors: Readonly<Partial<Record<ErrorKind, number>>>;
  readonly latencies: HistogramColumns;
  /** From the due time; empty in a closed loop. */
  readonly corrected: HistogramColumns;
  /** Open loop: requests due in the stage, and those of them that were sent before it ended. */
  readonly due: number;
  readonly sent: number;
}

/**
 * The results of the stages that were reached, from what each thread counted in them. `model` is the whole load, not a
 * share; `measuredMs` is how long the measured phase lasted.
 */
export function summarizeStages(
  model: LoadModel,
  threads: readonly (readonly StageTally[])[],
  measuredMs: number,
): readonly StageResult[] {
  let startMs = 0;
  return (model.stages ?? []).flatMap((stage, index) => {
    const durationMs = Math.min(stage.durationMs, measuredMs - startMs);
    const tallies = threads.flatMap((thread) => thread[index] ?? []);
    const result = durationMs > 0 ? [summarize(model, stage, startMs, durationMs, tallies)] : [];
    startMs += stage.durationMs;
    return result;
  });
}

function summarize(
  model: LoadModel,
  { from, to }: LoadStage,
  startMs: number,
  durationMs: number,
  tallies: readonly StageTally[],
): StageResult {
  const latencies = addUp(tallies.map((tally) => tally.latencies));
  const requests = sum(tallies.map((tally) => tally.requests));
  return {
    startMs,
    durationMs: Math.round(durationMs * 1000) / 1000,
    from,
    to,
    requests,
    throughputRps: requests / (durationMs / 1000),
    latencyMs: summarizeLatency(latencies),
    ...(model.kind === 'open'
      ? { correctedLatencyMs: summarizeLatency(addUp(tallies.map((tally) => tally.corrected))) }
      : {}),
    errors: tallies.reduce<StageTally['errors']>((all, { errors }) => addCounts(all, errors), {}),
    ...(model.kind === 'open'
      ? { due: sum(tallies.map((tally) => tally.due)), sent: sum(tallies.map((tally) => tally.sent)) }
      : {}),
    histogram: latencies.encode(),
  };
}

function addUp(parts: readonly HistogramColumns[]): LatencyHistogram {
  const total = new LatencyHistogram();
  for (const columns of parts) if (columns.indexes.length > 0) total.addColumns(columns);
  return total;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
