import { resolve } from 'node:path';
import { formatComparisonMarkdown, formatComparisonText } from '../core/compare/comparisonReport';
import { formatManyMarkdown, formatManyText } from '../core/compare/manyReport';
import { compareRuns } from '../core/compare/compareRuns';
import type { Comparison } from '../core/model/comparison';
import type { ManyComparison } from '../core/model/manyComparison';
import type { Server } from '../core/model/server';
import { buildRequest, finishRequest } from '../core/request/buildRequest';
import { hideSecretsOfRequest } from '../core/request/secrets';
import { wasmFrom } from '../platform/node/wasmFiles';
import { requireTwice } from '../session/commitSides';
import { compareMany } from '../session/compareMany';
import { compareWithCommit } from '../session/compareWithCommit';
import { withServerLogin } from '../session/login';
import { serverSide } from '../session/serverSide';
import { sideBySide, type Side, type SideBySideResult } from '../session/sideBySide';
import { storedComparison } from '../session/storedComparison';
import { chooseServer, resolveTarget } from './benchTarget';
import { readTeamFile } from './readTeamFile';
import type { CliContext } from './cliContext';
import { orderOf, readPrior, resolveRoute, withCompareDesk } from './compareDesk';
import { parseCompareOptions, type CompareOptions } from './compareOptions';
import { EXIT, type ExitCode } from './exitCodes';
import { resolveMany } from './manyTargets';
import { requireWritable, writeOutput } from './outputFile';
import { readRun } from './readRun';

type Options<Kind extends CompareOptions['kind']> = Extract<CompareOptions, { kind: Kind }>;

/** `compare`: prints a verdict; 1 when the after side is slower or fails more, 130 when it was interrupted. */
export async function runCompare(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const options = parseCompareOptions(args);
  await requireWritable(options.output);
  if (options.kind === 'files') {
    const comparison = compareRuns(await readRun(options.before), await readRun(options.after));
    return await finish(comparison, options, context);
  }
  if (options.kind === 'many') {
    const { comparison, state } = await measureMany(options, context);
    const code = await finish(comparison, options, context);
    return state === 'cancelled' ? EXIT.interrupted : code;
  }
  const { comparison, state } = await measure(options, context);
  const code = await finish(comparison, options, context);
  return state === 'cancelled' ? EXIT.interrupted : code;
}

async function finish(
  comparison: Comparison | ManyComparison,
  { format, output }: CompareOptions,
  context: CliContext,
): Promise<ExitCode> {
  const json = `${JSON.stringify(comparison, null, 1)}\n`;
  const isMany = comparison.kind === 'many';
  const text = {
    json: () => json,
    markdown: () => (isMany ? formatManyMarkdown(comparison) : formatComparisonMarkdown(comparison)),
    text: () => (isMany ? formatManyText(comparison) : formatComparisonText(comparison)),
  }[format]();
  await context.print(text);
  if (output !== null) await writeOutput(output, json);
  return comparison.regression ? EXIT.broken : EXIT.done;
}

function measure(options: Options<'urls' | 'commit' | 'servers'>, context: CliContext): Promise<SideBySideResult> {
  switch (options.kind) {
    case 'urls':
      return urls(options, context);
    case 'commit':
      return againstCommit(options, context);
    case 'servers':
      return servers(options, context);
  }
}

async function urls({ a, b, bench, session }: Options<'urls'>, context: CliContext): Promise<SideBySideResult> {
  const target = await resolveTarget(bench, wasmFrom(context.wasmFolder));
  if (target.kind !== 'request') throw new Error('A URL is no route.');
  const { request } = target;
  return await withCompareDesk(bench, target, context, async (desk) => {
    const order = {
      ...orderOf(bench, session, await readPrior(session.priorFile, desk)),
      sides: { before: runningSide(a), after: runningSide(b) },
      request: (url: string) => finishRequest({ ...request, url }),
      id: a,
    };
    return await sideBySide(order, desk.services, desk.events, context.signal);
  });
}

async function againstCommit(
  { against, bench, session }: Options<'commit'>,
  context: CliContext,
): Promise<SideBySideResult> {
  const target = await resolveRoute(bench, context);
  const { endpoint, server } = target;
  return await withCompareDesk(bench, target, context, async (desk) => {
    const values = await withServerLogin(target.values, server, desk.services.loginOf, null);
    const order = {
      ...orderOf(bench, session, await readPrior(session.priorFile, desk)),
      request: (baseUrl: string) => buildRequest(endpoint, baseUrl, values),
      id: endpoint.id,
      folder: resolve(bench.dir),
      ...{ against, candidate: null, server },
    };
    const result = await compareWithCommit(order, desk.services, desk.events, context.signal);
    await desk.comparisons.save(storedComparison(result, endpoint.id, desk.environment));
    return result;
  });
}

/** Two servers of the team file on the same code: the working tree itself. */
async function servers(
  { before, after, bench, session }: Options<'servers'>,
  context: CliContext,
): Promise<SideBySideResult> {
  const team = await readTeamFile(bench.dir);
  const old = await chooseServer({ ...bench, server: before }, team);
  const now = await chooseServer({ ...bench, server: after }, team);
  for (const server of [old, now]) requireTwice(server);
  const target = await resolveRoute({ ...bench, server: before }, context);
  const { endpoint } = target;
  return await withCompareDesk(bench, target, context, async (desk) => {
    const values = await withServerLogin(target.values, old, desk.services.loginOf, null);
    const { supervisor, onOutput } = desk.services;
    const side = (server: Server): Side =>
      serverSide({ label: server.name, server, folder: resolve(bench.dir), env: {}, supervisor, onOutput });
    const order = {
      ...orderOf(bench, session, await readPrior(session.priorFile, desk)),
      sides: { before: side(old), after: side(now) },
      request: (baseUrl: string) => buildRequest(endpoint, baseUrl, values),
      id: endpoint.id,
    };
    return await sideBySide(order, desk.services, desk.events, context.signal);
  });
}

async function measureMany({ against, routes, bench, session }: Options<'many'>, context: CliContext) {
  const { endpoints, skipped, server } = await resolveMany(bench, routes, wasmFrom(context.wasmFolder));
  return await withCompareDesk(bench, null, context, async (desk) => {
    const order = {
      ...orderOf(bench, session, await readPrior(session.priorFile, desk)),
      ...{ endpoints, skipped, against, candidate: null, server },
      folder: resolve(bench.dir),
    };
    return await compareMany(order, desk.services, desk.events, context.signal);
  });
}

function runningSide(url: string): Side {
  const open = { baseUrl: url, root: new URL(url).origin, pid: null, close: () => Promise.resolve() };
  // The label is printed and kept.
  const shown = hideSecretsOfRequest({ method: 'GET', url, headers: [], body: null }, []).request.url;
  return { label: shown, isRestarted: false, open: () => Promise.resolve(open) };
}
