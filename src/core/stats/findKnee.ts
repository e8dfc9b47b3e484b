import type { ScalabilityFit, SweepKind, SweepKnee } from '../model/sweep';
import { kneedle } from './kneedle';
import { scalabilityAt, type LevelThroughput } from './scalabilityFit';

/** The lowest level has this share of the best throughput: there was nothing to gain. */
const FLAT = 0.9;
/** Levels that come this near to the best are as good as it: short runs scatter by a few percent. */
const AS_GOOD = 0.93;
/** A rate counts as answered when this share of it was. */
export const RATE_MET = 0.98;
/** A fit with a larger relative error says nothing about a peak. */
export const FIT_ERROR = 0.1;
const LEAST_LEVELS = 4;

/** The knee of a sweep, levels rising, with the rule that found it; null when there is none within the range. */
export function findKnee(
  kind: SweepKind,
  points: readonly LevelThroughput[],
  fit: ScalabilityFit | null,
): SweepKnee | null {
  return kind === 'rate' ? lastRateMet(points) : kneeOfConnections(points, fit);
}

/** Only when a higher rate was tried and not met. */
function lastRateMet(points: readonly LevelThroughput[]): SweepKnee | null {
  const firstMissed = points.findIndex(({ level, throughputRps }) => throughputRps < RATE_MET * level);
  const last = points[firstMissed - 1];
  return last ? { rule: 'rate-met', ...pick(last) } : null;
}

function kneeOfConnections(points: readonly LevelThroughput[], fit: ScalabilityFit | null): SweepKnee | null {
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || points.length < LEAST_LEVELS) return null;
  const best = Math.max(...points.map(({ throughputRps }) => throughputRps));
  if (best > 0 && first.throughputRps >= FLAT * best) return { rule: 'flat', ...pick(first) };
  const bend = kneedle(
    points.map(({ level }) => level),
    points.map(({ throughputRps }) => Math.min(throughputRps, AS_GOOD * best)),
  );
  const knee = bend === null ? undefined : points[bend];
  if (knee) return { rule: 'kneedle', ...pick(knee) };
  const peak = fit?.peakLevel ?? null;
  if (fit && peak !== null && fit.error <= FIT_ERROR && peak > first.level && peak < last.level) {
    return { rule: 'usl', level: Math.round(peak), throughputRps: scalabilityAt(fit, peak) };
  }
  return null;
}

function pick({ level, throughputRps }: LevelThroughput): LevelThroughput {
  return { level, throughputRps };
}
