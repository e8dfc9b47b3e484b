import { commands, l10n, window } from 'vscode';
import { COMMANDS, registerCommand } from '../../commands';
import type { LocatedEndpoint } from '../../platform/vscode/endpoints';
import type { Services } from '../../services';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { describeError, errorCode } from '../../util/errors';

/** The commands that measure two versions side by side and show what came out. */
export function registerCompare(services: Services): Disposable {
  const store = new DisposableStore();
  const { targets, compares, many, results, errors } = services;
  const onError = (error: unknown): void => {
    if (errorCode(error) === 'busy') void offerResults(error).then(undefined, errors.report);
    else errors.report(error);
  };

  store.add(
    registerCommand(
      'compareWithCommit',
      async (argument) => {
        // From the palette it means the endpoint under the cursor, else the one on show.
        const isNamed = argument !== undefined || targets.isCursorOnRoute() || !results.shown;
        const located = isNamed ? await targets.resolve(argument) : undefined;
        if (located || !isNamed) await compares.withCommit(located);
      },
      onError,
    ),
  );
  const onTarget =
    (act: (located: LocatedEndpoint) => Promise<void>) =>
    async (argument: unknown): Promise<void> => {
      const located = await targets.resolve(argument);
      if (located) await act(located);
    };
  store.add(
    registerCommand(
      'compareServers',
      onTarget((located) => compares.servers(located)),
      onError,
    ),
  );
  store.add(
    registerCommand(
      'calibrateComparison',
      onTarget((located) => compares.calibrate(located)),
      onError,
    ),
  );
  store.add(registerCommand('compareMany', () => many.compare(), onError));
  store.add(
    registerCommand(
      'openComparison',
      (argument) => {
        const located = targets.direct(argument);
        if (located) compares.open(located);
      },
      onError,
    ),
  );
  store.add(
    registerCommand(
      'copyVerdict',
      () => {
        const { many: list, sideBySide } = results.page;
        if (list?.endpointId === null) return many.copy();
        return compares.copy(sideBySide ? 'sideBySide' : 'runs');
      },
      onError,
    ),
  );
  return store;
}

async function offerResults(error: unknown): Promise<void> {
  const [show, cancel] = [l10n.t('Show Results'), l10n.t('Cancel Run')];
  const chosen = await window.showWarningMessage(describeError(error), show, cancel);
  if (chosen === show) await commands.executeCommand(COMMANDS.showResults);
  if (chosen === cancel) await commands.executeCommand(COMMANDS.cancelRun);
}
