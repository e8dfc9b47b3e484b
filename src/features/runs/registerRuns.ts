import { l10n, window } from 'vscode';
import { registerCommand } from '../../commands';
import type { Services } from '../../services';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { UserError } from '../../util/errors';
import { RunTree } from './runTree';

/** The Runs view and what can be done with a stored run in it. */
export function registerRuns(services: Services): Disposable {
  const store = new DisposableStore();
  const { results, runs, history, errors } = services;
  const tree = store.add(new RunTree(services));
  store.add(
    window.createTreeView('endpointProfiler.runs', {
      treeDataProvider: tree,
      showCollapseAll: true,
      canSelectMany: true,
    }),
  );
  const pin = async (argument: unknown, isPinned: boolean): Promise<void> => {
    const { shown, page } = results;
    const onShow = shown && page.run ? { folder: shown.folder, runId: page.run.id } : undefined;
    const filed = asFiled(argument) ?? onShow;
    if (filed) await history.pin(filed.folder, filed.runId, isPinned);
  };
  store.add(registerCommand('pinRun', (argument) => pin(argument, true), errors.report));
  store.add(registerCommand('unpinRun', (argument) => pin(argument, false), errors.report));
  store.add(
    registerCommand(
      'compareRuns',
      async (argument, selected) => {
        const filed = (Array.isArray(selected) ? (selected as unknown[]) : [argument]).flatMap(
          (each) => asFiled(each) ?? [],
        );
        // The ids of runs sort by time.
        const [before, after] = filed.sort((left, right) => (left.runId < right.runId ? -1 : 1));
        if (!before || !after || filed.length !== 2 || before.folder !== after.folder) throw notTwoRuns();
        runs.requireIdle();
        await results.open(after.folder, after.runId, before.runId);
        results.askForPanel();
      },
      errors.report,
    ),
  );
  store.add(
    registerCommand(
      'openRun',
      async (argument) => {
        const filed = asFiled(argument);
        if (!filed) return;
        runs.requireIdle();
        await results.open(filed.folder, filed.runId, null);
        results.askForPanel();
      },
      errors.report,
    ),
  );
  store.add(
    registerCommand(
      'deleteRun',
      async (argument) => {
        const filed = asFiled(argument);
        if (!filed) return;
        const yes = l10n.t('Delete');
        const question = l10n.t('Delete this run? Its numbers cannot be brought back.');
        if ((await window.showWarningMessage(question, { modal: true }, yes)) !== yes) return;
        await results.delete(filed.folder, filed.runId);
      },
      errors.report,
    ),
  );
  return store;
}

function notTwoRuns(): UserError {
  return new UserError(
    'not-two-runs',
    l10n.t('Select two runs of one folder in the Runs view, then choose “Compare Two Runs”.'),
  );
}

/** A lens passes `{ folder, runId }`, a tree item `{ folder, run }`. */
function asFiled(value: unknown): { readonly folder: string; readonly runId: string } | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { folder, runId, run } = value as Record<string, unknown>;
  if (typeof folder !== 'string') return undefined;
  if (typeof runId === 'string') return { folder, runId };
  const id: unknown = typeof run === 'object' && run !== null && 'id' in run ? run.id : undefined;
  return typeof id === 'string' ? { folder, runId: id } : undefined;
}
