import type { LoadModel, LoadStage } from '../../src/core/model/loadProfile';
import type { Run, RunSeries, StageResult } from '../../src/core/model/run';
import { appendRows } from '../../src/core/plan/liveRun';
import { peakLevel, stagesMs } from '../../src/core/plan/stages';
import { decodeHistogram, LatencyHistogram } from '../../src/core/stats/histogram';
import { summarizeLatency } from '../../src/core/stats/summarizeLatency';
import { makeRun } from './drawnRun';

/** A stage, and what comes back in it; nothing when `medianMs` is 0. */
export interface StageWish extends LoadStage {
  readonly medianMs: number;
  readonly perSecond: number;
}

/** A run whose load changes, put together from a drawn run for each stage, so that the stages add up to it. */
export function makeStagedRun(id: string, kind: LoadModel['kind'], wishes: readonly StageWish[]): Run {
  const whole = new LatencyHistogram();
  const stages: StageResult[] = [];
  let series: RunSeries = { intervalMs: 100, tMs: [], requests: [], errors: [], p50Ms: [], p99Ms: [], bytesRead: [] };
  let startMs = 0;
  for (const { durationMs, from, to, medianMs, perSecond } of wishes) {
    const wish = { id: `${id} ${startMs}`, medianMs: Math.max(medianMs, 1), perSecond, seconds: durationMs / 1000 };
    const run = makeRun(wish);
    const { requests, latencyMs } = run.summary;
    if (run.histogram !== '') whole.add(decodeHistogram(run.histogram));
    const shift = startMs;
    series = appendRows(series, { ...run.series, tMs: run.series.tMs.map((tMs) => tMs + shift) });
    const due = Math.round(((from + to) / 2) * wish.seconds);
    stages.push({
      startMs,
      durationMs,
      from,
      to,
      requests,
      throughputRps: requests / wish.seconds,
      latencyMs,
      ...(kind === 'open' ? { correctedLatencyMs: latencyMs, due, sent: Math.min(due, requests) } : {}),
      errors: requests === 0 ? { timeout: 1 } : {},
      histogram: run.histogram,
    });
    startMs += durationMs;
  }
  const base = makeRun({ id, medianMs: 1, perSecond: 10, seconds: 1 });
  const load = wishes.map(({ durationMs, from, to }) => ({ durationMs, from, to }));
  const model: LoadModel =
    kind === 'closed'
      ? { kind, connections: peakLevel(load), pipelining: 1, stages: load }
      : { kind, ratePerS: peakLevel(load), arrivals: 'constant', maxConnections: 64, stages: load };
  const durationS = stagesMs(load) / 1000;
  return {
    ...base,
    profile: { ...base.profile, model, stop: { durationMs: durationS * 1000, requests: null } },
    summary: {
      ...base.summary,
      requests: whole.count,
      durationS,
      throughputRps: whole.count / durationS,
      latencyMs: summarizeLatency(whole),
      statuses: { '200': whole.count },
    },
    series,
    histogram: whole.encode(),
    stages,
  };
}
