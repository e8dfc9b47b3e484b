import { LOAD_LIMITS } from '../core/plan/checkProfile';
import { parseLevels } from '../core/plan/parseLevels';
import { DEFAULT_LEVELS, defaultLevelProfile, type SweepPlan } from '../core/plan/sweepPlan';
import { parseBenchOptions, parseRate, type BenchOptions } from './benchOptions';
import { takeFlags } from './takeFlags';
import { parseCount, usageError } from './values';

/** What the command line asks `sweep` to do: the options of `bench`, and the levels. */
export interface SweepOptions extends BenchOptions {
  readonly plan: SweepPlan;
}

/** They mean something else here than for `bench`. */
const LEVEL_FLAGS = { connections: { type: 'string', short: 'c' }, rates: { type: 'string' } } as const;

const DEFAULT_MOST_CONNECTIONS = 256;

/** Reads the arguments after `sweep`. Fails with `usage` or `header-invalid`. */
export function parseSweepOptions(args: readonly string[]): SweepOptions {
  const { taken, rest } = takeFlags(args, LEVEL_FLAGS);
  const { connections, rates } = taken;
  const options = parseBenchOptions(rest, { command: 'sweep', profile: defaultLevelProfile() });
  const { profile } = options;
  if (profile.model.kind === 'open' || profile.model.stages) {
    throw usageError('sweep takes --rates LIST or --connections LIST in the place of --rate and --stages.');
  }
  if (profile.stop.durationMs === null || profile.stop.requests !== null) {
    throw usageError('sweep measures each level for a time: give -z/--duration in the place of -n/--requests.');
  }
  const { pipelining } = profile.model;
  if (rates === undefined) {
    const levels =
      connections === undefined ? DEFAULT_LEVELS : parseLevels(connections, '-c/--connections', parseConnections);
    return {
      ...options,
      plan: { kind: 'connections', levels, profile, pipelining, maxConnections: Math.max(...levels) },
    };
  }
  if (pipelining > 1) throw usageError('--pipelining does not go with --rates: leave it out.');
  const maxConnections = connections === undefined ? DEFAULT_MOST_CONNECTIONS : parseConnections(connections);
  const levels = parseLevels(rates, '--rates', (text) => parseRate(text, '--rates'));
  return { ...options, plan: { kind: 'rate', levels, profile, pipelining, maxConnections } };
}

function parseConnections(text: string): number {
  return parseCount(text, '-c/--connections', 1, LOAD_LIMITS.connections);
}
