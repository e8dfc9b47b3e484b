import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { formatComparisonMarkdown, formatComparisonText } from '../core/compare/comparisonReport';
import { compareRuns } from '../core/compare/compareRuns';
import { DEFAULT_LAUNCH_PRIOR } from '../core/compare/launchInterval';
import type { Comparison } from '../core/model/comparison';
import type { PairLoad } from '../core/model/pairPlan';
import { buildRequest, finishRequest } from '../core/request/buildRequest';
import { LoadProcess } from '../platform/node/loadProcess';
import { resolveHost } from '../platform/node/resolveHost';
import { wasmFrom } from '../platform/node/wasmFiles';
import type { BenchmarkTarget } from '../session/benchmarkOrder';
import { compareWithCommit } from '../session/compareWithCommit';
import {
  sideBySide,
  type Side,
  type SideBySideEvents,
  type SideBySideOrder,
  type SideBySideResult,
  type SideBySideServices,
} from '../session/sideBySide';
import { secretsOfEnvironment } from '../session/secrets';
import type { BenchOptions } from './benchOptions';
import { resolveTarget } from './benchTarget';
import type { CliContext } from './cliContext';
import { parseCompareOptions, type CompareOptions, type SessionFlags } from './compareOptions';
import { EXIT, type ExitCode } from './exitCodes';
import { readRun } from './exportRun';
import { flagPrompts } from './flagPrompts';
import { requireWritable, writeOutput } from './outputFile';
import { ProgressLine } from './progressLine';
import { usageError } from './values';

/** `compare`: prints a verdict; 1 when the after side is slower or fails more, 130 when it was interrupted. */
export async function runCompare(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const options = parseCompareOptions(args);
  await requireWritable(options.output);
  if (options.kind === 'files') {
    const comparison = compareRuns(await readRun(options.before), await readRun(options.after));
    return await finish(comparison, options, context);
  }
  const { comparison, state } = await measure(options, context);
  const code = await finish(comparison, options, context);
  return state === 'cancelled' ? EXIT.interrupted : code;
}

async function finish(comparison: Comparison, options: CompareOptions, context: CliContext): Promise<ExitCode> {
  const json = `${JSON.stringify(comparison, null, 1)}\n`;
  const text = {
    json: () => json,
    markdown: () => formatComparisonMarkdown(comparison),
    text: () => formatComparisonText(comparison),
  }[options.format]();
  await context.print(text);
  if (options.output !== null) await writeOutput(options.output, json);
  return comparison.regression ? EXIT.broken : EXIT.done;
}

async function measure(
  options: Exclude<CompareOptions, { kind: 'files' }>,
  context: CliContext,
): Promise<SideBySideResult> {
  const progress = new ProgressLine(context.stderr);
  const load = new LoadProcess({ entry: context.loadgenScript, log: () => undefined });
  try {
    const target = await resolveTarget(options.bench, wasmFrom(context.wasmFolder));
    const services: SideBySideServices = {
      load,
      resolveHost,
      prompts: flagPrompts(options.bench, target),
      consents: { has: () => false, add: () => undefined },
      secretOf: (name) => secretsOfEnvironment(process.env)(name, null),
    };
    const events = progressEvents(progress);
    if (options.kind === 'urls') return await sideBySide(urlsOrder(options), services, events, context.signal);
    return await againstCommit(options, target, services, events, context);
  } finally {
    progress.clear();
    load.dispose();
  }
}

function progressEvents(progress: ProgressLine): SideBySideEvents {
  return {
    onStep: (sentence, round) => progress.show(`round ${round + 1}  ${sentence}`),
    onProgress: ({ phase, elapsedMs, logRatios, rps }, round) => {
      const pace = `${Math.round(rps.before)} | ${Math.round(rps.after)} req/s`;
      const what = phase === 'warmup' ? 'warming up' : `${logRatios.length} blocks`;
      progress.show(`round ${round + 1}  ${what}  ${Math.round(elapsedMs / 1000)} s  ${pace}`);
    },
  };
}

function urlsOrder({ a, b, bench, session }: Extract<CompareOptions, { kind: 'urls' }>): SideBySideOrder {
  const method = bench.method ?? (bench.body === null ? 'GET' : 'POST');
  const body = bench.body === null ? null : { text: bench.body };
  return {
    ...orderOf(bench, session),
    sides: { before: runningSide(a), after: runningSide(b) },
    request: (url) => finishRequest({ method, url, headers: bench.headers, body }),
    id: a,
  };
}

async function againstCommit(
  { against, bench, session }: Extract<CompareOptions, { kind: 'commit' }>,
  target: BenchmarkTarget,
  services: SideBySideServices,
  events: SideBySideEvents,
  context: CliContext,
): Promise<SideBySideResult> {
  if (target.kind !== 'endpoint') throw usageError('--against wants --route.');
  const { endpoint, values, server } = target;
  const storage = await mkdtemp(join(tmpdir(), 'endpoint-profiler-'));
  try {
    return await compareWithCommit(
      {
        ...orderOf(bench, session),
        request: (baseUrl) => buildRequest(endpoint, baseUrl, values),
        id: endpoint.id,
        folder: resolve(bench.dir),
        against,
        candidate: null,
        server,
      },
      { ...services, storage, supervisor: { script: context.supervisorScript }, onOutput: () => undefined },
      events,
      context.signal,
    );
  } finally {
    await rm(storage, { recursive: true, force: true });
  }
}

function runningSide(url: string): Side {
  const open = { baseUrl: url, pid: null, close: () => Promise.resolve() };
  return { label: url, isRestarted: false, open: () => Promise.resolve(open) };
}

function orderOf(
  { profile, checks }: BenchOptions,
  { budgetMs, margin, quick, seed }: SessionFlags,
): Omit<SideBySideOrder, 'sides' | 'request' | 'id'> {
  return {
    load: pairLoadOf(profile),
    ...(checks ? { checks } : {}),
    margin,
    budgetMs,
    quick,
    seed,
    prior: DEFAULT_LAUNCH_PRIOR,
    warnings: [],
  };
}

function pairLoadOf({ model, timeoutMs, transport, http2, insecureTls }: BenchOptions['profile']): PairLoad {
  const { connections, pipelining } = model.kind === 'closed' ? model : { connections: 16, pipelining: 1 };
  return { connections, pipelining, timeoutMs, transport, http2, insecureTls };
}
