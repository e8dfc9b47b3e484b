import { QuickPickItemKind, l10n, window, type QuickPickItem, type WorkspaceFolder } from 'vscode';
import { crossCheck } from '../../core/discovery/crossCheck';
import { fetchLiveRoutes, type LiveTable } from '../../session/liveRoutes';
import { cancellableNotice } from '../../platform/vscode/cancellableNotice';
import { handlerSpan, type LocatedEndpoint } from '../../platform/vscode/endpoints';
import { revealLine } from '../../platform/vscode/revealLine';
import type { Services } from '../../services';

interface Difference extends QuickPickItem {
  readonly located?: LocatedEndpoint;
}

/** Holds the routes of the code against the table that the folder's running server offers, and lists what only one side knows. */
export async function compareWithServer(services: Services, folder: WorkspaceFolder): Promise<void> {
  const table = await askServer(services, folder);
  if (!table) return;
  const here = services.index.all().filter((each) => each.folder.uri.toString() === folder.uri.toString());
  const { inBoth, onlyInCode, onlyLive } = crossCheck(
    here.map(({ endpoint }) => endpoint),
    table.routes,
  );
  if (onlyInCode.length + onlyLive.length === 0) {
    void window.showInformationMessage(
      l10n.t('Code and server agree on all {0} routes of {1}.', String(inBoth), table.url),
    );
    return;
  }
  const inCode = onlyInCode.map((endpoint): Difference => {
    const located = here.find((each) => each.endpoint.id === endpoint.id);
    const item = { label: `${endpoint.method} ${endpoint.path}`, description: `${endpoint.file}:${endpoint.line}` };
    return located ? { ...item, located } : item;
  });
  const live = onlyLive.map((route): Difference => ({ label: `${route.method} ${route.path}` }));
  const picked = await window.showQuickPick(
    [
      separator(l10n.t('Only in the code; a table may leave routes out on purpose')),
      ...inCode,
      separator(l10n.t('Only on the server')),
      ...live,
    ],
    {
      title: l10n.t('{0} routes agree, {1} do not', String(inBoth), String(inCode.length + live.length)),
      placeHolder: table.url,
      matchOnDescription: true,
    },
  );
  if (picked?.located) await revealLine(picked.located.uri, handlerSpan(picked.located.endpoint).first);
}

function separator(label: string): Difference {
  return { label, kind: QuickPickItemKind.Separator };
}

async function askServer({ servers, session }: Services, folder: WorkspaceFolder): Promise<LiveTable | undefined> {
  const server = await servers.serverFor(folder);
  if (!server) return undefined;
  return await cancellableNotice(l10n.t('Asking {0} for its routes', server.name), async (signal) => {
    const path = folder.uri.scheme === 'file' ? folder.uri.fsPath : null;
    const { baseUrl } = await session.servers.ensure(server, path, null, signal);
    return await fetchLiveRoutes(baseUrl, session.resolveHost, signal);
  });
}
