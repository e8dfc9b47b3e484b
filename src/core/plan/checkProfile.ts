import type { LoadProfile } from '../model/loadProfile';
import { UserError } from '../../util/errors';

/** What a run may ask for at most: beyond these a slip of the keyboard hurts a machine. */
export const LOAD_LIMITS = {
  connections: 10_000,
  pipelining: 1000,
  ratePerS: 1_000_000,
  durationMs: 24 * 3_600_000,
  requests: 1_000_000_000,
  timeoutMs: 3_600_000,
} as const;

/** Raises `bad-profile` with a sentence when a load cannot be run as it is described. */
export function checkProfile(profile: LoadProfile): void {
  const { model, stop, warmup, timeoutMs } = profile;
  if (model.kind === 'closed') {
    need(isWhole(model.connections, LOAD_LIMITS.connections), 'connections', LOAD_LIMITS.connections);
    need(isWhole(model.pipelining, LOAD_LIMITS.pipelining), 'pipelining', LOAD_LIMITS.pipelining);
  } else {
    need(isWhole(model.maxConnections, LOAD_LIMITS.connections), 'connections', LOAD_LIMITS.connections);
    need(isWithin(model.ratePerS, LOAD_LIMITS.ratePerS), 'rate per second', LOAD_LIMITS.ratePerS);
  }
  if (stop.durationMs === null && stop.requests === null) {
    throw new UserError('bad-profile', 'The run has no end: give a duration or a number of requests.');
  }
  need(
    stop.durationMs === null || isWithin(stop.durationMs, LOAD_LIMITS.durationMs),
    'duration in ms',
    LOAD_LIMITS.durationMs,
  );
  need(
    stop.requests === null || isWhole(stop.requests, LOAD_LIMITS.requests),
    'number of requests',
    LOAD_LIMITS.requests,
  );
  need(isWithin(timeoutMs, LOAD_LIMITS.timeoutMs), 'time limit in ms', LOAD_LIMITS.timeoutMs);
  const warmupMs = warmup.kind === 'fixed' ? warmup.durationMs : warmup.kind === 'auto' ? warmup.maxMs : 0;
  need(warmupMs === 0 || isWithin(warmupMs, LOAD_LIMITS.durationMs), 'warm-up in ms', LOAD_LIMITS.durationMs);
}

function need(isFine: boolean, what: string, limit: number): void {
  if (!isFine)
    throw new UserError('bad-profile', `The ${what} must be above 0 and at most ${limit}; correct it and run again.`);
}

function isWithin(value: number, limit: number): boolean {
  return Number.isFinite(value) && value > 0 && value <= limit;
}

function isWhole(value: number, limit: number): boolean {
  return Number.isInteger(value) && isWithin(value, limit);
}
