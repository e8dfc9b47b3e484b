import { commands, l10n } from 'vscode';
import { COMMANDS } from '../../commands';
import type { Handlers } from '../../protocol/channel';
import type { PageToHost, ProblemAction } from '../../protocol/page';
import type { Services } from '../../services';
import { UserError } from '../../util/errors';
import { exportRun } from './exportRun';
import { parseExportFormat, parseLoadForm, parseProblemAction, parseText } from './parsePageMessage';

/** What the page may ask for. What it sends is `unknown` until it has been looked at. */
export function pageHandlers(services: Services): Handlers<PageToHost> {
  const { runs, results, sweeps, errors } = services;
  return {
    'page/ready': () => results.page,
    'run/start': (params) => {
      const { load, compare } = parseLoadForm(params);
      // Answered at once: what goes on is told by the state.
      void runs.rerun({ load, compare }).catch(errors.report);
    },
    'run/cancel': () => runs.cancel(),
    'run/open': (params) => {
      runs.requireIdle();
      return results.openSibling(parseText(params, 'id'));
    },
    'run/delete': async (params) => {
      if (results.shown) await results.delete(results.shown.folder, parseText(params, 'id'));
    },
    'run/export': async (params) => exportRun(services, parseExportFormat(params)),
    'compare/with': (params) => results.compareWith(params.id === null ? null : parseText(params, 'id')),
    'compare/confirm': () => {
      throw new UserError('cannot-confirm', l10n.t('The two versions cannot be measured side by side from here.'));
    },
    'sweep/open': (params) => sweeps.open(parseText(params, 'id')),
    'sweep/lay': (params) => sweeps.lay(parseText(params, 'id'), params.isLaid),
    'sweep/delete': (params) => sweeps.delete(parseText(params, 'id')),
    'source/reveal': () => results.revealSource(),
    'problem/act': (params) => {
      void act(services, parseProblemAction(params)).catch(errors.report);
    },
  };
}

async function act({ runs }: Services, action: ProblemAction): Promise<void> {
  switch (action) {
    case 'retry':
      return runs.rerun({ compare: false });
    case 'chooseServer':
      if (await commands.executeCommand(COMMANDS.chooseServer)) await runs.rerun({ compare: false });
      return;
    case 'startServer':
      if (await commands.executeCommand(COMMANDS.startServer)) await runs.rerun({ compare: false });
      return;
    case 'editRequest':
      return runs.rerun({ compare: false, edit: true });
    case 'showLog':
      await commands.executeCommand(COMMANDS.showLog);
  }
}
