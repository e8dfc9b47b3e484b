import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SourceParser } from '../../core/discovery/parse';
import type { WasmLoader } from '../../core/discovery/wasmLoader';
import { WorkspaceIndex } from '../../core/discovery/workspaceIndex';
import type { DiscoveryResult } from '../../core/model/endpoint';
import { UserError } from '../../util/errors';
import { readSources, walkFolder } from './fileWalker';

/** Finds the routes of a folder, once and in this thread. Fails with `not-a-folder` where there is none. */
export async function discoverFolder(dir: string, wasm: WasmLoader): Promise<DiscoveryResult> {
  const folder = resolve(dir);
  const found = await stat(folder).catch(() => undefined);
  if (!found?.isDirectory()) {
    throw new UserError('not-a-folder', `${dir} is not a folder; give the folder of the application.`);
  }
  const index = new WorkspaceIndex(new SourceParser(wasm));
  return await index.update(await readSources(folder, await walkFolder(folder)));
}
