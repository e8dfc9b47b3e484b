import { Uri, commands, l10n, window, workspace, type QuickPickItem, type WorkspaceFolder } from 'vscode';
import type { Server } from '../../core/model/server';
import { TEAM_FILE } from '../../core/request/teamFile';
import { readFolderFacts } from '../../servers/propose/folderFacts';
import { proposeStartCommands } from '../../servers/proposeStartCommands';

interface ServerItem extends QuickPickItem {
  readonly server?: Server;
}

/** A comparison starts a server twice at the same time, so it must have a command and be told its port. */
export function canRunTwice({ baseUrl, start }: Server): boolean {
  return start !== undefined && baseUrl.includes('{port}');
}

/**
 * Lets the person choose a server that can be started twice: the configured ones, then commands that fit the project.
 * Undefined when they gave up, or when there is none and they went to write one down.
 */
export async function askStartableServer(
  folder: WorkspaceFolder,
  configured: readonly Server[],
  files: readonly string[],
): Promise<Server | undefined> {
  const facts = await readFolderFacts(folder.uri.fsPath, files);
  const proposed = proposeStartCommands(facts).map(({ server, reason }) => itemOf(server, reason));
  const items: ServerItem[] = [...configured.map((server) => itemOf(server, l10n.t('Configured'))), ...proposed].filter(
    ({ server }) => server && canRunTwice(server),
  );
  const chosen = await window.showQuickPick<ServerItem>(
    [...items, { label: l10n.t('$(edit) Write a command…'), alwaysShow: true }],
    {
      title: l10n.t('How is the application started?'),
      placeHolder: l10n.t('It is started once for each side, on ports of its own'),
      matchOnDetail: true,
      ignoreFocusOut: true,
    },
  );
  if (chosen && !chosen.server) await openServers(folder);
  return chosen?.server;
}

/** Opens the place where servers are written down: the team file when there is one, else the settings. */
export async function openServers(folder: WorkspaceFolder): Promise<void> {
  const file = Uri.joinPath(folder.uri, TEAM_FILE);
  const isThere = await workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
  if (isThere) await window.showTextDocument(file);
  else await commands.executeCommand('workbench.action.openSettings', 'endpointProfiler.servers');
}

function itemOf(server: Server, description: string): ServerItem {
  return { label: `$(run) ${server.name}`, description, detail: server.start?.command ?? '', server };
}
