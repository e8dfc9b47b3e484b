import { l10n, window, type QuickPickItem } from 'vscode';
import type { Server } from '../../core/model/server';
import { UserError } from '../../util/errors';

interface ServerItem extends QuickPickItem {
  readonly server: Server;
}

/** Asks for two of the configured servers, the earlier first; undefined when the person gave up. Fails with `too-few-servers`. */
export async function askTwoServers(configured: readonly Server[]): Promise<readonly [Server, Server] | undefined> {
  if (configured.length < 2) {
    throw new UserError(
      'too-few-servers',
      l10n.t('Two servers are needed to compare: write them into the settings or .vscode/endpoint-profiler.json.'),
    );
  }
  const before = await askOne(configured, l10n.t('Which server is the one to compare with?'));
  if (!before) return undefined;
  const others = configured.filter((server) => server !== before);
  const after = await askOne(others, l10n.t('Which server is compared with {0}?', before.name));
  return after && [before, after];
}

async function askOne(servers: readonly Server[], title: string): Promise<Server | undefined> {
  const items = servers.map((server): ServerItem => ({
    server,
    label: `$(server) ${server.name}`,
    detail: server.start?.command ?? l10n.t('{0}, which is not restarted', server.baseUrl),
  }));
  const placeHolder = l10n.t('Each is started on the working tree as it is, and restarted every round');
  return (await window.showQuickPick(items, { title, placeHolder, matchOnDetail: true, ignoreFocusOut: true }))?.server;
}
