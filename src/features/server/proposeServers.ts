import { Uri, workspace, type WorkspaceFolder } from 'vscode';
import type { Server } from '../../core/model/server';

/** Scripts that start a server in most projects, best first. */
const SCRIPTS = ['start', 'serve', 'dev'];

/** Servers with commands that fit the project, made from what its files say. Nothing is started. */
export async function proposeServers(folder: WorkspaceFolder): Promise<readonly Server[]> {
  const manifest = await readText(folder, 'package.json');
  return manifest === undefined ? [] : fromScripts(manifest);
}

function fromScripts(manifest: string): readonly Server[] {
  let scripts: unknown;
  try {
    scripts = (JSON.parse(manifest) as { readonly scripts?: unknown }).scripts;
  } catch {
    return [];
  }
  if (typeof scripts !== 'object' || scripts === null) return [];
  return SCRIPTS.filter((name) => Object.hasOwn(scripts, name)).map((name) => ({
    name: `npm run ${name}`,
    baseUrl: 'http://127.0.0.1:{port}',
    start: { command: `npm run ${name}`, env: { PORT: '{port}' } },
  }));
}

async function readText(folder: WorkspaceFolder, name: string): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(folder.uri, name)));
  } catch {
    return undefined;
  }
}
