import { QuickPickItemKind, l10n, window, type QuickPickItem, type WorkspaceFolder } from 'vscode';
import type { Server } from '../../core/model/server';
import { forWorkspace, listeningProcesses } from '../../servers/listeningProcesses';
import { readFolderFacts } from '../../servers/propose/folderFacts';
import { proposeStartCommands } from '../../servers/proposeStartCommands';
import { UserError } from '../../util/errors';

interface ServerItem extends QuickPickItem {
  readonly server?: Server;
}

/**
 * Asks which servers are measured: the configured ones, all chosen; then what runs in the folder and commands that fit the
 * project. Names are made different. Undefined when the person gave up; fails with `too-few-servers` when fewer than two are
 * there to choose from.
 */
export async function askVariants(
  folder: WorkspaceFolder,
  configured: readonly Server[],
  routeFiles: readonly string[],
  title: string,
): Promise<readonly Server[] | undefined> {
  const items = [
    ...section(l10n.t('Configured'), configured.map(itemOf), true),
    ...section(l10n.t('Running in this workspace'), await running(folder, configured), false),
    // Without anything written down the commands are what there is.
    ...section(l10n.t('Start with'), await proposed(folder, configured, routeFiles), configured.length === 0),
  ];
  if (items.filter(({ server }) => server).length < 2) {
    throw new UserError(
      'too-few-servers',
      l10n.t('Two servers are needed to compare: write them into the settings or .vscode/endpoint-profiler.json.'),
    );
  }
  const chosen = await window.showQuickPick(items, {
    title,
    placeHolder: l10n.t('Which servers? Each is started, loaded and stopped in turn, never two at once'),
    canPickMany: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  const servers = chosen?.flatMap(({ server }) => server ?? []);
  return servers && servers.length > 0 ? withNames(servers) : undefined;
}

/** Asks how often each is measured; undefined when the person gave up. */
export async function askRounds(title: string): Promise<number | undefined> {
  const rounds = (count: number): QuickPickItem & { readonly rounds: number } => ({
    label: l10n.t('{0} rounds, interleaved', count),
    detail: l10n.t('Every server once a round, in the opposite order each time: medians and ranges'),
    rounds: count,
  });
  const once = {
    label: l10n.t('Once each, one after the other'),
    detail: l10n.t('Quick; small differences may be chance'),
    rounds: 1,
  };
  return (await window.showQuickPick([once, rounds(3), rounds(5)], { title, ignoreFocusOut: true }))?.rounds;
}

function section(label: string, items: readonly ServerItem[], isPicked: boolean): readonly ServerItem[] {
  if (items.length === 0) return [];
  return [{ label, kind: QuickPickItemKind.Separator }, ...items.map((item) => ({ ...item, picked: isPicked }))];
}

function itemOf(server: Server): ServerItem {
  const description = server.description ?? (server.start ? undefined : server.baseUrl);
  return {
    label: server.name,
    ...(description === undefined ? {} : { description }),
    detail: server.start?.command ?? l10n.t('{0}, which is not restarted', server.baseUrl),
    server,
  };
}

async function running(folder: WorkspaceFolder, configured: readonly Server[]): Promise<readonly ServerItem[]> {
  if (folder.uri.scheme !== 'file') return [];
  const found = forWorkspace((await listeningProcesses()).processes, folder.uri.fsPath);
  return found.flatMap(({ name, host, port }) => {
    const authority = host.includes(':') ? `[${host}]` : host;
    const server: Server = { name, baseUrl: `http://${authority}:${port}` };
    return configured.some(({ baseUrl }) => new RegExp(`:${port}(/|$)`).test(baseUrl)) ? [] : [itemOf(server)];
  });
}

async function proposed(
  folder: WorkspaceFolder,
  configured: readonly Server[],
  routeFiles: readonly string[],
): Promise<readonly ServerItem[]> {
  if (folder.uri.scheme !== 'file') return [];
  const known = new Set(configured.map(({ start }) => start?.command));
  return proposeStartCommands(await readFolderFacts(folder.uri.fsPath, routeFiles))
    .filter(({ server }) => !known.has(server.start?.command))
    .map(({ server, reason }) => ({ ...itemOf(server), description: reason }));
}

/** Two of one name would be one row: `Flask`, `Flask 2`. */
function withNames(servers: readonly Server[]): readonly Server[] {
  const taken = new Map<string, number>();
  return servers.map((server) => {
    const count = (taken.get(server.name) ?? 0) + 1;
    taken.set(server.name, count);
    return count === 1 ? server : { ...server, name: `${server.name} ${count}` };
  });
}
