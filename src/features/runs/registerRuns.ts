import { l10n, window } from 'vscode';
import { registerCommand } from '../../commands';
import type { Services } from '../../services';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { RunTree } from './runTree';

/** The Runs view and what can be done with a stored run in it. */
export function registerRuns(services: Services): Disposable {
  const store = new DisposableStore();
  const { results, runs, errors } = services;
  const tree = store.add(new RunTree(services));
  store.add(window.createTreeView('endpointProfiler.runs', { treeDataProvider: tree, showCollapseAll: true }));
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

/** A lens passes `{ folder, runId }`, a tree item `{ folder, run }`. */
function asFiled(value: unknown): { readonly folder: string; readonly runId: string } | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { folder, runId, run } = value as Record<string, unknown>;
  if (typeof folder !== 'string') return undefined;
  if (typeof runId === 'string') return { folder, runId };
  const id: unknown = typeof run === 'object' && run !== null && 'id' in run ? run.id : undefined;
  return typeof id === 'string' ? { folder, runId: id } : undefined;
}
