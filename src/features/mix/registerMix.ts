import { commands, l10n, window, workspace } from 'vscode';
import { COMMANDS, registerCommand } from '../../commands';
import type { LocatedEndpoint } from '../../platform/vscode/endpoints';
import { readTeamFile } from '../../platform/vscode/readTeamFile';
import type { Services } from '../../services';
import type { Disposable } from '../../util/disposable';
import { describeError, errorCode } from '../../util/errors';
import { askEndpoints, askTeamMix, askWeights, type TeamMix } from './askMix';
import type { ChosenMix } from './locateEntries';

/** The command that loads several endpoints together; what comes out is on the results page. */
export function registerMix(services: Services): Disposable {
  const { mixes, runs, errors } = services;
  return registerCommand(
    'benchmarkMix',
    async (argument, selected) => {
      runs.requireReady();
      const mix = await chooseMix(services, argument, selected);
      if (mix) await mixes.benchmark(mix);
    },
    (error) => {
      if (errorCode(error) === 'busy') void offerResults(error).then(undefined, errors.report);
      else errors.report(error);
    },
  );
}

/** What is selected in the view, a mix of the team file, or what is picked now; undefined when the person gave up. */
async function chooseMix(services: Services, argument: unknown, selected: unknown): Promise<ChosenMix | undefined> {
  const { targets, index, mixes } = services;
  const items = Array.isArray(selected) ? (selected as unknown[]) : [argument];
  const direct = items.flatMap((item) => targets.direct(item) ?? []);
  if (direct.length > 1) return await askWeights(direct);
  if (!(await targets.untilScanned())) return undefined;
  const chosen = await askTeamMix(await teamMixes(services));
  if (chosen === undefined) return undefined;
  if (chosen) return mixes.locate(chosen, chosen.folder.uri.toString());
  const picked = await askEndpoints(sorted(index.all(), direct[0]));
  return picked && (await askWeights(picked));
}

async function teamMixes({ log }: Services): Promise<readonly TeamMix[]> {
  const found: TeamMix[] = [];
  for (const folder of workspace.workspaceFolders ?? []) {
    const { mixes } = await readTeamFile(folder, log);
    for (const [name, entries] of mixes) found.push({ folder, name, entries });
  }
  return found;
}

/** The one that the command was called on first. */
function sorted(all: readonly LocatedEndpoint[], first: LocatedEndpoint | undefined): readonly LocatedEndpoint[] {
  return first ? [first, ...all.filter((each) => each !== first)] : all;
}

async function offerResults(error: unknown): Promise<void> {
  const [show, cancel] = [l10n.t('Show Results'), l10n.t('Cancel Run')];
  const chosen = await window.showWarningMessage(describeError(error), show, cancel);
  if (chosen === show) await commands.executeCommand(COMMANDS.showResults);
  if (chosen === cancel) await commands.executeCommand(COMMANDS.cancelRun);
}
