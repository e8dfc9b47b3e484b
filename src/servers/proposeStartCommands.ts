import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Server } from '../core/model/server';

/** A server that could be started here, with the reason it is proposed: `script "dev" in package.json`. */
export interface ProposedServer {
  readonly server: Server;
  readonly reason: string;
}

/** Source text of files where an application may be made, by path relative to the folder, forward slashes. */
export interface FolderFacts {
  readonly packageJson: string | null;
  readonly sources: ReadonlyMap<string, string>;
  /** How Python is called here: the virtual environment's, when there is one. */
  readonly python: string;
}

const BASE_URL = 'http://127.0.0.1:{port}';
const SCRIPTS = ['dev', 'start', 'serve', 'start:dev'];
const PYTHON_NAMES = [
  'app.py',
  'main.py',
  'wsgi.py',
  'asgi.py',
  'server.py',
  'application.py',
  'api.py',
  '__init__.py',
];
const NODE_NAMES = ['server.js', 'app.js', 'index.js', 'main.js', 'server.mjs', 'app.mjs', 'index.mjs', 'server.cjs'];
const MAX_SOURCE_CHARS = 200_000;

/** Reads what proposals are made from: a handful of files of the folder and of the folders in it, and those in `files`. */
export async function readFolderFacts(folder: string, files: readonly string[]): Promise<FolderFacts> {
  const wanted = new Set([...PYTHON_NAMES, ...NODE_NAMES, 'manage.py', ...files]);
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (!entry.isDirectory() || entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    for (const name of PYTHON_NAMES) wanted.add(`${entry.name}/${name}`);
  }
  const sources = new Map<string, string>();
  for (const file of wanted) {
    const text = await readFile(join(folder, file), 'utf8').catch(() => null);
    if (text !== null) sources.set(file, text.slice(0, MAX_SOURCE_CHARS));
  }
  return {
    packageJson: await readFile(join(folder, 'package.json'), 'utf8').catch(() => null),
    sources,
    python: await findPython(folder),
  };
}

/**
 * Commands that probably start the application of a folder, likeliest first. Nothing is run.
 *
 * Examples: `app = Flask(__name__)` in `shop/app.py` → `python3 -m flask --app shop.app:app run --port {port}`;
 * a script `dev` → `npm run dev` with `PORT={port}`.
 */
export function proposeStartCommands(facts: FolderFacts): readonly ProposedServer[] {
  return [...pythonProposals(facts), ...scriptProposals(facts), ...nodeProposals(facts)];
}

function pythonProposals({ sources, python }: FolderFacts): ProposedServer[] {
  const found: ProposedServer[] = [];
  for (const [file, text] of sources) {
    if (!file.endsWith('.py')) continue;
    const name = moduleOf(file);
    const propose = (framework: string, command: string): void => {
      found.push({
        server: { name: framework, baseUrl: BASE_URL, start: { command: `${python} -m ${command}` } },
        reason: `${framework} application in ${file}`,
      });
    };
    const flask = assigned(text, 'Flask');
    const fastapi = assigned(text, 'FastAPI');
    const sanic = assigned(text, 'Sanic');
    if (flask) propose('Flask', `flask --app ${name}:${flask} run --port {port}`);
    else if (/^def create_app\(/m.test(text) && /\bFlask\(/.test(text))
      propose('Flask', `flask --app ${name} run --port {port}`);
    if (fastapi) propose('FastAPI', `uvicorn ${name}:${fastapi} --port {port}`);
    if (sanic) propose('Sanic', `sanic ${name}:${sanic} --port {port} --single-process`);
  }
  if (sources.get('manage.py')?.includes('DJANGO_SETTINGS_MODULE') === true) {
    const command = `${python} manage.py runserver --noreload 127.0.0.1:{port}`;
    found.push({ server: { name: 'Django', baseUrl: BASE_URL, start: { command } }, reason: 'manage.py' });
  }
  return found;
}

function scriptProposals({ packageJson }: FolderFacts): ProposedServer[] {
  const scripts = section(packageJson, 'scripts');
  return SCRIPTS.flatMap((name) => {
    const script = scripts[name];
    if (typeof script !== 'string') return [];
    const fixed = /(?:--port[ =]|\s-p |\bPORT=)(\d{2,5})\b/.exec(script)?.[1];
    const start = { command: `npm run ${name}`, ...(fixed === undefined ? { env: { PORT: '{port}' } } : {}) };
    const baseUrl = fixed === undefined ? BASE_URL : `http://127.0.0.1:${fixed}`;
    return [{ server: { name: `npm run ${name}`, baseUrl, start }, reason: `script "${name}" in package.json` }];
  });
}

/** A file that listens, where no script says how to start it. */
function nodeProposals({ packageJson, sources }: FolderFacts): ProposedServer[] {
  const scripts = section(packageJson, 'scripts');
  if (SCRIPTS.some((name) => name in scripts)) return [];
  return [...sources].flatMap(([file, text]) => {
    if (!/\.[cm]?js$/.test(file) || !/\.listen\(/.test(text)) return [];
    const start = { command: `node ${file}`, env: { PORT: '{port}' } };
    return [{ server: { name: `node ${file}`, baseUrl: BASE_URL, start }, reason: `${file} listens` }];
  });
}

function assigned(text: string, type: string): string | undefined {
  return new RegExp(`^(\\w+)(?:\\s*:[^=\\n]+)?\\s*=\\s*(?:\\w+\\.)?${type}\\(`, 'm').exec(text)?.[1];
}

/** `shop/__init__.py` → `shop`, `shop/app.py` → `shop.app`. */
function moduleOf(file: string): string {
  return file
    .replace(/\.py$/, '')
    .replace(/\/__init__$/, '')
    .replaceAll('/', '.');
}

async function findPython(folder: string): Promise<string> {
  for (const venv of ['.venv', 'venv', 'env']) {
    const bin = process.platform === 'win32' ? `${venv}\\Scripts` : `${venv}/bin`;
    const names = await readdir(join(folder, bin)).catch(() => []);
    if (names.some((name) => /^python(\.exe)?$/.test(name)))
      return process.platform === 'win32' ? `${bin}\\python` : `${bin}/python`;
  }
  return process.platform === 'win32' ? 'python' : 'python3';
}

function section(packageJson: string | null, name: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(packageJson ?? '{}');
    const found: unknown =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : null;
    return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
