import { resolve } from 'node:path';
import { encodeSweep } from '../core/history/sweepFile';
import type { Sweep } from '../core/model/sweep';
import { formatCount } from '../core/report/format';
import { formatSweepText } from '../core/report/sweepText';
import { readEnvironment } from '../platform/node/environment';
import { proxyFor } from '../core/request/proxy';
import { LoadProcess } from '../platform/node/loadProcess';
import { openFileLimit } from '../platform/node/openFileLimit';
import { resolveHost } from '../platform/node/resolveHost';
import { wasmFrom } from '../platform/node/wasmFiles';
import { secretsOfEnvironment } from '../session/secrets';
import { ServerPool } from '../session/serverPool';
import { sweep } from '../session/sweep';
import { resolveTarget } from './benchTarget';
import type { CliContext } from './cliContext';
import { EXIT, type ExitCode } from './exitCodes';
import { flagPrompts } from './flagPrompts';
import { requireWritable, writeOutput } from './outputFile';
import { describeSnapshot, ProgressLine } from './progressLine';
import { parseSweepOptions } from './sweepOptions';

/** `sweep`: measures level by level and prints; answers with the exit code. Raises like `runBench`. */
export async function runSweep(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const options = parseSweepOptions(args);
  await requireWritable(options.output);
  const target = await resolveTarget(options, wasmFrom(context.wasmFolder));
  const progress = new ProgressLine(context.stderr);
  const load = new LoadProcess({ entry: context.loadgenScript, log: () => undefined });
  const servers = new ServerPool({ supervisor: { script: context.supervisorScript }, onOutput: () => undefined });
  let at = '';
  try {
    const folder = options.route === null ? null : resolve(options.dir);
    const result = await sweep(
      {
        target,
        plan: options.plan,
        folder,
        ...(options.checks ? { checks: options.checks } : {}),
        ...(options.feeds ? { feeds: options.feeds } : {}),
      },
      {
        prompts: flagPrompts(options, target),
        consents: { has: () => false, add: () => undefined },
        load,
        servers,
        sweeps: null,
        openFileLimit: openFileLimit(),
        readEnvironment: (where) => readEnvironment(where ?? process.cwd(), context.version),
        resolveHost,
        proxyFor: (url) => options.proxy ?? proxyFor(url, process.env),
        secretOf: secretsOfEnvironment(process.env),
      },
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
    await context.print(options.json ? encodeSweep(result) : formatSweepText(result));
    if (options.output !== null) await writeOutput(options.output, encodeSweep(result));
    return exitCodeOf(result);
  } finally {
    progress.clear();
    load.dispose();
    await servers.stopAll();
  }
}

function exitCodeOf({ state, points }: Sweep): ExitCode {
  if (state === 'cancelled') return EXIT.interrupted;
  if (points.some(({ summary }) => (summary.errors.check ?? 0) > 0)) return EXIT.broken;
  return points.every(({ summary }) => summary.requests === 0) ? EXIT.unreachable : EXIT.done;
}
