import type { LoadModel, LoadStage } from '../model/loadProfile';

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

/** How many requests are due in a stage of an open loop: the area below its rate. */
export function dueInStage({ durationMs, from, to }: LoadStage): number {
  return ((from + to) / 2) * (durationMs / 1000);
}

/** The model at the level that its first stage begins with, for the warm-up; null when that is nothing. */
export function warmupModel(model: LoadModel): LoadModel | null {
  const [first] = model.stages ?? [];
  if (!first) return model;
  if (first.from === 0) return null;
  const stages = [{ durationMs: Infinity, from: first.from, to: first.from }];
  return { ...model, stages };
}
