import type { LoadStage } from '../model/loadProfile';

/** Length of all stages together. */
export function stagesMs(stages: readonly LoadStage[]): number {
  return stages.reduce((sum, { durationMs }) => sum + durationMs, 0);
}

/** The highest level that any stage reaches. */
export function peakLevel(stages: readonly LoadStage[]): number {
  return stages.reduce((peak, { from, to }) => Math.max(peak, from, to), 0);
}

/** The level at a moment since the stages began; after the last one, its end. */
export function levelAt(stages: readonly LoadStage[], ms: number): number {
  let startMs = 0;
  for (const { durationMs, from, to } of stages) {
    if (ms < startMs + durationMs) return from + ((to - from) * Math.max(0, ms - startMs)) / durationMs;
    startMs += durationMs;
  }
  return stages.at(-1)?.to ?? 0;
}
