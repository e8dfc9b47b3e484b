import { isAbsolute, join, normalize } from 'node:path';
import { l10n } from 'vscode';
import type { Endpoint } from '../../core/model/endpoint';
import type { RequestValues } from '../../core/model/request';
import type { Server } from '../../core/model/server';
import { endpointOn, renameValues } from '../../core/request/endpointOn';
import { sameEndpoint } from '../../core/request/sameEndpoint';
import { discoverFolder } from '../../platform/node/discoverFolder';
import { wasmFrom } from '../../platform/node/wasmFiles';
import type { LocatedEndpoint } from '../../platform/vscode/endpoints';
import type { RunParts } from '../../services';
import type { VariantsOrder, VariantTarget } from '../../session/benchmarkVariants';
import { UserError } from '../../util/errors';

/** The endpoint as each server's own code has it; a server whose code has none is absent, with the reason. */
export async function variantTargets(
  { index, extensionUri }: Pick<RunParts, 'index' | 'extensionUri'>,
  located: LocatedEndpoint,
  values: RequestValues,
  servers: readonly Server[],
): Promise<Required<Pick<VariantsOrder, 'targets' | 'absent'>>> {
  const { endpoint, folder } = located;
  const here = index
    .all()
    .filter((each) => each.folder.uri.toString() === folder.uri.toString())
    .map((each) => each.endpoint);
  const targets: VariantTarget[] = [];
  const absent: { readonly server: Server; readonly error: unknown }[] = [];
  for (const server of servers) {
    try {
      const found = isBeside(server.dir)
        ? sameEndpoint(
            `${endpoint.method} ${endpoint.path}`,
            await elsewhere(join(folder.uri.fsPath, server.dir), extensionUri.fsPath),
          )
        : endpointOn(server, servers, endpoint, here);
      if (!found) throw noRoute(server, endpoint);
      targets.push({
        kind: 'endpoint',
        endpoint: found.endpoint,
        values: renameValues(values, found.renamed),
        server,
      });
    } catch (error) {
      absent.push({ server, error });
    }
  }
  return { targets, absent };
}

/** Code that the window does not follow. */
function isBeside(dir: string | undefined): dir is string {
  return dir !== undefined && !isAbsolute(dir) && normalize(dir).startsWith('..');
}

async function elsewhere(folder: string, extensionFolder: string): Promise<readonly Endpoint[]> {
  return (await discoverFolder(folder, wasmFrom(join(extensionFolder, 'dist', 'wasm')))).endpoints;
}

function noRoute({ name, dir }: Server, { method, path }: Endpoint): UserError {
  return new UserError(
    'no-such-route',
    dir === undefined
      ? l10n.t('The code of “{0}” has no route like {1} {2}.', name, method, path)
      : l10n.t('The code of “{0}” in {3} has no route like {1} {2}.', name, method, path, dir),
  );
}
