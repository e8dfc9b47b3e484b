import { resolve } from 'node:path';
import { percentText } from '../core/compare/words';
import { buildRequest } from '../core/request/buildRequest';
import { calibrate, type Calibration } from '../session/calibrate';
import type { CliContext } from './cliContext';
import { orderOf, resolveRoute, withCompareDesk } from './compareDesk';
import { parseCalibrateOptions } from './compareOptions';
import { EXIT, type ExitCode } from './exitCodes';
import { requireWritable, writeOutput } from './outputFile';

/** `calibrate`: HEAD against itself, so that later comparisons know what launches differ by here. */
export async function runCalibrate(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const { bench, session } = parseCalibrateOptions(args);
  await requireWritable(bench.output);
  const target = await resolveRoute(bench, context);
  const { endpoint, values, server } = target;
  const calibration = await withCompareDesk(bench, target, context, (desk) => {
    const { load, checks, budgetMs, seed, warnings } = orderOf(bench, session);
    const order = {
      ...{ load, budgetMs, seed, warnings, server, id: endpoint.id, folder: resolve(bench.dir) },
      ...(checks ? { checks } : {}),
      request: (baseUrl: string) => buildRequest(endpoint, baseUrl, values),
    };
    const { services, comparisons, environment, events } = desk;
    return calibrate(order, { ...services, comparisons, environment }, events, context.signal);
  });
  const json = `${JSON.stringify(reportOf(calibration), null, 1)}\n`;
  await context.print(bench.json ? json : textOf(calibration));
  if (bench.output !== null) await writeOutput(bench.output, json);
  return context.signal.aborted ? EXIT.interrupted : EXIT.done;
}

/** The JSON of `calibrate`: a contract. */
function reportOf({ prior, launches, stored, state }: Calibration) {
  const { machine, comparison } = stored;
  return { schemaVersion: 1, prior, launches, state, machine, noise: comparison.noise, verdict: comparison.verdict };
}

function textOf({ prior, launches, stored }: Calibration): string {
  const { comparison } = stored;
  const noise = comparison.noise === null ? '' : ` The machine is ${comparison.noise.grade}.`;
  const isWrong = comparison.verdict === 'faster' || comparison.verdict === 'slower';
  return [
    `Launches of the same code differ by about ${percentText(prior.sigma)} here (weight ${Math.round(prior.degreesOfFreedom)} launches).`,
    `${launches} launches of each side were measured.${noise}`,
    ...(isWrong
      ? [`This session alone would have called the same code ${comparison.verdict}: ${comparison.headline}.`]
      : []),
    'Later comparisons of this folder on this machine use it.',
    '',
  ].join('\n');
}
