import type { LoadModel, LoadStage } from '../model/loadProfile';
import { UserError } from '../../util/errors';
import { LOAD_LIMITS } from './checkProfile';
import { parseTime } from './parseTime';
import { peakLevel } from './stages';

const EXAMPLES = "'10s@16,30s@16..256' for connections or '10s@100/s,20s@100..1000/s' for requests per second";
const SHORTEST_MS = 10;

/** The stages of a load, and whether their levels are connections or rates. */
export interface ParsedStages {
  readonly kind: LoadModel['kind'];
  readonly stages: readonly LoadStage[];
  readonly peak: number;
}

/**
 * Stages as they are typed: `TIME@LEVEL` holds a level, `TIME@FROM..TO` goes from one to the other in a straight line; with
 * `/s` the levels are requests per second, otherwise connections. Fails with `bad-stages`; `name` is what the sentence
 * calls the text.
 *
 * Examples: `10s@100/s,20s@100..1000/s,5s@2000/s` → steps and a ramp of an open loop; `10s@16,30s@16..256` → connections.
 */
export function parseStages(text: string, name: string): ParsedStages {
  const parts = text.split(',').map((part, index) => parseStage(part.trim(), `${name}: stage ${index + 1}`));
  if (parts.length > LOAD_LIMITS.stages) throw bad(`${name} takes at most ${LOAD_LIMITS.stages} stages.`);
  const kind = parts[0]?.kind ?? 'closed';
  if (parts.some((part) => part.kind !== kind)) {
    throw bad(`${name} wants every stage in the same unit: connections everywhere, or /s everywhere.`);
  }
  const stages = parts.map(({ stage }) => stage);
  const peak = peakLevel(stages);
  if (peak === 0) throw bad(`${name} would send nothing, because every level is 0: raise one of them.`);
  return { kind, stages, peak };
}

function parseStage(text: string, name: string): { kind: LoadModel['kind']; stage: LoadStage } {
  const match = /^([^@]+)@(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))?(\/s)?$/.exec(text);
  if (!match) throw bad(`${name}, "${text}", is not TIME@LEVEL or TIME@FROM..TO: write ${EXAMPLES}.`);
  const [, time = '', from = '', to = from, unit] = match;
  const kind = unit === undefined ? 'closed' : 'open';
  const durationMs = parseTime(time);
  if (durationMs === null) throw bad(`${name} wants a time like 10s, 500ms or 2m, not "${time}".`);
  if (durationMs < SHORTEST_MS || durationMs > LOAD_LIMITS.durationMs) {
    throw bad(`${name} must last from ${SHORTEST_MS} ms to ${LOAD_LIMITS.durationMs / 1000} s.`);
  }
  return { kind, stage: { durationMs, from: parseLevel(from, kind, name), to: parseLevel(to, kind, name) } };
}

function parseLevel(text: string, kind: LoadModel['kind'], name: string): number {
  const value = Number(text);
  const limit = kind === 'closed' ? LOAD_LIMITS.connections : LOAD_LIMITS.ratePerS;
  if (value <= limit && (kind === 'open' || Number.isInteger(value))) return value;
  throw bad(
    kind === 'closed'
      ? `${name} wants a whole number of connections up to ${limit}, not "${text}"; for requests per second write ${text}/s.`
      : `${name} wants at most ${limit} requests per second, not "${text}".`,
  );
}

function bad(sentence: string): UserError {
  return new UserError('bad-stages', sentence);
}
