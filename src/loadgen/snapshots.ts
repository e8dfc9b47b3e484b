import type { StopRule } from '../core/model/loadProfile';
import type { RunAccounting } from '../core/model/run';
import type { RunPhase, Snapshot } from '../core/model/runPlan';
import type { MergedParts } from './mergedParts';
import { ownMemoryMB } from './ownMemory';

/** Where a run is. */
export interface RunMoment {
  readonly phase: RunPhase;
  /** Since the phase began. */
  readonly elapsedMs: number;
  /** How long the warm-up has lasted. */
  readonly warmupMs: number;
}

/**
 * What is told of a run at this moment. Rows of the warm-up that were not complete before the measured phase began come
 * first, in a snapshot of their own, so that none is lost to a listener that draws it.
 */
export function snapshotsOf(merged: MergedParts, stop: StopRule, moment: RunMoment): readonly Snapshot[] {
  const { counts, load, warmupRows, measuredRows } = merged;
  const { phase, elapsedMs, warmupMs } = moment;
  const { durationMs, requests } = stop;
  const isMeasured = phase === 'measure' || phase === 'drain';
  const { accounting } = counts;
  const common = {
    requests: isMeasured ? accounting.measured : countAnswers(accounting),
    errors: isMeasured ? counts.errors : counts.warmupErrors,
    generator: {
      cpuPercent: load.recentCpuPercent,
      eventLoopUtilization: load.recentUtilization,
      rssMB: ownMemoryMB(),
    },
  };
  const warmedUp = warmupRows.takeNewRows();
  if (!isMeasured) return [{ ...common, phase, elapsedMs, progress: null, rows: warmedUp }];
  const byTime = durationMs === null ? 0 : elapsedMs / durationMs;
  const byCount = requests === null ? 0 : accounting.measured / requests;
  const progress = phase === 'drain' ? 1 : Math.min(1, Math.max(byTime, byCount));
  const now: Snapshot = { ...common, phase, elapsedMs, progress, rows: measuredRows.takeNewRows() };
  if (warmedUp.tMs.length === 0) return [now];
  return [{ ...common, phase: 'warmup', elapsedMs: warmupMs, progress: null, rows: warmedUp }, now];
}

/** Whole answers since the start of the run. */
export function countAnswers({ warmup, measured, drained }: RunAccounting): number {
  return warmup + measured + drained;
}
