import { resolve } from 'node:path';
import { encodeRun } from '../core/history/runFile';
import { defaultProfile } from '../core/plan/defaultProfile';
import { formatRunText } from '../core/report/textSummary';
import { wasmFrom } from '../platform/node/wasmFiles';
import { benchmark } from '../session/benchmark';
import { parseBenchOptions } from './benchOptions';
import { resolveTarget } from './benchTarget';
import type { CliContext } from './cliContext';
import { exitCodeOf, type ExitCode } from './exitCodes';
import { asksForMix } from './mixOptions';
import { requireWritable, writeOutput } from './outputFile';
import { describeSnapshot } from './progressLine';
import { runMix } from './runMix';
import { asksForVariants, runVariants } from './runVariants';
import { withBenchDesk } from './withBenchDesk';

/** `bench`: measures and prints; answers with the exit code. Raises UserErrors and, with nothing measured, `CancelledError`. */
export async function runBench(args: readonly string[], context: CliContext): Promise<ExitCode> {
  if (asksForMix(args)) return await runMix(args, context);
  if (asksForVariants(args)) return await runVariants(args, context);
  const options = parseBenchOptions(args, { command: 'bench', profile: defaultProfile(), mayBeUnix: true });
  await requireWritable(options.output);
  const target = await resolveTarget(options, wasmFrom(context.wasmFolder));
  return await withBenchDesk(options, target, context, async ({ services, progress }) => {
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
