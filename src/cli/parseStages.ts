import type { LoadModel, LoadStage } from '../core/model/loadProfile';
import { LOAD_LIMITS } from '../core/plan/checkProfile';
import { peakLevel } from '../core/plan/stages';
import { parseDuration, usageError } from './values';

const EXAMPLES = "'10s@16,30s@16..256' for connections or '10s@100/s,20s@100..1000/s' for requests per second";

/** The stages of a load, and whether their levels are connections or rates. */
export interface ParsedStages {
  readonly kind: LoadModel['kind'];
  readonly stages: readonly LoadStage[];
  readonly peak: number;
}

/**
 * Stages as they are typed: `TIME@LEVEL` holds a level, `TIME@FROM..TO` goes from one to the other in a straight line; with
 * `/s` the levels are requests per second, otherwise connections. Fails with `usage`.
 *
 * Examples: `10s@100/s,20s@100..1000/s,5s@2000/s` → steps and a ramp of an open loop; `10s@16,30s@16..256` → connections.
 */
export function parseStages(text: string): ParsedStages {
  const parts = text.split(',').map((part, index) => parseStage(part.trim(), index + 1));
  if (parts.length > LOAD_LIMITS.stages) throw usageError(`--stages takes at most ${LOAD_LIMITS.stages} stages.`);
  const kind = parts[0]?.kind ?? 'closed';
  if (parts.some((part) => part.kind !== kind)) {
    throw usageError('--stages wants every stage in the same unit: connections everywhere, or /s everywhere.');
  }
  const stages = parts.map(({ stage }) => stage);
  const peak = peakLevel(stages);
  if (peak === 0) throw usageError('--stages would send nothing, because every level is 0: raise one of them.');
  return { kind, stages, peak };
}

function parseStage(text: string, number: number): { kind: LoadModel['kind']; stage: LoadStage } {
  const match = /^([^@]+)@(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))?(\/s)?$/.exec(text);
  if (!match)
    throw usageError(`--stages: stage ${number}, "${text}", is not TIME@LEVEL or TIME@FROM..TO: write ${EXAMPLES}.`);
  const [, time = '', from = '', to = from, unit] = match;
  const kind = unit === undefined ? 'closed' : 'open';
  const durationMs = parseDuration(time, `--stages: the time of stage ${number}`, 10, LOAD_LIMITS.durationMs);
  const stage = { durationMs, from: parseLevel(from, kind, number), to: parseLevel(to, kind, number) };
  return { kind, stage };
}

function parseLevel(text: string, kind: LoadModel['kind'], number: number): number {
  const value = Number(text);
  const limit = kind === 'closed' ? LOAD_LIMITS.connections : LOAD_LIMITS.ratePerS;
  if (value <= limit && (kind === 'open' || Number.isInteger(value))) return value;
  throw usageError(
    kind === 'closed'
      ? `--stages: stage ${number} wants a whole number of connections up to ${limit}, not "${text}"; for requests per second write ${text}/s.`
      : `--stages: stage ${number} wants at most ${limit} requests per second, not "${text}".`,
  );
}
