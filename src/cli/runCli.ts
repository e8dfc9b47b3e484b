import { CancelledError, describeError } from '../util/errors';
import { wasmFrom } from '../platform/node/wasmFiles';
import type { CliContext } from './cliContext';
import { EXIT, exitCodeFor, type ExitCode } from './exitCodes';
import { explainRoute, formatExplanation } from './explainRoute';
import { checkLive, formatLiveCheck } from './checkLive';
import { exportRun } from './exportRun';
import { HELP } from './help';
import { parseFlags } from './parseFlags';
import { formatRoutes, runRoutes } from './routes';
import { runBench } from './runBench';
import { runCalibrate } from './runCalibrate';
import { runCompare } from './runCompare';
import { runSweep } from './runSweep';
import { usageError } from './values';

const ROUTES_FLAGS = {
  json: { type: 'boolean' },
  'include-tests': { type: 'boolean' },
  explain: { type: 'string' },
  live: { type: 'string' },
} as const;

/** Runs one command to its end and answers with the exit code. Whatever goes wrong is one line on standard error. */
export async function runCli(args: readonly string[], context: CliContext): Promise<ExitCode> {
  try {
    return await dispatch(args, context);
  } catch (error) {
    const code = exitCodeFor(error);
    const sentence =
      error instanceof CancelledError ? 'Interrupted before anything was measured.' : describeError(error);
    context.stderr.write(`endpoint-profiler: ${sentence.replace(/\s*\n\s*/g, ' ')}\n`);
    return code;
  }
}

async function dispatch(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const [command, ...rest] = args;
  if (args.includes('--help') || args.includes('-h') || command === 'help') {
    await context.print(HELP);
    return EXIT.done;
  }
  if (command === '--version' || command === '-V') {
    await context.print(`${context.version}\n`);
    return EXIT.done;
  }
  if (command === 'routes') return await printRoutes(rest, context);
  if (command === 'bench') return await runBench(rest, context);
  if (command === 'sweep') return await runSweep(rest, context);
  if (command === 'compare') return await runCompare(rest, context);
  if (command === 'calibrate') return await runCalibrate(rest, context);
  if (command === 'export') return await exportRun(rest, context);
  if (command === undefined)
    throw usageError(
      'Name a command, routes, bench, sweep, compare, calibrate or export: see endpoint-profiler --help.',
    );
  throw usageError(
    `There is no command "${command}": routes, bench, sweep, compare, calibrate and export are there, see endpoint-profiler --help.`,
  );
}

async function printRoutes(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const { values, positionals } = parseFlags(args, ROUTES_FLAGS);
  if (positionals.length > 1) throw usageError('routes takes one folder.');
  const wasm = wasmFrom(context.wasmFolder);
  if (values.explain !== undefined) {
    const explanation = await explainRoute(positionals[0] ?? '.', values.explain, { wasm });
    const text = values.json ? `${JSON.stringify(explanation, null, 1)}\n` : formatExplanation(explanation);
    await context.print(text);
    return EXIT.done;
  }
  const report = await runRoutes(
    { dir: positionals[0] ?? '.', includeTests: values['include-tests'] ?? false },
    { wasm },
  );
  if (values.live !== undefined) {
    const check = await checkLive(report, values.live, context.signal);
    await context.print(values.json ? `${JSON.stringify(check, null, 1)}\n` : formatLiveCheck(check));
    return EXIT.done;
  }
  await context.print(values.json === true ? `${JSON.stringify(report, null, 1)}\n` : formatRoutes(report));
  return EXIT.done;
}
