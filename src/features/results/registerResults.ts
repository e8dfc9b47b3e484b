import { window, type WebviewPanel } from 'vscode';
import { registerCommand } from '../../commands';
import type { Services } from '../../services';
import { DisposableStore, MutableDisposable, type Disposable } from '../../util/disposable';
import { exportRun } from './exportRun';
import { PANEL_TYPE, ResultsPanel } from './resultsPanel';

/** One results panel, reused; kept by VS Code over a reload and filled again from the stored runs. */
export function registerResults(services: Services): Disposable {
  const store = new DisposableStore();
  const { results, errors } = services;
  const current = store.add(new MutableDisposable<ResultsPanel>());

  function adopt(panel: ResultsPanel): void {
    current.value = panel;
    panel.onClosed(() => {
      if (current.value === panel) current.value = undefined;
    });
  }
  function show(focus: boolean): void {
    if (current.value) current.value.reveal(focus);
    else adopt(ResultsPanel.open(services, focus));
  }

  store.add(results.onDidAskForPanel(({ focus }) => show(focus)));
  // Without a panel to fill nobody else would tell of a run that a reload cut short.
  void results.restore().catch(errors.report);
  store.add(
    window.registerWebviewPanelSerializer(PANEL_TYPE, {
      deserializeWebviewPanel: async (panel: WebviewPanel) => {
        await results.restore().catch(errors.report);
        adopt(new ResultsPanel(services, panel));
      },
    }),
  );
  store.add(
    registerCommand(
      'showResults',
      async () => {
        await results.restore();
        show(false);
      },
      errors.report,
    ),
  );
  store.add(registerCommand('exportRun', () => exportRun(services), errors.report));
  return store;
}
