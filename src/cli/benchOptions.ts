import { resolve } from 'node:path';
import type { AnswerChecks } from '../core/model/answers';
import { HTTP_METHODS, type HttpMethod } from '../core/model/endpoint';
import type { LoadModel, LoadProfile, StopRule, Warmup } from '../core/model/loadProfile';
import { LOAD_LIMITS } from '../core/plan/checkProfile';
import { defaultProfile } from '../core/plan/defaultProfile';
import { parseStages } from '../core/plan/parseStages';
import { stagesMs } from '../core/plan/stages';
import { parseHeader } from '../core/request/headers';
import { parseProxyUrl } from '../core/request/proxy';
import type { FeedOrder } from '../session/loadFeeds';
import { CHECK_OPTIONS, parseChecks } from './checkOptions';
import { FEED_OPTIONS, parseFeeds } from './feedOptions';
import { LOGIN_OPTIONS, parseLogin, type TypedLogin } from './loginOptions';
import { parseFlags } from './parseFlags';
import { parsePrecision } from './parsePrecision';
import { parseCount, parseDuration, parsePair, usageError } from './values';

/** What the command line asks `bench` to do. */
export interface BenchOptions {
  /** One of `url`, `route` and `importFrom` is set. */
  readonly url: string | null;
  readonly route: string | null;
  /** Name of a request of the team file. */
  readonly request: string | null;
  /** A file with the request, in the place of the URL. */
  readonly importFrom: string | null;
  readonly dir: string;
  readonly server: string | null;
  readonly params: readonly (readonly [name: string, value: string])[];
  /** Null where none was given. */
  readonly method: HttpMethod | null;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** As typed; `@file` stands for the content of a file. */
  readonly body: string | null;
  readonly profile: LoadProfile;
  readonly checks: AnswerChecks | null;
  readonly feeds: FeedOrder | null;
  readonly login: TypedLogin | null;
  /** In the place of the folder's own. */
  readonly envFiles: readonly string[];
  /** Takes the place of what the environment says. */
  readonly proxy: string | null;
  /** Absolute path. */
  readonly unixSocket: string | null;
  readonly allowHosts: readonly string[];
  readonly allowWrites: boolean;
  readonly json: boolean;
  readonly output: string | null;
}

const OPTIONS = {
  dir: { type: 'string' },
  route: { type: 'string' },
  import: { type: 'string' },
  request: { type: 'string' },
  server: { type: 'string' },
  param: { type: 'string', multiple: true },
  method: { type: 'string', short: 'X' },
  header: { type: 'string', short: 'H', multiple: true },
  body: { type: 'string', short: 'd' },
  connections: { type: 'string', short: 'c' },
  duration: { type: 'string', short: 'z' },
  requests: { type: 'string', short: 'n' },
  precision: { type: 'string' },
  pipelining: { type: 'string' },
  warmup: { type: 'string' },
  timeout: { type: 'string' },
  insecure: { type: 'boolean' },
  transport: { type: 'string' },
  proxy: { type: 'string' },
  'unix-socket': { type: 'string' },
  'allow-host': { type: 'string', multiple: true },
  'allow-writes': { type: 'boolean' },
  json: { type: 'boolean' },
  output: { type: 'string', short: 'o' },
  rate: { type: 'string', short: 'r' },
  arrivals: { type: 'string' },
  stages: { type: 'string' },
  threads: { type: 'string' },
  http2: { type: 'boolean' },
  ...CHECK_OPTIONS,
  ...FEED_OPTIONS,
  ...LOGIN_OPTIONS,
} as const;

type Values = ReturnType<typeof parseFlags<typeof OPTIONS>>['values'];

/** What another command that loads has in the place of `bench`'s own. */
export interface BenchDefaults {
  readonly command: string;
  readonly profile: LoadProfile;
  /** The command can load a server behind a Unix socket. */
  readonly mayBeUnix?: boolean;
}

/** Reads the arguments after `bench`. Fails with `usage` or `header-invalid`. */
export function parseBenchOptions(
  args: readonly string[],
  { command, profile, mayBeUnix = false }: BenchDefaults = { command: 'bench', profile: defaultProfile() },
): BenchOptions {
  const { values, positionals } = parseFlags(args, OPTIONS);
  const [url, ...more] = positionals;
  if (more.length > 0)
    throw usageError(
      `${command} takes one URL, and "${more[0] ?? ''}" is a second one: leave it out, or put quotes round a URL with spaces or &.`,
    );
  if ([url, values.route, values.import].filter((each) => each !== undefined).length !== 1) {
    throw usageError(
      `${command} wants either a URL, or --dir FOLDER with --route "GET /path", or --import FILE: see endpoint-profiler --help.`,
    );
  }
  if (values['unix-socket'] !== undefined) {
    if (!mayBeUnix) throw usageError('--unix-socket goes with bench alone: leave it out.');
    checkUnixSocket(url, values.proxy);
  }
  if (values.route === undefined) {
    for (const name of ['dir', 'server', 'param', 'request'] as const) {
      if (values[name] !== undefined) throw usageError(`--${name} goes with --route, not with a URL or --import.`);
    }
  }
  return {
    url: url ?? null,
    route: values.route ?? null,
    importFrom: values.import ?? null,
    request: values.request ?? null,
    dir: values.dir ?? '.',
    server: values.server ?? null,
    params: (values.param ?? []).map((text) => parsePair(text, '--param')),
    method: values.method === undefined ? null : parseMethod(values.method),
    headers: (values.header ?? []).map(parseHeader),
    body: values.body ?? null,
    profile: parseProfile(values, profile),
    checks: parseChecks(values),
    feeds: parseFeeds(values),
    login: parseLogin(values),
    envFiles: values['env-file'] ?? [],
    proxy: values.proxy === undefined ? null : parseProxyUrl(values.proxy),
    unixSocket: values['unix-socket'] === undefined ? null : resolve(values['unix-socket']),
    allowHosts: values['allow-host'] ?? [],
    allowWrites: values['allow-writes'] ?? false,
    json: values.json ?? false,
    output: values.output ?? null,
  };
}

/** The URL among the arguments, if there is one. Fails with `usage`. */
export function typedUrl(args: readonly string[]): string | undefined {
  return parseFlags(args, OPTIONS).positionals[0];
}

function checkUnixSocket(url: string | undefined, proxy: string | undefined): void {
  if (url === undefined) throw usageError('--unix-socket goes with a URL, such as http://localhost/path.');
  if (proxy !== undefined) throw usageError('--unix-socket does not go with --proxy: leave one of them out.');
}

function parseProfile(values: Values, base: LoadProfile): LoadProfile {
  return {
    model: parseModel(values),
    stop: parseStop(values, base.stop),
    warmup: values.warmup === undefined ? base.warmup : parseWarmup(values.warmup, base.warmup),
    timeoutMs:
      values.timeout === undefined
        ? base.timeoutMs
        : parseDuration(values.timeout, '--timeout', 1, LOAD_LIMITS.timeoutMs),
    transport: parseTransport(values.transport),
    threads:
      values.threads === undefined || values.threads === 'auto'
        ? 'auto'
        : parseCount(values.threads, '--threads', 1, 256),
    http2: values.http2 ?? base.http2,
    insecureTls: values.insecure ?? base.insecureTls,
  };
}

function parseModel(values: Values): LoadModel {
  const { connections, pipelining, rate, stages } = values;
  if (stages !== undefined) return parseStagedModel(stages, values);
  const count = connections === undefined ? 16 : parseConnections(connections);
  if (rate === undefined) {
    if (values.arrivals !== undefined) throw usageError('--arrivals goes with --rate or --stages: leave it out.');
    return { kind: 'closed', connections: count, pipelining: parsePipelining(pipelining) };
  }
  if (pipelining !== undefined) throw usageError('--pipelining does not go with --rate: leave one of them out.');
  const arrivals = parseArrivals(values.arrivals);
  return { kind: 'open', ratePerS: parseRate(rate), arrivals, maxConnections: count };
}

function parseStagedModel(text: string, values: Values): LoadModel {
  for (const name of ['rate', 'duration', 'requests'] as const) {
    if (values[name] !== undefined)
      throw usageError(`--${name} does not go with --stages, which say it: leave it out.`);
  }
  const { kind, stages, peak } = parseStages(text, '--stages');
  if (kind === 'open') {
    if (values.pipelining !== undefined) throw usageError('--pipelining does not go with rates: leave it out.');
    const maxConnections = values.connections === undefined ? 16 : parseConnections(values.connections);
    return { kind, ratePerS: peak, arrivals: parseArrivals(values.arrivals), maxConnections, stages };
  }
  if (values.connections !== undefined) {
    throw usageError(
      '-c/--connections does not go with stages of connections: leave it out, or write rates like 100/s.',
    );
  }
  if (values.arrivals !== undefined) throw usageError('--arrivals goes with stages of rates like 100/s: leave it out.');
  return { kind, connections: peak, pipelining: parsePipelining(values.pipelining), stages };
}

function parseConnections(text: string): number {
  return parseCount(text, '-c/--connections', 1, LOAD_LIMITS.connections);
}

function parsePipelining(text: string | undefined): number {
  return text === undefined ? 1 : parseCount(text, '--pipelining', 1, LOAD_LIMITS.pipelining);
}

function parseArrivals(text: string | undefined): 'constant' | 'poisson' {
  if (text === undefined || text === 'constant') return 'constant';
  if (text === 'poisson') return text;
  throw usageError(`--arrivals wants constant or poisson, not "${text}".`);
}

/** Requests per second; fails with `usage`. */
export function parseRate(text: string, flag = '-r/--rate'): number {
  const value = /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value > 0 && value <= LOAD_LIMITS.ratePerS) return value;
  throw usageError(`${flag} wants requests per second, above 0 and up to ${LOAD_LIMITS.ratePerS}, not "${text}".`);
}

function parseStop(values: Values, base: StopRule): StopRule {
  const { duration, requests, stages, precision } = values;
  if (precision !== undefined) {
    for (const name of ['requests', 'stages'] as const) {
      if (values[name] !== undefined)
        throw usageError(`--${name} does not go with --precision: leave one of them out.`);
    }
    return parsePrecision(precision, duration === undefined ? null : parseRunTime(duration));
  }
  if (stages !== undefined) return { durationMs: stagesMs(parseStages(stages, '--stages').stages), requests: null };
  const count = requests === undefined ? null : parseCount(requests, '-n/--requests', 1, LOAD_LIMITS.requests);
  if (duration === undefined) return count === null ? base : { durationMs: null, requests: count };
  return { durationMs: parseRunTime(duration), requests: count };
}

function parseRunTime(text: string): number {
  return parseDuration(text, '-z/--duration', 100, LOAD_LIMITS.durationMs);
}

function parseWarmup(text: string, auto: Warmup): Warmup {
  if (text === 'auto') return auto;
  const durationMs = parseDuration(text, '--warmup', 0, LOAD_LIMITS.durationMs);
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
