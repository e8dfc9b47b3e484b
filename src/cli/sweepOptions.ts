import { parseArgs } from 'node:util';
import { LOAD_LIMITS } from '../core/plan/checkProfile';
import { parseLevels } from '../core/plan/parseLevels';
import { DEFAULT_LEVELS, defaultLevelProfile, type SweepPlan } from '../core/plan/sweepPlan';
import { parseBenchOptions, parseRate, type BenchOptions } from './benchOptions';
import { parseCount, usageError } from './values';

/** What the command line asks `sweep` to do: the options of `bench`, and the levels. */
export interface SweepOptions extends BenchOptions {
  readonly plan: SweepPlan;
}

const DEFAULT_MOST_CONNECTIONS = 256;

/** Reads the arguments after `sweep`. Fails with `usage` or `header-invalid`. */
export function parseSweepOptions(args: readonly string[]): SweepOptions {
  const { connections, rates, rest } = takeLevels(args);
  const options = parseBenchOptions(rest, { command: 'sweep', profile: defaultLevelProfile() });
  const { profile } = options;
  if (profile.model.kind === 'open' || profile.model.stages) {
    throw usageError('sweep takes --rates LIST or --connections LIST in the place of --rate and --stages.');
  }
  if (profile.stop.durationMs === null || profile.stop.requests !== null) {
    throw usageError('sweep measures each level for a time: give -z/--duration in the place of -n/--requests.');
  }
  const { pipelining } = profile.model;
  if (rates === null) {
    const levels =
      connections === null ? DEFAULT_LEVELS : parseLevels(connections, '-c/--connections', parseConnections);
    return {
      ...options,
      plan: { kind: 'connections', levels, profile, pipelining, maxConnections: Math.max(...levels) },
    };
  }
  if (pipelining > 1) throw usageError('--pipelining does not go with --rates: leave it out.');
  const maxConnections = connections === null ? DEFAULT_MOST_CONNECTIONS : parseConnections(connections);
  const levels = parseLevels(rates, '--rates', (text) => parseRate(text, '--rates'));
  return { ...options, plan: { kind: 'rate', levels, profile, pipelining, maxConnections } };
}

function parseConnections(text: string): number {
  return parseCount(text, '-c/--connections', 1, LOAD_LIMITS.connections);
}

/** Takes the two flags that mean something else here than for `bench` out of the arguments. */
function takeLevels(args: readonly string[]): { connections: string | null; rates: string | null; rest: string[] } {
  const { tokens } = parseArgs({
    args: [...args],
    options: { connections: { type: 'string', short: 'c' }, rates: { type: 'string' } },
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const taken: { connections: string | null; rates: string | null } = { connections: null, rates: null };
  const gone = new Set<number>();
  for (const token of tokens) {
    if (token.kind !== 'option' || (token.name !== 'connections' && token.name !== 'rates')) continue;
    if (token.value === undefined) throw usageError(`${token.rawName} wants a list of numbers.`);
    taken[token.name] = token.value;
    gone.add(token.index);
    if (!token.inlineValue) gone.add(token.index + 1);
  }
  return { ...taken, rest: args.filter((_, index) => !gone.has(index)) };
}
