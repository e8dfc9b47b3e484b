import type { LoadModel, LoadProfile, LoadStage, PrecisionRule, StopRule } from '../model/loadProfile';
import { UserError } from '../../util/errors';
import { peakLevel, stagesMs } from './stages';

/** What a run may ask for at most: beyond these a slip of the keyboard hurts a machine. */
export const LOAD_LIMITS = {
  connections: 10_000,
  pipelining: 1000,
  ratePerS: 1_000_000,
  durationMs: 24 * 3_600_000,
  requests: 1_000_000_000,
  timeoutMs: 3_600_000,
  stages: 100,
} as const;

/** Raises `bad-profile` with a sentence when a load cannot be run as it is described. */
export function checkProfile(profile: LoadProfile): void {
  const { model, stop, warmup, timeoutMs } = profile;
  if (model.stages) checkStages(model, model.stages, stop);
  if (model.kind === 'closed') {
    need(isWhole(model.connections, LOAD_LIMITS.connections), 'connections', LOAD_LIMITS.connections);
    need(isWhole(model.pipelining, LOAD_LIMITS.pipelining), 'pipelining', LOAD_LIMITS.pipelining);
  } else {
    need(isWhole(model.maxConnections, LOAD_LIMITS.connections), 'connections', LOAD_LIMITS.connections);
    need(isWithin(model.ratePerS, LOAD_LIMITS.ratePerS), 'rate per second', LOAD_LIMITS.ratePerS);
  }
  if (stop.durationMs === null && stop.requests === null) {
    throw bad('The run has no end: give a duration or a number of requests.');
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
  if (stop.precision) checkPrecision(stop.precision, stop, model);
  need(isWithin(timeoutMs, LOAD_LIMITS.timeoutMs), 'time limit in ms', LOAD_LIMITS.timeoutMs);
  const warmupMs = warmup.kind === 'fixed' ? warmup.durationMs : warmup.kind === 'auto' ? warmup.maxMs : 0;
  need(warmupMs === 0 || isWithin(warmupMs, LOAD_LIMITS.durationMs), 'warm-up in ms', LOAD_LIMITS.durationMs);
}

function checkPrecision(
  { halfWidth, minMs }: PrecisionRule,
  { durationMs, requests }: StopRule,
  model: LoadModel,
): void {
  if (!(halfWidth > 0 && halfWidth < 1)) throw bad('The precision must be above 0 % and below 100 %.');
  if (durationMs === null) throw bad('A run that ends by precision needs a longest duration as well.');
  if (requests !== null) throw bad('A run ends by precision or by a number of requests: leave one of them out.');
  if (model.stages) throw bad('Stages last as long as they are: leave out the precision.');
  if (!(minMs >= 0 && minMs <= durationMs)) {
    throw bad(`The longest duration (${durationMs} ms) is shorter than the least that precision needs (${minMs} ms).`);
  }
}

function checkStages(model: LoadModel, stages: readonly LoadStage[], stop: StopRule): void {
  const isClosed = model.kind === 'closed';
  const unit = isClosed ? 'connections' : 'requests per second';
  const limit = isClosed ? LOAD_LIMITS.connections : LOAD_LIMITS.ratePerS;
  if (stages.length === 0 || stages.length > LOAD_LIMITS.stages) {
    throw bad(`A load has 1 to ${LOAD_LIMITS.stages} stages, not ${stages.length}: join some of them.`);
  }
  stages.forEach(({ durationMs, from, to }, index) => {
    const name = `Stage ${index + 1}`;
    if (!isWithin(durationMs, LOAD_LIMITS.durationMs)) {
      throw bad(`${name} must last longer than 0 ms and at most ${LOAD_LIMITS.durationMs} ms.`);
    }
    for (const level of [from, to]) {
      if (!(level >= 0 && level <= limit) || (isClosed && !Number.isInteger(level))) {
        throw bad(`${name} must have ${isClosed ? 'a whole number of ' : ''}${unit} from 0 to ${limit}, not ${level}.`);
      }
    }
  });
  const peak = peakLevel(stages);
  if (peak === 0) throw bad('Every stage has the level 0, so nothing would be sent: raise one of them.');
  if (peak !== (isClosed ? model.connections : model.ratePerS)) {
    throw bad(`The stages reach ${peak} ${unit}, and the load must name the same as its most.`);
  }
  if (stop.requests !== null) throw bad('Stages end by time: leave out the number of requests.');
  if (stop.durationMs !== stagesMs(stages)) {
    throw bad(`The stages last ${stagesMs(stages)} ms together, and the run must be as long.`);
  }
}

function bad(sentence: string): UserError {
  return new UserError('bad-profile', sentence);
}

function need(isFine: boolean, what: string, limit: number): void {
  if (!isFine) throw bad(`The ${what} must be above 0 and at most ${limit}; correct it and run again.`);
}

function isWithin(value: number, limit: number): boolean {
  return Number.isFinite(value) && value > 0 && value <= limit;
}

function isWhole(value: number, limit: number): boolean {
  return Number.isInteger(value) && isWithin(value, limit);
}
