import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describeMachine, learnedPrior } from '../core/compare/learnedPrior';
import { DEFAULT_LAUNCH_PRIOR, type LaunchPrior } from '../core/compare/launchInterval';
import type { PairLoad } from '../core/model/pairPlan';
import type { RunEnvironment } from '../core/model/run';
import { ComparisonStore } from '../platform/node/comparisonStore';
import { readEnvironment } from '../platform/node/environment';
import { LoadProcess } from '../platform/node/loadProcess';
import { resolveHost } from '../platform/node/resolveHost';
import { wasmFrom } from '../platform/node/wasmFiles';
import type { BenchmarkTarget } from '../session/benchmarkOrder';
import type { CommitServices } from '../session/compareWithCommit';
import type { SideBySideEvents, SideBySideOrder } from '../session/sideBySide';
import { describeError } from '../util/errors';
import type { BenchOptions } from './benchOptions';
import { resolveTarget } from './benchTarget';
import type { CliContext } from './cliContext';
import type { SessionFlags } from './compareOptions';
import { flagPrompts } from './flagPrompts';
import { ownFolders } from './ownFolders';
import { ProgressLine } from './progressLine';
import { usageError } from './values';
import { valueSources } from './valueSources';

/** Everything that the commands which compare servers share. */
export interface CompareDesk {
  readonly services: CommitServices;
  readonly events: SideBySideEvents;
  /** What is kept of comparisons of the folder. */
  readonly comparisons: ComparisonStore;
  readonly environment: RunEnvironment;
}

/** Brings up what a comparison needs for the time of `use`. `target` decides what the flags allow. */
export async function withCompareDesk<Result>(
  bench: BenchOptions,
  target: BenchmarkTarget | null,
  context: CliContext,
  use: (desk: CompareDesk) => Promise<Result>,
): Promise<Result> {
  const progress = new ProgressLine(context.stderr);
  const load = new LoadProcess({ entry: context.loadgenScript, log: () => undefined });
  const folders = ownFolders();
  const direct: BenchmarkTarget = target ?? {
    kind: 'request',
    request: { method: 'GET', url: '', headers: [], body: null },
  };
  try {
    return await use({
      services: {
        load,
        resolveHost,
        prompts: flagPrompts(bench, direct),
        consents: { has: () => false, add: () => undefined },
        ...valueSources(bench),
        storage: folders.copies,
        supervisor: { script: context.supervisorScript },
        onOutput: () => undefined,
      },
      events: progressEvents(progress),
      comparisons: new ComparisonStore(folders.comparisonsOf(bench.dir)),
      environment: await readEnvironment(resolve(bench.dir), context.version),
    });
  } finally {
    progress.clear();
    load.dispose();
  }
}

/** The target of the options, which must be a route. Fails with `usage`. */
export async function resolveRoute(
  bench: BenchOptions,
  context: CliContext,
): Promise<Extract<BenchmarkTarget, { kind: 'endpoint' }>> {
  const target = await resolveTarget(bench, wasmFrom(context.wasmFolder));
  if (target.kind !== 'endpoint') throw usageError('This wants --dir FOLDER and --route "GET /path".');
  return target;
}

/** What is believed of launches: what a file says, or what was learned here. Fails with `usage` when the file is none. */
export async function readPrior(file: string | null, { comparisons, environment }: CompareDesk): Promise<LaunchPrior> {
  if (file === null) return learnedPrior(await comparisons.list(), describeMachine(environment));
  try {
    const { prior } = JSON.parse(await readFile(file, 'utf8')) as { prior?: Partial<LaunchPrior> };
    const { sigma = NaN, degreesOfFreedom = NaN } = prior ?? {};
    if (sigma > 0 && sigma < 1 && degreesOfFreedom >= 1 && degreesOfFreedom <= 100) {
      return { sigma, degreesOfFreedom, learnedFrom: 'calibration' };
    }
  } catch (cause) {
    throw usageError(`The file of --prior cannot be read: ${describeError(cause)}`);
  }
  throw usageError(`${file} is no calibration: make one with endpoint-profiler calibrate -o FILE.`);
}

/** What the flags say about a session of one endpoint. */
export function orderOf(
  { profile, checks }: BenchOptions,
  { budgetMs, margin, quick, seed }: SessionFlags,
  prior: LaunchPrior = DEFAULT_LAUNCH_PRIOR,
): Omit<SideBySideOrder, 'sides' | 'request' | 'id'> {
  return {
    load: pairLoadOf(profile),
    ...(checks ? { checks } : {}),
    ...{ margin, budgetMs, quick, seed, prior },
    warnings: [],
  };
}

function pairLoadOf({ model, timeoutMs, transport, http2, insecureTls }: BenchOptions['profile']): PairLoad {
  const { connections, pipelining } = model.kind === 'closed' ? model : { connections: 16, pipelining: 1 };
  return { connections, pipelining, timeoutMs, transport, http2, insecureTls };
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
