import { writeFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { encodeRun } from '../core/history/runFile';
import type { Run } from '../core/model/run';
import { formatRunText } from '../core/report/textSummary';
import { readEnvironment } from '../platform/node/environment';
import { LoadProcess } from '../platform/node/loadProcess';
import { resolveHost } from '../platform/node/resolveHost';
import { wasmFrom } from '../platform/node/wasmFiles';
import { benchmark } from '../session/benchmark';
import type { BenchmarkTarget, Prompts, Question } from '../session/benchmarkOrder';
import { ServerPool } from '../session/serverPool';
import { describeError } from '../util/errors';
import { parseBenchOptions, type BenchOptions } from './benchOptions';
import { resolveTarget } from './benchTarget';
import type { CliContext } from './cliContext';
import { EXIT, type ExitCode } from './exitCodes';
import { describeSnapshot, ProgressLine } from './progressLine';
import { usageError } from './values';

/** `bench`: measures and prints; answers with the exit code. Raises UserErrors and, with nothing measured, `CancelledError`. */
export async function runBench(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const options = parseBenchOptions(args);
  await requireWritable(options.output);
  const target = await resolveTarget(options, wasmFrom(context.wasmFolder));
  const progress = new ProgressLine(context.stderr);
  const log: string[] = [];
  const load = new LoadProcess({ entry: context.loadgenScript, log: (message) => log.push(message) });
  const servers = new ServerPool({ supervisor: { script: context.supervisorScript }, onOutput: () => undefined });
  try {
    const folder = options.route === null ? null : resolve(options.dir);
    const run = await benchmark(
      { target, profile: options.profile, folder, ...(options.checks ? { checks: options.checks } : {}) },
      {
        prompts: promptsFrom(options, target),
        consents: { has: () => false, add: () => undefined },
        load,
        servers,
        store: null,
        readEnvironment: (where) => readEnvironment(where ?? process.cwd(), context.version),
        resolveHost,
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
    if (options.output !== null) await writeOutput(options.output, run);
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

/** On the command line a question is answered by a flag, or by having typed the method. */
function promptsFrom(options: BenchOptions, target: BenchmarkTarget): Prompts {
  const answer = (question: Question): boolean => {
    switch (question.kind) {
      case 'preview':
        // It is among the run's warnings; a 404 may be what is to be measured.
        return true;
      case 'host':
        if (options.allowHosts.includes(question.host)) return true;
        throw usageError(
          `${question.sentence.replace(/ Send load.*$/, '')} If that is what you want, add --allow-host ${question.host}.`,
        );
      case 'writes':
        if (target.kind === 'request' || options.allowWrites) return true;
        throw usageError(
          `${question.method} ${question.path} may change data with every request: add --allow-writes if that is what you want.`,
        );
    }
  };
  return {
    confirm: (question) =>
      new Promise((settle) => {
        settle(answer(question));
      }),
  };
}

async function requireWritable(output: string | null): Promise<void> {
  if (output === null) return;
  const folder = await stat(dirname(resolve(output))).catch(() => null);
  const file = await stat(resolve(output)).catch(() => null);
  if (folder?.isDirectory() !== true || file?.isDirectory() === true) {
    throw usageError(`-o cannot write "${output}": give a file in a folder that exists.`);
  }
}

async function writeOutput(output: string, run: Run): Promise<void> {
  try {
    await writeFile(output, encodeRun(run));
  } catch (cause) {
    throw usageError(`-o cannot write "${output}": ${describeError(cause)}`);
  }
}
