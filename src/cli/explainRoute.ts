import { stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { isDiscoveryFile } from '../core/discovery/files';
import type { Explanation } from '../core/discovery/explain';
import { SourceParser } from '../core/discovery/parse';
import type { WasmLoader } from '../core/discovery/wasmLoader';
import { WorkspaceIndex } from '../core/discovery/workspaceIndex';
import { keepWalked, readSources, walkFolder } from '../platform/node/fileWalker';
import { UserError } from '../util/errors';
import { usageError } from './values';

/**
 * Says why a line of a folder's file is a route or none. `place` is `FILE:LINE`, the file relative to the folder or absolute.
 * Raises `usage` for a place that cannot be read and `not-found` for a file that is not there.
 */
export async function explainRoute(
  dir: string,
  place: string,
  deps: { readonly wasm: WasmLoader },
): Promise<Explanation> {
  const { file, line } = parsePlace(dir, place);
  const folder = resolve(dir);
  const found = await stat(resolve(folder, file)).catch(() => undefined);
  if (!found?.isFile())
    throw new UserError('not-found', `There is no file ${file} in ${dir}: give its path relative to that folder.`);
  const names = await walkFolder(folder);
  if (!names.includes(file)) return notWalked(folder, file, line);
  const index = new WorkspaceIndex(new SourceParser(deps.wasm));
  await index.update(await readSources(folder, names));
  return index.explain(file, line);
}

/** Examples: `app/views.py:12`; `C:\\shop\\app.py:3` with the folder `C:\\shop` is `app.py`, line 3. */
function parsePlace(dir: string, place: string): { file: string; line: number } {
  const [, path = '', number = ''] = /^(.+):(\d+)$/.exec(place) ?? [];
  if (path === '' || Number(number) < 1) {
    throw usageError(`"${place}" is no FILE:LINE; write app/views.py:12 for instance.`);
  }
  const file = relative(resolve(dir), resolve(dir, path)).replaceAll('\\', '/');
  if (file.startsWith('../') || isAbsolute(file)) {
    throw usageError(`${path} is not in the folder ${dir}; name the folder of the application first.`);
  }
  return { file, line: Number(number) };
}

async function notWalked(folder: string, file: string, line: number): Promise<Explanation> {
  const isIgnored = isDiscoveryFile(file) && (await keepWalked(folder, [file])).length === 0;
  const sentence = isIgnored
    ? `${file} is not read: a .gitignore names it, or it lies in a folder of dependencies or build results.`
    : `${file} is not read: it is in no language that discovery reads, or it is generated.`;
  return { file, line, verdict: 'not-followed', endpoints: [], sentences: [sentence] };
}

/** One sentence a line. */
export function formatExplanation({ file, line, verdict, sentences }: Explanation): string {
  const head = { route: 'is a route', 'no-route': 'is no route', 'not-followed': 'was not followed' }[verdict];
  return [`${file}:${line} ${head}.`, ...sentences, ''].join('\n');
}
