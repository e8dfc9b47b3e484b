import { commands } from 'vscode';
import { COMMANDS } from '../../commands';
import type { Handlers } from '../../protocol/channel';
import type { LoadForm, PageToHost, ProblemAction } from '../../protocol/page';
import type { Services } from '../../services';
import { exportRun } from './exportRun';
import { parseExportFormat, parseLoadForm, parseProblemAction, parseText } from './parsePageMessage';
import { parseAuthKind, parseName, parseRequestDraft } from './parseRequestDraft';

/** What the page may ask for. What it sends is `unknown` until it has been looked at. */
export function pageHandlers(services: Services): Handlers<PageToHost> {
  const { runs, requests, results, sweeps, compares, variants, many, errors } = services;
  // Answered at once: what goes on is told by the state.
  const detached = (work: Promise<void>): void => void work.catch(errors.report);
  return {
    'page/ready': () => results.page,
    'run/start': (params) => {
      const { load, compare } = parseLoadForm(params);
      const isEdited = params.request !== undefined && !compare;
      detached(isEdited ? requests.start(parseRequestDraft(params.request), load) : rerun(services, { load, compare }));
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
    'compare/confirm': () => detached(compares.confirm()),
    'compare/commit': () => detached(compares.withCommit()),
    'compare/goOn': () => detached(compares.goOn()),
    'compare/copy': (params) => compares.copy(parseText(params, 'of') === 'sideBySide' ? 'sideBySide' : 'runs'),
    'many/endpoint': (params) => many.openEndpoint(parseText(params, 'id')),
    'many/back': () => many.back(),
    'many/open': (params) => many.show(parseText(params, 'id')),
    'many/delete': (params) => many.delete(parseText(params, 'id')),
    'many/copy': () => many.copy(),
    'many/save': () => many.save(),
    'sweep/open': (params) => sweeps.open(parseText(params, 'id')),
    'sweep/lay': (params) => sweeps.lay(parseText(params, 'id'), params.isLaid),
    'sweep/delete': (params) => sweeps.delete(parseText(params, 'id')),
    'variants/copy': () => variants.copy(),
    'request/check': (params) => requests.check(parseRequestDraft(params)),
    'request/preview': (params) => detached(requests.preview(parseRequestDraft(params))),
    'request/save': (params) => requests.save(parseRequestDraft(params.draft), parseName(params)),
    'request/delete': (params) => requests.delete(parseName(params)),
    'request/skeleton': () => requests.skeleton(),
    'request/storeSecret': (params) => requests.storeSecret(parseText(params, 'name'), parseAuthKind(params)),
    'request/addLogin': () => requests.addLogin(),
    'request/opened': () => requests.opened(),
    'source/reveal': () => results.revealSource(),
    'problem/act': (params) => {
      detached(act(services, parseProblemAction(params)));
    },
  };
}

/** Loads again what is on show: an endpoint, or several together. */
async function rerun({ runs, mixes, results }: Services, wish: BenchmarkAgain): Promise<void> {
  if (results.page.mix) await mixes.rerun(wish);
  else await runs.rerun(wish);
}

interface BenchmarkAgain {
  readonly compare: boolean;
  readonly load?: LoadForm;
  readonly edit?: boolean;
}

async function act(services: Services, action: ProblemAction): Promise<void> {
  const { requests, compares, results } = services;
  switch (action) {
    case 'retry':
      return rerun(services, { compare: false });
    case 'chooseServer':
      if (await commands.executeCommand(COMMANDS.chooseServer)) await rerun(services, { compare: false });
      return;
    case 'startServer':
      if (await commands.executeCommand(COMMANDS.startServer)) await rerun(services, { compare: false });
      return;
    case 'editRequest':
      if (results.page.mix) return rerun(services, { compare: false, edit: true });
      return requests.openShown();
    case 'compareAgain':
      return compares.again();
    case 'proposeCommand':
      return compares.proposeCommand();
    case 'editServers':
      return compares.editServers();
    case 'showLog':
      await commands.executeCommand(COMMANDS.showLog);
  }
}
