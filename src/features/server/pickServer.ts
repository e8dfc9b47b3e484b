import { QuickPickItemKind, l10n, window, type QuickPickItem, type WorkspaceFolder } from 'vscode';
import { parseTargetUrl } from '../../core/request/targetGuard';
import type { Server } from '../../core/model/server';
import { forWorkspace, listeningProcesses } from '../../servers/listeningProcesses';
import { isListening } from '../../servers/freePort';
import { composePorts } from '../../servers/propose/composePorts';
import { readFolderFacts, type ProposedServer } from '../../servers/propose/folderFacts';
import { proposeStartCommands } from '../../servers/proposeStartCommands';
import { describeError } from '../../util/errors';

interface ServerItem extends QuickPickItem {
  readonly server?: Server;
  readonly isUrl?: boolean;
}

/**
 * Shows configured servers, processes that listen, and commands that fit the project; the last entry takes a URL. `files` are
 * those that declare routes, relative to the folder.
 */
export async function pickServer(
  folder: WorkspaceFolder,
  configured: readonly Server[],
  files: readonly string[],
): Promise<Server | undefined> {
  const { commands, containers } = await proposals(folder, files);
  const items: ServerItem[] = [
    ...section(l10n.t('Configured'), configured.map(configuredItem)),
    ...section(l10n.t('Running in this workspace'), await runningItems(folder)),
    ...section(l10n.t('Start with'), commands.map(startItem)),
    ...section(l10n.t('Containers'), await Promise.all(containers.map(containerItem))),
    ...section(l10n.t('Elsewhere'), [{ label: l10n.t('$(link) Type a URL…'), isUrl: true, alwaysShow: true }]),
  ];
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Which server should be measured?'),
    placeHolder: l10n.t('The choice is kept for this workspace; “Choose Server…” changes it'),
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return chosen?.isUrl ? askUrl() : chosen?.server;
}

function section(label: string, items: readonly ServerItem[]): readonly ServerItem[] {
  return items.length === 0 ? [] : [{ label, kind: QuickPickItemKind.Separator }, ...items];
}

function configuredItem(server: Server): ServerItem {
  // With a port of its own at each start the URL says nothing yet.
  const description = server.baseUrl.includes('{port}') ? '' : server.baseUrl;
  const item: ServerItem = { label: `$(server) ${server.name}`, description, server };
  return server.start ? { ...item, detail: l10n.t('starts “{0}”', server.start.command) } : item;
}

function startItem({ server, reason }: ProposedServer): ServerItem {
  return { label: `$(run) ${server.name}`, description: reason, detail: server.start?.command ?? '', server };
}

/** Who listens on a container's port is often hidden from this user; that somebody does is not. */
async function containerItem({ server, reason }: ProposedServer): Promise<ServerItem> {
  const { hostname, port } = new URL(server.baseUrl);
  const isUp = await isListening(hostname, Number(port));
  const description = isUp ? `${server.baseUrl} · ${l10n.t('answers now')}` : server.baseUrl;
  return { label: `$(package) ${server.name}`, description, ...(isUp ? {} : { detail: reason }), server };
}

async function proposals(
  folder: WorkspaceFolder,
  files: readonly string[],
): Promise<{ readonly commands: readonly ProposedServer[]; readonly containers: readonly ProposedServer[] }> {
  if (folder.uri.scheme !== 'file') return { commands: [], containers: [] };
  const facts = await readFolderFacts(folder.uri.fsPath, files);
  return { commands: proposeStartCommands(facts), containers: composePorts(facts) };
}

/** Processes that belong to the folder come first; the others of this user follow only when there is none. */
async function runningItems(folder: WorkspaceFolder): Promise<readonly ServerItem[]> {
  if (folder.uri.scheme !== 'file') return [];
  return forWorkspace((await listeningProcesses()).processes, folder.uri.fsPath).map(
    ({ name, pid, commandLine, host, port }) => {
      const authority = host.includes(':') ? `[${host}]` : host;
      return {
        label: `$(pulse) ${name}`,
        description: l10n.t('process {0}', pid),
        detail: commandLine,
        server: { name, baseUrl: `http://${authority}:${port}` },
      };
    },
  );
}

async function askUrl(): Promise<Server | undefined> {
  const text = await window.showInputBox({
    title: l10n.t('Where does the application answer?'),
    prompt: l10n.t('The start of every URL, without the endpoint’s path'),
    value: 'http://127.0.0.1:8000',
    ignoreFocusOut: true,
    validateInput: (value) => {
      try {
        parseTargetUrl(value);
        return undefined;
      } catch (error) {
        return describeError(error);
      }
    },
  });
  if (text === undefined) return undefined;
  const { origin, pathname, host } = parseTargetUrl(text);
  return { name: host, baseUrl: `${origin}${pathname.replace(/\/+$/, '')}` };
}
