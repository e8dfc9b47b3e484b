import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Server } from '../../core/model/server';

/** A server that could be started here, with the reason it is proposed: `script "dev" in package.json`. */
export interface ProposedServer {
  readonly server: Server;
  readonly reason: string;
}

/** What proposals are made from. Paths are relative to the folder, with forward slashes. */
export interface FolderFacts {
  /** Text of the files that say how an application is started, or where one may be made. */
  readonly files: ReadonlyMap<string, string>;
  /** Every file of the folders that were looked into. */
  readonly paths: ReadonlySet<string>;
  /** How Python is called here: the virtual environment's, when there is one. */
  readonly python: string;
  /** Where the virtual environment has its programs, and which there are. */
  readonly programs: { readonly folder: string; readonly names: ReadonlySet<string> } | null;
}

/** The base URL of a server that is told its port. */
export const PORT_URL = 'http://127.0.0.1:{port}';

const WANTED =
  /^((app|main|wsgi|asgi|server|application|api|manage|__init__|run|serve)\.py|(server|app|index|main)\.[cm]?[jt]s|package\.json|Procfile|pyproject\.toml|Pipfile|setup\.(py|cfg)|requirements[\w.-]*\.txt|go\.mod|main\.go|Cargo\.toml|main\.rs|(docker-)?compose\.ya?ml|pom\.xml|build\.gradle(\.kts)?|Gemfile|config\.ru|artisan|composer\.json|[\w.-]+\.csproj)$/;
const SKIPPED = /^(\.|node_modules$|venv$|env$|dist$|build$|target$|vendor$|__pycache__$|tests?$|site-packages$)/;
const MAX_DEPTH = 2;
const MAX_FOLDERS = 200;
const MAX_FILES = 400;
const MAX_CHARS = 200_000;

/** Reads what proposals are made from: known names in the folder and two folders deep, and those in `files`. */
export async function readFolderFacts(folder: string, files: readonly string[]): Promise<FolderFacts> {
  const paths = await listPaths(folder);
  const scripts = (await readIfThere(join(folder, 'package.json'))) ?? '';
  const named = [...scripts.matchAll(/[\w./-]+\.[cm]?[jt]s\b/g)].map(([path]) => path.replace(/^\.\//, ''));
  const known = [...paths].filter((path) => WANTED.test(basename(path))).slice(0, MAX_FILES);
  const wanted = new Set([...known, ...named, ...files, '.vscode/launch.json']);
  const texts = new Map<string, string>();
  for (const path of wanted) {
    const text = await readIfThere(join(folder, path));
    if (text !== null) texts.set(path, text.slice(0, MAX_CHARS));
  }
  const programs = await findPrograms(folder);
  const isWindows = process.platform === 'win32';
  const python = programs ? join(programs.folder, 'python') : isWindows ? 'python' : 'python3';
  return { files: texts, paths, python, programs };
}

/** The folders of all files with this name: `''` for the top. */
export function foldersWith({ files }: FolderFacts, name: string): readonly string[] {
  return [...files.keys()].filter((path) => basename(path) === name).map(folderOf);
}

/** `a/b/c.py` → `a/b`, `c.py` → `''`. */
export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** The path of a file in a folder: `a`, `b.py` → `a/b.py`; `''`, `b.py` → `b.py`. */
export function pathIn(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** `start.cwd` for a folder, nothing for the top. */
export function inFolder(folder: string): { readonly cwd?: string } {
  return folder === '' ? {} : { cwd: folder };
}

/** A program as it is called from a folder below: `.venv/bin/python` from `backend` → `../.venv/bin/python`. */
export function programFrom(folder: string, program: string): string {
  if (folder === '' || !/[/\\]/.test(program)) return program;
  return join(...folder.split('/').map(() => '..'), program);
}

/** Programs that are modules too: so called, they are found in the environment whatever became of its folder. */
const MODULES = /^(gunicorn|uvicorn|hypercorn|flask|quart|sanic|daphne)$/;

/**
 * A command whose first word is a program of the virtual environment, as it is called from outside of that.
 *
 * Example: `gunicorn app:app` → `.venv/bin/python -m gunicorn app:app`.
 */
export function inEnvironment({ programs, python }: FolderFacts, command: string): string {
  const [program = '', ...rest] = command.split(' ');
  if (/^python3?$/.test(program)) return [python, ...rest].join(' ');
  if (programs?.names.has(program) !== true) return command;
  const called = MODULES.test(program) ? `${python} -m ${program}` : join(programs.folder, program);
  return [called, ...rest].join(' ');
}

async function listPaths(top: string): Promise<ReadonlySet<string>> {
  const paths = new Set<string>();
  const open: { readonly path: string; readonly depth: number }[] = [{ path: '', depth: 0 }];
  for (let looked = 0; looked < MAX_FOLDERS; looked++) {
    const next = open.shift();
    if (!next) break;
    const entries = await readdir(join(top, next.path), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = pathIn(next.path, entry.name);
      if (entry.isFile()) paths.add(path);
      else if (entry.isDirectory() && next.depth < MAX_DEPTH && !SKIPPED.test(entry.name))
        open.push({ path, depth: next.depth + 1 });
    }
  }
  return paths;
}

async function findPrograms(folder: string): Promise<FolderFacts['programs']> {
  for (const venv of ['.venv', 'venv', 'env']) {
    const bin = join(venv, process.platform === 'win32' ? 'Scripts' : 'bin');
    const names = (await readdir(join(folder, bin)).catch(() => [])).map((name) => name.replace(/\.exe$/i, ''));
    if (names.includes('python')) return { folder: bin, names: new Set(names) };
  }
  return null;
}

async function readIfThere(path: string): Promise<string | null> {
  return await readFile(path, 'utf8').catch(() => null);
}
