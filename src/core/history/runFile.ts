import { UserError, describeError } from '../../util/errors';
import { LATENCY_KEYS, type Run } from '../model/run';

/** The version that this program writes and the newest that it reads. */
const RUN_SCHEMA_VERSION = 1;

/** A run as the text of its file: JSON with a final line break; a command line's `--json` prints the same. */
export function encodeRun(run: Run): string {
  return `${JSON.stringify(run, null, 1)}\n`;
}

/**
 * Reads what `encodeRun` wrote. Fails with `run-newer` when a later version of the program wrote it, and with
 * `run-corrupt` when it is no run or lacks something that every reader relies on; the sentence names the field.
 */
export function decodeRun(text: string): Run {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw corrupt(`it is not valid JSON: ${describeError(cause)}`, cause);
  }
  const root = object(value, 'the file');
  const version = root['schemaVersion'];
  if (typeof version === 'number' && Number.isInteger(version) && version > RUN_SCHEMA_VERSION) {
    throw new UserError(
      'run-newer',
      `This run was written by a newer version of Endpoint Profiler (format ${version}, this one reads up to ${RUN_SCHEMA_VERSION}): update it to open the run.`,
    );
  }
  if (version !== RUN_SCHEMA_VERSION) throw corrupt('"schemaVersion" is missing or wrong');
  for (const [path, type] of REQUIRED) check(root, path, type);
  checkLatency(root, 'summary.latencyMs');
  for (const path of ['summary.correctedLatencyMs', 'summary.ttfbMs', 'summary.connectMs']) {
    if (at(root, path) !== undefined) checkLatency(root, path);
  }
  checkSeries(root);
  checkAnswers(root);
  checkMix(root);
  if (Number.isNaN(Date.parse(root['startedAt'] as string))) throw corrupt('"startedAt" is not a time');
  if (!isRunId(root['id'] as string)) throw corrupt('"id" has characters that a run id cannot have');
  return value as Run;
}

/** True for an id that can be a file name on every system; nothing else is ever used as one. */
export function isRunId(id: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(id);
}

type Kind = 'string' | 'number' | 'object' | 'array' | 'object?' | 'string?';

const REQUIRED: readonly (readonly [path: string, kind: Kind])[] = [
  ['id', 'string'],
  ['startedAt', 'string'],
  ['state', 'string'],
  ['endpoint', 'object?'],
  ['target', 'object'],
  ['target.name', 'string'],
  ['target.baseUrl', 'string'],
  ['request', 'object'],
  ['request.method', 'string'],
  ['request.url', 'string'],
  ['request.headers', 'array'],
  ['request.body', 'object?'],
  ['values', 'object?'],
  ['profile', 'object'],
  ['profile.model', 'object'],
  ['profile.model.kind', 'string'],
  ['profile.stop', 'object'],
  ['profile.warmup', 'object'],
  ['environment', 'object'],
  ['environment.commit', 'string?'],
  ['summary', 'object'],
  ['summary.requests', 'number'],
  ['summary.durationS', 'number'],
  ['summary.throughputRps', 'number'],
  ['summary.statuses', 'object'],
  ['summary.errors', 'object'],
  ['summary.bytesRead', 'number'],
  ['summary.bytesWritten', 'number'],
  ['summary.connectionsOpened', 'number'],
  ['accounting', 'object'],
  ['warmup', 'object'],
  ['generator', 'object'],
  ['generator.cpuPercent', 'number'],
  ['server', 'object?'],
  ['series', 'object'],
  ['series.intervalMs', 'number'],
  ['histogram', 'string'],
  ['warnings', 'array'],
];

const SERIES_COLUMNS = ['tMs', 'requests', 'errors', 'p50Ms', 'p99Ms', 'bytesRead'] as const;

function check(root: Record<string, unknown>, path: string, kind: Kind): void {
  const value = at(root, path);
  if (value === null && kind.endsWith('?')) return;
  const wanted = kind.replace('?', '');
  const got = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  const finite = got !== 'number' || Number.isFinite(value);
  if (got !== wanted || !finite) throw corrupt(`"${path}" is missing or wrong`);
}

function checkLatency(root: Record<string, unknown>, path: string): void {
  check(root, path, 'object');
  for (const key of LATENCY_KEYS) check(root, `${path}.${key}`, 'number');
}

function checkSeries(root: Record<string, unknown>): void {
  const lengths = SERIES_COLUMNS.map((column) => {
    const values = at(root, `series.${column}`);
    if (!Array.isArray(values) || !values.every((each) => typeof each === 'number')) {
      throw corrupt(`"series.${column}" is missing or wrong`);
    }
    return values.length;
  });
  if (new Set(lengths).size > 1) throw corrupt('the columns of "series" differ in length');
}

/** Missing in runs of older versions. */
function checkAnswers(root: Record<string, unknown>): void {
  if (at(root, 'feeds') !== undefined) check(root, 'feeds', 'array');
  if (at(root, 'answers') === undefined) return;
  check(root, 'answers', 'object');
  for (const key of ['min', 'median', 'max', 'distinct']) check(root, `answers.bodyBytes.${key}`, 'number');
  check(root, 'answers.sampled', 'number');
  for (const key of ['contentTypes', 'bodyHashes', 'failedChecks']) check(root, `answers.${key}`, 'array');
  for (const type of at(root, 'answers.contentTypes') as unknown[]) {
    if (typeof type !== 'string') throw corrupt('"answers.contentTypes" is missing or wrong');
  }
}

/** Only of a run that loaded several endpoints. */
function checkMix(root: Record<string, unknown>): void {
  if (at(root, 'mix') === undefined) return;
  check(root, 'mix', 'object');
  check(root, 'mix.name', 'string?');
  check(root, 'mix.endpoints', 'array');
  for (const each of at(root, 'mix.endpoints') as unknown[]) {
    const endpoint = object(each, '"mix.endpoints"');
    for (const key of ['name', 'histogram']) check(endpoint, key, 'string');
    for (const key of ['weight', 'requests', 'throughputRps', 'bytesRead']) check(endpoint, key, 'number');
    for (const key of ['request', 'statuses', 'errors']) check(endpoint, key, 'object');
    checkLatency(endpoint, 'latencyMs');
    if (at(endpoint, 'correctedLatencyMs') !== undefined) checkLatency(endpoint, 'correctedLatencyMs');
  }
}

function at(root: Record<string, unknown>, path: string): unknown {
  let value: unknown = root;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

function object(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw corrupt(`${what} is not an object`);
  return value as Record<string, unknown>;
}

function corrupt(reason: string, cause?: unknown): UserError {
  return new UserError('run-corrupt', `This is not a run that can be opened: ${reason}.`, { cause });
}
