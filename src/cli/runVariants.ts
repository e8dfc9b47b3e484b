import { join, resolve } from 'node:path';
import type { WasmLoader } from '../core/discovery/wasmLoader';
import { encodeVariants } from '../core/history/variantsFile';
import type { Server } from '../core/model/server';
import type { VariantsResult } from '../core/model/variants';
import { sameEndpoint } from '../core/request/sameEndpoint';
import { formatVariantsText } from '../core/report/variantsText';
import { wasmFrom } from '../platform/node/wasmFiles';
import { benchmarkVariants, type VariantTarget } from '../session/benchmarkVariants';
import { parseBenchOptions, type BenchOptions } from './benchOptions';
import { resolveTarget } from './benchTarget';
import { readTeamFile } from './readTeamFile';
import type { CliContext } from './cliContext';
import { EXIT, type ExitCode } from './exitCodes';
import { requireWritable, writeOutput } from './outputFile';
import { describeSnapshot } from './progressLine';
import { runRoutes } from './routes';
import { takeFlags } from './takeFlags';
import { parseCount, usageError } from './values';
import { withBenchDesk } from './withBenchDesk';

const FLAGS = { server: { type: 'string' }, rounds: { type: 'string' } } as const;
const MOST_ROUNDS = 100;

/** Whether the arguments of `bench` name several servers: `--server all`, `--server a,b` or `--rounds`. */
export function asksForVariants(args: readonly string[]): boolean {
  const { server, rounds } = takeFlags(args, FLAGS).taken;
  return rounds !== undefined || server === 'all' || (server?.includes(',') === true && !server.includes('://'));
}

/** `bench` on several servers of the team file; prints a table and answers with the exit code. Raises like `runBench`. */
export async function runVariants(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const { taken, rest } = takeFlags(args, FLAGS);
  const options = parseBenchOptions(rest);
  if (options.route === null) throw usageError('Several servers go with --dir and --route, not with a URL.');
  const rounds = taken.rounds === undefined ? 1 : parseCount(taken.rounds, '--rounds', 1, MOST_ROUNDS);
  const servers = await namedServers(taken.server ?? 'all', options.dir);
  await requireWritable(options.output);
  const wasm = wasmFrom(context.wasmFolder);
  const targets: VariantTarget[] = [];
  for (const server of servers) targets.push(await targetOn(server, options, wasm));
  const [first] = targets;
  if (!first) throw usageError('Name at least one server.');
  let turn = '';
  return await withBenchDesk(options, first, context, async ({ services, progress }) => {
    const result = await benchmarkVariants(
      {
        targets,
        profile: options.profile,
        rounds,
        ...(options.checks ? { checks: options.checks } : {}),
        ...(options.feeds ? { feeds: options.feeds } : {}),
        folder: resolve(options.dir),
      },
      services,
      {
        onVariant: (name, round) => (turn = rounds === 1 ? `${name}  ` : `${name}, round ${round}/${rounds}  `),
        onActivity: (activity) => {
          if (activity.kind === 'preparing') progress.show(turn + activity.sentence);
        },
        onSnapshot: (snapshot) => progress.show(turn + describeSnapshot(snapshot)),
      },
      context.signal,
    );
    progress.clear();
    const json = encodeVariants(result);
    await context.print(options.json ? json : formatVariantsText(result));
    if (options.output !== null) await writeOutput(options.output, json);
    return exitCodeOf(result);
  });
}

/** The named servers in the order of their names; `all` are those of the team file in its order. */
async function namedServers(text: string, dir: string): Promise<readonly Server[]> {
  const { servers } = await readTeamFile(dir);
  const there = servers.map(({ name }) => name).join(', ');
  if (text === 'all') {
    if (servers.length > 0) return servers;
    throw usageError('There are no servers to compare: describe them in .vscode/endpoint-profiler.json.');
  }
  const names = text.split(',').map((name) => name.trim());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw usageError(`--server names "${twice}" twice: leave one of them out.`);
  return names.map((name) => {
    const found = servers.find((each) => each.name === name);
    if (found) return found;
    throw usageError(`There is no server "${name}" in .vscode/endpoint-profiler.json; there is ${there || 'none'}.`);
  });
}

/** The endpoint as the server's own code has it, with the values that were typed for the route. */
async function targetOn(server: Server, options: BenchOptions, wasm: WasmLoader): Promise<VariantTarget> {
  const here = server.dir === undefined ? options : await inOtherCode(server.name, server.dir, options, wasm);
  // Any address stands for the server until it is put in its place, so that the other folder needs no team file.
  const target = await resolveTarget({ ...here, server: 'http://127.0.0.1:1' }, wasm);
  if (target.kind !== 'endpoint') throw usageError('Several servers go with --route.');
  return { ...target, server };
}

async function inOtherCode(name: string, dir: string, options: BenchOptions, wasm: WasmLoader): Promise<BenchOptions> {
  const folder = join(options.dir, dir);
  const { endpoints } = await runRoutes({ dir: folder, includeTests: true }, { wasm });
  const route = options.route ?? '';
  const found = sameEndpoint(route, endpoints);
  if (!found)
    throw usageError(`Server "${name}" has no route like "${route}" in ${folder}: see endpoint-profiler routes.`);
  const { endpoint, renamed } = found;
  const [method = ''] = route.trim().split(' ');
  return {
    ...options,
    dir: folder,
    route: `${method} ${endpoint.path}`,
    params: options.params.map(([key, value]) => [renamed.get(key) ?? key, value]),
  };
}

function exitCodeOf({ state, variants }: VariantsResult): ExitCode {
  if (state === 'cancelled') return EXIT.interrupted;
  if (variants.some(({ problem, runs }) => problem !== null || runs.every(({ summary }) => summary.requests === 0)))
    return EXIT.unreachable;
  const checks = variants.flatMap(({ runs }) => runs.map(({ summary }) => summary.errors.check ?? 0));
  return checks.some((count) => count > 0) ? EXIT.broken : EXIT.done;
}
