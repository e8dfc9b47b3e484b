import type { LoadProfile } from '../model/loadProfile';
import type { SweepKind } from '../model/sweep';
import { UserError } from '../../util/errors';
import { checkProfile } from './checkProfile';
import { defaultProfile } from './defaultProfile';

/** What is raised, through which levels, and what stays the same. */
export interface SweepPlan {
  readonly kind: SweepKind;
  readonly levels: readonly number[];
  /** Length, warm-up and everything else of one level; its model is replaced. */
  readonly profile: LoadProfile;
  /** Requests in flight on each connection; 1 for rates. */
  readonly pipelining: number;
  /** For rates, the most connections that are opened. */
  readonly maxConnections: number;
}

/** Doubling from one connection: the shape of the curve is seen on a logarithmic scale, and 1000 is the last level. */
export const DEFAULT_LEVELS: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000];

/** Enough for any curve; more is a slip of the keyboard. */
const MAX_LEVELS = 64;

/** Three seconds at each level after a short warm-up: a curve in less than a minute rather than a p99 of each point. */
export function defaultLevelProfile(): LoadProfile {
  return {
    ...defaultProfile(),
    stop: { durationMs: 3000, requests: null },
    warmup: { kind: 'auto', maxMs: 1500 },
  };
}

/** The load at one level. */
export function profileAt(plan: SweepPlan, level: number): LoadProfile {
  const { kind, profile, pipelining, maxConnections } = plan;
  return {
    ...profile,
    model:
      kind === 'connections'
        ? { kind: 'closed', connections: level, pipelining }
        : { kind: 'open', ratePerS: level, arrivals: 'constant', maxConnections },
  };
}

/** How many connections are open at once at most. */
export function mostConnections({ kind, levels, maxConnections }: SweepPlan): number {
  return kind === 'connections' ? Math.max(...levels) : maxConnections;
}

/** Raises `bad-profile` with a sentence when the sweep cannot be run as it is described. */
export function checkSweepPlan(plan: SweepPlan): void {
  const { levels } = plan;
  if (levels.length < 2 || levels.length > MAX_LEVELS) {
    throw new UserError('bad-profile', `A sweep has 2 to ${MAX_LEVELS} levels, not ${levels.length}: change the list.`);
  }
  levels.forEach((level, index) => {
    if (index > 0 && level <= (levels[index - 1] ?? 0)) {
      throw new UserError('bad-profile', `The levels of a sweep must rise, and ${level} does not: put them in order.`);
    }
    checkProfile(profileAt(plan, level));
  });
}

/** Files that the load generator has open beside its connections. */
const OTHER_FILES = 40;

/** Raises `open-files` when this process may not open enough files for the connections; null is no limit that is known. */
export function checkOpenFiles(connections: number, limit: number | null): void {
  const needed = connections + OTHER_FILES;
  if (limit === null || needed <= limit) return;
  const possible = Math.max(1, limit - OTHER_FILES);
  throw new UserError(
    'open-files',
    `${connections} connections need about ${needed} open files and this process may have ${limit}: raise the limit (ulimit -n ${needed}) or use at most ${possible} connections.`,
  );
}
