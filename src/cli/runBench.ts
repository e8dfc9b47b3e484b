import { resolve } from 'node:path';
import { encodeRun } from '../core/history/runFile';
import type { Run } from '../core/model/run';
import { defaultProfile } from '../core/plan/defaultProfile';
import { proxyFor } from '../core/request/proxy';
import { formatRunText } from '../core/report/textSummary';
import { readEnvironment } from '../platform/node/environment';
import { LoadProcess } from '../platform/node/loadProcess';
import { resolveHost } from '../platform/node/resolveHost';
import { wasmFrom } from '../platform/node/wasmFiles';
import { benchmark } from '../session/benchmark';
import { secretsOfEnvironment } from '../session/secrets';
import { ServerPool } from '../session/serverPool';
import { parseBenchOptions } from './benchOptions';
import { resolveTarget } from './benchTarget';
import type { CliContext } from './cliContext';
import { EXIT, type ExitCode } from './exitCodes';
import { flagPrompts } from './flagPrompts';
import { requireWritable, writeOutput } from './outputFile';
import { describeSnapshot, ProgressLine } from './progressLine';
import { asksForVariants, runVariants } from './runVariants';

/** `bench`: measures and prints; answers with the exit code. Raises UserErrors and, with nothing measured, `CancelledError`. */
export async function runBench(args: readonly string[], context: CliContext): Promise<ExitCode> {
  if (asksForVariants(args)) return await runVariants(args, context);
  const options = parseBenchOptions(args, { command: 'bench', profile: defaultProfile(), mayBeUnix: true });
  await requireWritable(options.output);
  const target = await resolveTarget(options, wasmFrom(context.wasmFolder));
  const progress = new ProgressLine(context.stderr);
  const log: string[] = [];
  const load = new LoadProcess({ entry: context.loadgenScript, log: (message) => log.push(message) });
  const servers = new ServerPool({ supervisor: { script: context.supervisorScript }, onOutput: () => undefined });
  try {
    const folder = options.route === null ? null : resolve(options.dir);
    const run = await benchmark(
      {
        target,
        profile: options.profile,
        folder,
        ...(options.checks ? { checks: options.checks } : {}),
        ...(options.feeds ? { feeds: options.feeds } : {}),
        ...(options.unixSocket === null ? {} : { unixSocket: options.unixSocket }),
      },
      {
        prompts: flagPrompts(options, target),
        consents: { has: () => false, add: () => undefined },
        load,
        servers,
        store: null,
        readEnvironment: (where) => readEnvironment(where ?? process.cwd(), context.version),
        resolveHost,
        proxyFor: (url) => options.proxy ?? proxyFor(url, process.env),
        secretOf: secretsOfEnvironment(process.env),
      },
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
  } finally {
    progress.clear();
    load.dispose();
    await servers.stopAll();
  }
}

function exitCodeOf(run: Run): ExitCode {
  if (run.state === 'cancelled') return EXIT.interrupted;
  if ((run.summary.errors.check ?? 0) > 0) return EXIT.broken;
  const { measured, drained } = run.accounting;
  return measured + drained === 0 ? EXIT.unreachable : EXIT.done;
}
