import { resolve } from 'node:path';
import { encodeRun } from '../core/history/runFile';
import type { Endpoint } from '../core/model/endpoint';
import { defaultProfile } from '../core/plan/defaultProfile';
import { nameOfEntry, type MixEntry } from '../core/request/mixEntries';
import { formatRunText } from '../core/report/textSummary';
import { wasmFrom } from '../platform/node/wasmFiles';
import { benchmarkMix, type MixPart } from '../session/benchmarkMix';
import type { BenchmarkTarget } from '../session/benchmarkOrder';
import { parseBenchOptions, type BenchDefaults, type BenchOptions } from './benchOptions';
import { findRoutes, resolveTarget, type RouteFinder } from './benchTarget';
import type { CliContext } from './cliContext';
import { exitCodeOf, type ExitCode } from './exitCodes';
import { requireFeedsUsed, withOwnFeeds } from './mixFeeds';
import { parseMixOptions, type TypedMix } from './mixOptions';
import { requireWritable, writeOutput } from './outputFile';
import { describeSnapshot } from './progressLine';
import { usageError } from './values';
import { withBenchDesk } from './withBenchDesk';

const DEFAULTS: BenchDefaults = { command: 'bench', profile: defaultProfile(), mayBeUnix: true };

/** `bench` of several requests at once; prints the run and answers with the exit code. Raises like `runBench`. */
export async function runMix(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const mix = await parseMixOptions(args);
  const planned = planParts(mix);
  const [lead] = planned;
  if (!lead) throw usageError('Name at least one request.');
  const { options } = lead;
  await requireWritable(options.output);
  const wasm = wasmFrom(context.wasmFolder);
  let found: Promise<readonly Endpoint[]> | undefined;
  const findOnce: RouteFinder = (dir, loader) => (found ??= findRoutes(dir, loader));
  const parts: MixPart[] = [];
  for (const { name, weight, options: own } of planned) {
    const { target, feeds } = withOwnFeeds(await resolveTarget(own, wasm, findOnce), options.feeds);
    parts.push({
      ...{ name: name ?? nameOfTarget(target), weight, target },
      ...(feeds ? { feeds } : {}),
      ...(options.checks ? { checks: options.checks } : {}),
    });
  }
  requireFeedsUsed(options.feeds, parts);
  const [first] = parts;
  if (!first) throw usageError('Name at least one request.');
  // What stands in a file was not typed: writing wants a flag.
  const asked = mix.file === null ? options : { ...options, importFrom: mix.file };
  return await withBenchDesk(asked, first.target, context, async ({ services, progress }) => {
    const run = await benchmarkMix(
      {
        ...{ name: mix.name, seed: mix.seed, parts, profile: options.profile },
        folder: options.route === null ? null : resolve(options.dir),
        ...(options.unixSocket === null ? {} : { unixSocket: options.unixSocket }),
      },
      services,
      {
        onActivity: (activity) => {
          if (activity.kind === 'preparing') progress.show(activity.sentence);
        },
        onSnapshot: (snapshot) => progress.show(describeSnapshot(snapshot)),
      },
      context.signal,
    );
    progress.clear();
    await context.print(options.json ? encodeRun(run) : formatRunText(run));
    if (options.output !== null) await writeOutput(options.output, encodeRun(run));
    return exitCodeOf(run);
  });
}

interface PlannedPart {
  /** Null where only the target says it. */
  readonly name: string | null;
  readonly weight: number;
  readonly options: BenchOptions;
}

/** Every request as `bench` alone would be told of it. */
function planParts({ url, leadWeight, entries, rest }: TypedMix): readonly PlannedPart[] {
  if (url !== null) {
    const base = parseBenchOptions(rest, DEFAULTS);
    const beside = entries.map((entry) => ({
      name: nameOfEntry(entry),
      weight: entry.weight,
      options: { ...base, ...requestAt(url, entry), body: null },
    }));
    return leadWeight === null ? beside : [{ name: null, weight: leadWeight, options: base }, ...beside];
  }
  const routed = entries.map((entry) => ({
    name: nameOfEntry(entry),
    weight: entry.weight,
    options: { ...routeOptions(rest, entry), body: null },
  }));
  if (leadWeight === null) return routed;
  const lead = parseBenchOptions(rest, DEFAULTS);
  const name = lead.route === null ? null : `${lead.route}${lead.request === null ? '' : ` #${lead.request}`}`;
  return [{ name, weight: leadWeight, options: lead }, ...routed];
}

/** A path at the server of the URL, below the URL's own path where that ends with a slash. */
function requestAt(url: string, entry: MixEntry): Pick<BenchOptions, 'url' | 'method'> {
  if (entry.requestName !== null)
    throw usageError(`"${nameOfEntry(entry)}" names a request of the team file: use --dir.`);
  try {
    return { url: new URL(entry.path, url).href, method: entry.method };
  } catch {
    throw usageError(`"${url}" is no URL: write it like http://127.0.0.1:8000/.`);
  }
}

function routeOptions(rest: readonly string[], { method, path, requestName }: MixEntry): BenchOptions {
  const typed = [...rest, '--route', `${method} ${path}`];
  return parseBenchOptions(requestName === null ? typed : [...typed, '--request', requestName], DEFAULTS);
}

function nameOfTarget(target: BenchmarkTarget): string {
  if (target.kind === 'endpoint') return `${target.values.method} ${target.endpoint.path}`;
  const { pathname, search } = new URL(target.request.url);
  return `${target.request.method} ${pathname}${search}`;
}
