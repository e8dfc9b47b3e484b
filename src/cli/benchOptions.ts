import { parseArgs } from 'node:util';
import { HTTP_METHODS, type HttpMethod } from '../core/model/endpoint';
import type { LoadProfile, Warmup } from '../core/model/loadProfile';
import { defaultProfile } from '../core/plan/defaultProfile';
import { parseHeader } from '../core/request/headers';
import { describeError } from '../util/errors';
import { parseCount, parseDuration, parsePair, usageError } from './values';

const HOUR_MS = 3_600_000;
const MAX_CONNECTIONS = 10_000;

/** What the command line asks `bench` to do. */
export interface BenchOptions {
  /** Either `url` or `route` is set. */
  readonly url: string | null;
  readonly route: string | null;
  readonly dir: string;
  readonly server: string | null;
  readonly params: readonly (readonly [name: string, value: string])[];
  /** Null where none was given. */
  readonly method: HttpMethod | null;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** As typed; `@file` stands for the content of a file. */
  readonly body: string | null;
  readonly profile: LoadProfile;
  readonly allowHosts: readonly string[];
  readonly allowWrites: boolean;
  readonly json: boolean;
  readonly output: string | null;
}

const OPTIONS = {
  dir: { type: 'string' },
  route: { type: 'string' },
  server: { type: 'string' },
  param: { type: 'string', multiple: true },
  method: { type: 'string', short: 'X' },
  header: { type: 'string', short: 'H', multiple: true },
  body: { type: 'string', short: 'd' },
  connections: { type: 'string', short: 'c' },
  duration: { type: 'string', short: 'z' },
  requests: { type: 'string', short: 'n' },
  pipelining: { type: 'string' },
  warmup: { type: 'string' },
  timeout: { type: 'string' },
  insecure: { type: 'boolean' },
  transport: { type: 'string' },
  'allow-host': { type: 'string', multiple: true },
  'allow-writes': { type: 'boolean' },
  json: { type: 'boolean' },
  output: { type: 'string', short: 'o' },
  // Known to the contract, so that they are refused with their own sentence.
  rate: { type: 'string', short: 'r' },
  feed: { type: 'string', multiple: true },
  threads: { type: 'string' },
  http2: { type: 'boolean' },
} as const;

const NOT_YET = ['rate', 'feed', 'threads', 'http2'] as const;

/** Reads the arguments after `bench`. Fails with `usage` or `header-invalid`. */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parse(args);
  for (const name of NOT_YET) {
    if (values[name] !== undefined) throw usageError(`--${name} is not available in this version: leave it out.`);
  }
  const [url, ...more] = positionals;
  if (more.length > 0) throw usageError(`bench takes one URL, and "${more[0] ?? ''}" is a second one.`);
  if ((url === undefined) === (values.route === undefined)) {
    throw usageError(
      'bench wants either a URL, or --dir FOLDER with --route "GET /path": see endpoint-profiler --help.',
    );
  }
  if (url !== undefined) {
    for (const name of ['dir', 'server', 'param'] as const) {
      if (values[name] !== undefined) throw usageError(`--${name} goes with --route, not with a URL.`);
    }
  }
  return {
    url: url ?? null,
    route: values.route ?? null,
    dir: values.dir ?? '.',
    server: values.server ?? null,
    params: (values.param ?? []).map((text) => parsePair(text, '--param')),
    method: values.method === undefined ? null : parseMethod(values.method),
    headers: (values.header ?? []).map(parseHeader),
    body: values.body ?? null,
    profile: parseProfile(values),
    allowHosts: values['allow-host'] ?? [],
    allowWrites: values['allow-writes'] ?? false,
    json: values.json ?? false,
    output: values.output ?? null,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw usageError(firstSentence(describeError(error)));
  }
}

function parseProfile(values: ReturnType<typeof parse>['values']): LoadProfile {
  const base = defaultProfile();
  const requests =
    values.requests === undefined ? null : parseCount(values.requests, '-n/--requests', 1, 1_000_000_000);
  const durationMs =
    values.duration === undefined
      ? requests === null
        ? base.stop.durationMs
        : null
      : parseDuration(values.duration, '-z/--duration', 100, HOUR_MS);
  return {
    ...base,
    model: {
      kind: 'closed',
      connections:
        values.connections === undefined ? 16 : parseCount(values.connections, '-c/--connections', 1, MAX_CONNECTIONS),
      pipelining: values.pipelining === undefined ? 1 : parseCount(values.pipelining, '--pipelining', 1, 1000),
    },
    stop: { durationMs, requests },
    warmup: values.warmup === undefined ? base.warmup : parseWarmup(values.warmup, base.warmup),
    timeoutMs: values.timeout === undefined ? base.timeoutMs : parseDuration(values.timeout, '--timeout', 1, HOUR_MS),
    transport: parseTransport(values.transport),
    insecureTls: values.insecure ?? false,
  };
}

function parseWarmup(text: string, auto: Warmup): Warmup {
  if (text === 'auto') return auto;
  const durationMs = parseDuration(text, '--warmup', 0, HOUR_MS);
  return durationMs === 0 ? { kind: 'none' } : { kind: 'fixed', durationMs };
}

function parseTransport(text: string | undefined): LoadProfile['transport'] {
  if (text === undefined || text === 'auto') return 'auto';
  if (text === 'socket' || text === 'undici') return text;
  throw usageError(`--transport wants auto, socket or undici, not "${text}".`);
}

function parseMethod(text: string): HttpMethod {
  const method = HTTP_METHODS.find((each) => each === text.toUpperCase());
  if (!method || method === 'CONNECT') throw usageError(`-X wants a method like GET or POST, not "${text}".`);
  return method;
}

function firstSentence(message: string): string {
  return message.split(/\.\s/)[0]?.replace(/\.?$/, '.') ?? message;
}
