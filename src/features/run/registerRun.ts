import { commands, l10n, window, workspace } from 'vscode';
import { COMMANDS, registerCommand } from '../../commands';
import { readLoadProfile } from '../../config';
import type { Services } from '../../services';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { errorCode } from '../../util/errors';
import { askLoad } from './askLoad';
import { setAuthorization, setSecret } from './authorize';
import { copyAsCurl } from './copyAsCurl';
import { registerHttpLenses } from './httpLenses';
import { benchmarkHttpRequest, importCurl, importHar } from './importRequests';
import type { BenchmarkWish } from './runCenter';
import { saveRequest } from './saveRequest';
import { createStatusBar } from './statusBar';

/** The commands that run a benchmark, and the status bar item of the run under way. */
export function registerRun(services: Services): Disposable {
  const store = new DisposableStore();
  const { runs, targets, errors, results } = services;
  store.add(createStatusBar(services));

  async function benchmark(argument: unknown, wish: BenchmarkWish): Promise<void> {
    const located = await targets.resolve(argument);
    if (located) await runs.benchmark(located, wish);
  }
  function onError(error: unknown): void {
    const code = errorCode(error);
    if (code === 'busy')
      void offer(error, l10n.t('Show Results'), COMMANDS.showResults, l10n.t('Cancel Run'), COMMANDS.cancelRun);
    else if (code === 'untrusted') void offer(error, l10n.t('Manage Workspace Trust'), 'workbench.trust.manage');
    else errors.report(error);
  }

  store.add(registerCommand('benchmarkEndpoint', (target) => benchmark(target, { compare: false }), onError));
  store.add(
    registerCommand(
      'benchmarkWithLoad',
      async (target) => {
        runs.requireReady();
        const located = await targets.resolve(target);
        if (!located) return;
        const { method, path } = located.endpoint;
        const profile = await askLoad(l10n.t('Load: {0} {1}', method, path), readLoadProfile(located.uri));
        if (profile) await runs.benchmark(located, { compare: false, profile });
      },
      onError,
    ),
  );
  store.add(
    registerCommand(
      'editRequest',
      async (target) => {
        const located = await targets.resolve(target);
        if (located) await services.requests.open(located);
      },
      onError,
    ),
  );
  store.add(
    registerCommand(
      'rerunAndCompare',
      async (target) => {
        // From the palette it means the endpoint under the cursor, else the one on show.
        const isNamed = targets.direct(target) !== undefined || targets.isCursorOnRoute();
        if (!isNamed && results.page.mix) await services.mixes.rerun({ compare: true });
        else if (!isNamed && results.shown) await runs.rerun({ compare: true });
        else await benchmark(target, { compare: true });
      },
      onError,
    ),
  );
  store.add(
    registerCommand(
      'setAuthorization',
      async (target) => {
        const located = await targets.resolve(target);
        if (located) await setAuthorization(services, located);
      },
      onError,
    ),
  );
  store.add(
    registerCommand(
      'setSecret',
      async () => {
        const folder =
          workspace.workspaceFolders?.length === 1
            ? workspace.workspaceFolders[0]
            : await window.showWorkspaceFolderPick();
        if (folder) await setSecret(services, folder.uri.fsPath);
      },
      onError,
    ),
  );
  store.add(registerCommand('importCurl', (target) => importCurl(services, target), onError));
  store.add(registerCommand('importHar', (file) => importHar(services, file), onError));
  store.add(
    registerCommand(
      'saveRequest',
      async (target) => {
        const located = await targets.resolve(target);
        if (located) await saveRequest(services, located);
      },
      onError,
    ),
  );
  store.add(registerHttpLenses());
  store.add(registerCommand('benchmarkHttpRequest', (place) => benchmarkHttpRequest(services, place), onError));
  store.add(registerCommand('copyAsCurl', (target) => copyAsCurl(services, target), onError));
  store.add(registerCommand('cancelRun', () => runs.cancel(), onError));
  return store;
}

async function offer(error: unknown, ...pairs: readonly string[]): Promise<void> {
  const titles = pairs.filter((_, at) => at % 2 === 0);
  const sentence = error instanceof Error ? error.message : String(error);
  const chosen = await window.showWarningMessage(sentence, ...titles);
  const command = chosen === undefined ? undefined : pairs[pairs.indexOf(chosen) + 1];
  if (command !== undefined) await commands.executeCommand(command);
}
