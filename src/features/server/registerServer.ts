import { l10n, window, workspace, type WorkspaceFolder } from 'vscode';
import { registerCommand } from '../../commands';
import { cancellableNotice } from '../../platform/vscode/cancellableNotice';
import { watchTeamFiles } from '../../platform/vscode/teamFileDiagnostics';
import { compareWithServer } from './compareWithServer';
import type { Services } from '../../services';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { UserError } from '../../util/errors';

/** Choose, start and stop the server that endpoints are measured on. */
export function registerServer(services: Services): Disposable {
  const store = new DisposableStore();
  const { servers, errors } = services;
  store.add(watchTeamFiles());
  store.add(
    registerCommand(
      'chooseServer',
      async () => {
        const folder = await askFolder(services);
        return folder && (await servers.choose(folder)) !== undefined;
      },
      errors.report,
    ),
  );
  store.add(
    registerCommand(
      'startServer',
      async () => {
        const folder = await askFolder(services);
        return folder && startWithProgress(services, folder);
      },
      errors.report,
    ),
  );
  store.add(
    registerCommand(
      'compareWithServer',
      async () => {
        const folder = await askFolder(services);
        if (folder) await compareWithServer(services, folder);
      },
      errors.report,
    ),
  );
  store.add(
    registerCommand(
      'restartServer',
      async () => {
        const folder = await askFolder(services);
        if (!folder) return false;
        await servers.stop(folder);
        return startWithProgress(services, folder);
      },
      errors.report,
    ),
  );
  store.add(registerCommand('stopServer', () => servers.stop(), errors.report));
  return store;
}

function startWithProgress({ servers, serverOutput }: Services, folder: WorkspaceFolder): Promise<boolean> {
  return cancellableNotice(l10n.t('Waiting for the server to answer'), async (signal) => {
    const server = await servers.start(folder, signal);
    if (server) serverOutput.show(true);
    return server !== undefined;
  });
}

/** The folder of the endpoint on show or of the active editor; asks where several are left. */
async function askFolder({ results }: Services): Promise<WorkspaceFolder | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 0) throw new UserError('no-folder', l10n.t('Open the folder of an application first.'));
  if (folders.length === 1) return folders[0];
  const shown = folders.find(({ uri }) => uri.toString() === results.shown?.folder);
  const editor = window.activeTextEditor;
  const active = editor && workspace.getWorkspaceFolder(editor.document.uri);
  return active ?? shown ?? window.showWorkspaceFolderPick();
}
