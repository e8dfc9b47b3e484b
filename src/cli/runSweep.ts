import { resolve } from 'node:path';
import { encodeRecord } from '../core/history/recordFile';
import type { Sweep } from '../core/model/sweep';
import { formatCount } from '../core/report/format';
import { formatSweepText } from '../core/report/sweepText';
import { openFileLimit } from '../platform/node/openFileLimit';
import { wasmFrom } from '../platform/node/wasmFiles';
import { sweep } from '../session/sweep';
import { resolveTarget } from './benchTarget';
import type { CliContext } from './cliContext';
import { EXIT, type ExitCode } from './exitCodes';
import { requireWritable, writeOutput } from './outputFile';
import { describeSnapshot } from './progressLine';
import { parseSweepOptions } from './sweepOptions';
import { withBenchDesk } from './withBenchDesk';

/** `sweep`: measures level by level and prints; answers with the exit code. Raises like `runBench`. */
export async function runSweep(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const options = parseSweepOptions(args);
  await requireWritable(options.output);
  const target = await resolveTarget(options, wasmFrom(context.wasmFolder));
  let at = '';
  return await withBenchDesk(options, target, context, async ({ services, progress }) => {
    const folder = options.route === null ? null : resolve(options.dir);
    const result = await sweep(
      {
        target,
        plan: options.plan,
        folder,
        ...(options.checks ? { checks: options.checks } : {}),
        ...(options.feeds ? { feeds: options.feeds } : {}),
      },
      { ...services, sweeps: null, openFileLimit: openFileLimit() },
      {
        onActivity: (activity) => {
          if (activity.kind === 'preparing') progress.show(activity.sentence);
        },
        onLevel: (level, done) => {
          const unit = options.plan.kind === 'rate' ? 'req/s' : 'connections';
          at = `${done.length + 1}/${options.plan.levels.length}  ${formatCount(level)} ${unit}  `;
        },
        onSnapshot: (snapshot) => progress.show(at + describeSnapshot(snapshot)),
      },
      context.signal,
    );
    progress.clear();
    await context.print(options.json ? encodeRecord(result) : formatSweepText(result));
    if (options.output !== null) await writeOutput(options.output, encodeRecord(result));
    return exitCodeOf(result);
  });
}

function exitCodeOf({ state, points }: Sweep): ExitCode {
  if (state === 'cancelled') return EXIT.interrupted;
  if (points.some(({ summary }) => (summary.errors.check ?? 0) > 0)) return EXIT.broken;
  return points.every(({ summary }) => summary.requests === 0) ? EXIT.unreachable : EXIT.done;
}
