import { readEnvironment } from '../platform/node/environment';
import { LoadProcess } from '../platform/node/loadProcess';
import { resolveHost } from '../platform/node/resolveHost';
import { proxyFor } from '../core/request/proxy';
import type { BenchmarkTarget, SessionServices } from '../session/benchmarkOrder';
import { ServerPool } from '../session/serverPool';
import type { BenchOptions } from './benchOptions';
import type { CliContext } from './cliContext';
import { flagPrompts } from './flagPrompts';
import { ProgressLine } from './progressLine';
import { valueSources } from './valueSources';

/** Everything that the commands which load one server at a time share. */
export interface BenchDesk {
  /** Keeps nothing, and answers questions by flags. */
  readonly services: SessionServices & { readonly servers: ServerPool; readonly store: null };
  readonly progress: ProgressLine;
}

/** Brings up what loading a server needs for the time of `use`, and ends every process afterwards. */
export async function withBenchDesk<Result>(
  options: BenchOptions,
  target: BenchmarkTarget,
  context: CliContext,
  use: (desk: BenchDesk) => Promise<Result>,
): Promise<Result> {
  const progress = new ProgressLine(context.stderr);
  const load = new LoadProcess({ entry: context.loadgenScript, log: () => undefined });
  const servers = new ServerPool({ supervisor: { script: context.supervisorScript }, onOutput: () => undefined });
  try {
    return await use({
      services: {
        prompts: flagPrompts(options, target),
        consents: { has: () => false, add: () => undefined },
        load,
        servers,
        store: null,
        readEnvironment: (where) => readEnvironment(where ?? process.cwd(), context.version),
        resolveHost,
        proxyFor: (url) => options.proxy ?? proxyFor(url, process.env),
        ...valueSources(options),
      },
      progress,
    });
  } finally {
    progress.clear();
    load.dispose();
    await servers.stopAll();
  }
}
