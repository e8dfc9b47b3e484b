// The VS Code of `npm start` and of the editor tests: code-server, which is VS Code's own workbench and extension host
// served to a browser. Its exact versions are locked in tools/editor; it is installed on demand into .cache/editor.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, cp, lstat, mkdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stopTree } from './processTree.mjs';

const ROOT = path.resolve(import.meta.dirname, '..');
const HOME = path.join(ROOT, '.cache', 'editor');
const INSTALL_FILES = ['package.json', 'package-lock.json', '.npmrc'];
const START_TIMEOUT_MS = 60_000;

/** The parts of this repository that make up the extension; the rest of it is not needed to run. */
export const EXTENSION_PARTS = ['dist', 'media', 'l10n', 'package.json', 'package.nls.json', 'README.md'];

/**
 * Installs the browser editor if it is not there yet and returns `{ node, entry }`, the program and the script to run.
 * Raises an Error with one sentence when it cannot be installed, for example without a network.
 */
export async function installEditor({ log = console.log } = {}) {
  const wanted = createHash('sha256').update(await readFile(path.join(ROOT, 'tools/editor/package-lock.json')));
  const stamp = wanted.digest('hex');
  const stampFile = path.join(HOME, 'installed');
  const entry = path.join(HOME, 'node_modules/code-server/out/node/entry.js');
  const isInstalled = existsSync(stampFile) && (await readFile(stampFile, 'utf8')) === stamp;
  if (!isInstalled) {
    log('Installing VS Code for the browser into .cache/editor (once, about 800 MB on disk)…');
    await rm(stampFile, { force: true });
    await mkdir(HOME, { recursive: true });
    for (const file of INSTALL_FILES) await copyFile(path.join(ROOT, 'tools/editor', file), path.join(HOME, file));
    await runNpm(['ci', '--ignore-scripts'], HOME);
    log('Installing what VS Code itself needs…');
    const inner = path.join(HOME, 'node_modules/code-server/lib/vscode');
    // Not `npm ci`: the shrinkwrap that code-server publishes lacks one package, and `ci` refuses it.
    await runNpm(['install', '--omit=dev', '--no-save', '--ignore-scripts'], inner);
    await runNpm(['install', '--omit=dev', '--no-save', '--ignore-scripts'], path.join(inner, 'extensions'));
    await linkOnce('node_modules', path.join(inner, 'node_modules.asar'));
    await writeFile(stampFile, stamp);
  }
  return { node: findNode24(), entry };
}

/** True when `installEditor` would have nothing to download. */
export function isEditorInstalled() {
  return existsSync(path.join(HOME, 'installed'));
}

function findNode24() {
  if (process.versions.node.startsWith('24.')) return process.execPath;
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const program = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  const packaged = path.join(HOME, 'node_modules', `node-${platform}-${process.arch}`, program);
  if (existsSync(packaged)) return packaged;
  throw new Error(
    `The browser editor runs on Node 24 and there is no packaged Node 24 for ${process.platform} ${process.arch}: ` +
      'run this command with Node 24, or install the desktop VS Code with its `code` command.',
  );
}

function runNpm(args, cwd) {
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  return new Promise((resolve, reject) => {
    // The variables that npm sets for its own scripts would make the inner npm act on this project.
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^npm_(config_local_prefix|package_|lifecycle_)/i.test(name)),
    );
    const npm = spawn('npm', [...args, ...quiet], { cwd, env, shell: process.platform === 'win32' });
    let said = '';
    npm.stdout.resume();
    npm.stderr.on('data', (chunk) => (said += chunk));
    npm.on('error', (cause) => reject(new Error('npm could not be started: is it on PATH?', { cause })));
    npm.on('close', (code) => (code === 0 ? resolve() : reject(explainNpmFailure(said))));
  });
}

function explainNpmFailure(said) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT/.test(said)) {
    return new Error(
      'The browser editor could not be downloaded because npm did not reach its registry: connect to the network and ' +
        'run this again, or install the desktop VS Code with its `code` command, which needs no download here.',
    );
  }
  return new Error(`The browser editor could not be installed. npm said: ${said.trim().slice(0, 2000)}`);
}

async function linkOnce(target, at) {
  const there = await lstat(at).catch(() => null);
  if (there?.isSymbolicLink() && (await readlink(at)) === target) return;
  await rm(at, { recursive: true, force: true });
  await symlink(target, at, 'junction');
}

/**
 * Lays the built extension into `extensionsDir` as VS Code expects an installed one, as links to `from` (edits are seen at
 * the next reload) or as copies (a build that goes on meanwhile cannot disturb).
 */
export async function stageExtension({ from = ROOT, extensionsDir, as = 'links' }) {
  const { publisher, name, version } = JSON.parse(await readFile(path.join(from, 'package.json'), 'utf8'));
  const folder = path.join(extensionsDir, `${publisher}.${name}-${version}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const part of EXTENSION_PARTS) {
    const source = path.join(from, part);
    if (!existsSync(source)) continue;
    if (as === 'links') await symlink(source, path.join(folder, part), 'junction');
    else await cp(source, path.join(folder, part), { recursive: true });
  }
  return folder;
}

/**
 * Starts the browser editor and returns `{ url, port, pid, stop, output }` once it listens on 127.0.0.1. `url` opens
 * `workspace` (a folder or a `.code-workspace` file; null for an empty window). `port` 0 lets the system choose.
 * `stop()` ends it with everything it started.
 */
export async function startEditor({
  install,
  port = 0,
  workspace,
  userDataDir,
  extensionsDir,
  settings = {},
  isTrustAsked = false,
  env = {},
}) {
  await mkdir(path.join(userDataDir, 'User'), { recursive: true });
  await mkdir(extensionsDir, { recursive: true });
  await writeFile(path.join(userDataDir, 'User/settings.json'), JSON.stringify(settings, null, 2));
  const config = path.join(userDataDir, 'code-server.yaml');
  await writeFile(config, 'auth: none\n');

  const args = [install.entry, '--config', config, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`];
  args.push('--user-data-dir', userDataDir, '--extensions-dir', extensionsDir);
  args.push(
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
    '--ignore-last-opened',
  );
  if (!isTrustAsked) args.push('--disable-workspace-trust');
  const child = spawn(install.node, args, {
    env: { ...cleanEnvironment(path.dirname(install.node)), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const lines = [];
  const listening = await waitUntilListening(child, lines).catch(async (error) => {
    await stopTree(child.pid);
    throw error;
  });
  const base = `http://127.0.0.1:${listening}`;
  return {
    url: editorUrl(base, workspace),
    port: listening,
    pid: child.pid,
    output: () => lines.join('\n'),
    stop: () => stopTree(child.pid),
  };
}

/** The address that opens a folder, a `.code-workspace` file, or with null an empty window. */
export function editorUrl(base, workspace) {
  if (workspace === null) return `${base}/?ew=true`;
  const key = workspace.endsWith('.code-workspace') ? 'workspace' : 'folder';
  return `${base}/?${key}=${encodeURI(workspace)}`;
}

function cleanEnvironment(nodeFolder) {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(VSCODE_|ELECTRON_|CODE_SERVER_|npm_|NODE_OPTIONS$|NODE_TEST_|PASSWORD$|HASHED_PASSWORD$|PORT$)/i.test(name),
  );
  const env = Object.fromEntries(kept);
  return { ...env, PATH: `${env.PATH ?? ''}${path.delimiter}${nodeFolder}` };
}

function waitUntilListening(child, lines) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () =>
        reject(new Error(`VS Code did not listen within ${START_TIMEOUT_MS / 1000} s. It said:\n${lines.join('\n')}`)),
      START_TIMEOUT_MS,
    );
    function read(chunk) {
      lines.push(...String(chunk).split('\n').filter(Boolean));
      if (lines.length > 500) lines.splice(0, lines.length - 500);
      const match = /listening on https?:\/\/127\.0\.0\.1:(\d+)/.exec(String(chunk));
      if (match) {
        clearTimeout(timer);
        resolve(Number(match[1]));
      }
    }
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    child.on('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`VS Code ended at once with code ${code}. It said:\n${lines.join('\n')}`));
    });
  });
}
