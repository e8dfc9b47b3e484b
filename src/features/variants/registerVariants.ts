import { commands, l10n, window } from 'vscode';
import { COMMANDS, registerCommand } from '../../commands';
import type { Services } from '../../services';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { describeError, errorCode } from '../../util/errors';

/** The commands that measure an endpoint on several servers; what comes out is on the results page. */
export function registerVariants({ targets, variants, errors }: Services): Disposable {
  const store = new DisposableStore();
  const onError = (error: unknown): void => {
    if (errorCode(error) === 'busy') void offerResults(error).then(undefined, errors.report);
    else errors.report(error);
  };
  store.add(
    registerCommand(
      'benchmarkAllServers',
      async (argument) => {
        const located = await targets.resolve(argument);
        if (located) await variants.benchmark(located);
      },
      onError,
    ),
  );
  store.add(registerCommand('copyServersTable', () => variants.copy(), onError));
  return store;
}

async function offerResults(error: unknown): Promise<void> {
  const [show, cancel] = [l10n.t('Show Results'), l10n.t('Cancel Run')];
  const chosen = await window.showWarningMessage(describeError(error), show, cancel);
  if (chosen === show) await commands.executeCommand(COMMANDS.showResults);
  if (chosen === cancel) await commands.executeCommand(COMMANDS.cancelRun);
}
