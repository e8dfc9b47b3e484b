// `npm start`: opens a real VS Code with the built extension on examples/bookstore. The desktop one where `code` is on
// PATH, else the browser one. `-- --port N` fixes the browser editor's port, `--no-open` starts no browser,
// `--browser` takes the browser editor although the desktop one is there. Ctrl-C ends everything.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installEditor, stageExtension, startEditor } from './browserEditor.mjs';
import { SETTINGS } from './editorSettings.mjs';

const ROOT = path.resolve(import.meta.dirname, '..');
const EXAMPLE = path.join(ROOT, 'examples', 'bookstore');
const ENVIRONMENT = { ENDPOINT_PROFILER_WALKTHROUGH: '1' };

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'no-open': { type: 'boolean', default: false },
    browser: { type: 'boolean', default: false },
  },
});

try {
  if (!values.browser && !values['no-open'] && values.port === '0' && hasDesktopCode()) await startDesktop();
  else await startBrowser();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

function hasDesktopCode() {
  return spawnSync('code', ['--version'], { shell: process.platform === 'win32', stdio: 'ignore' }).status === 0;
}

async function startDesktop() {
  console.log('Opening VS Code on examples/bookstore with Endpoint Profiler. Close its window to end.');
  const args = ['--new-window', '--wait', `--extensionDevelopmentPath=${ROOT}`, EXAMPLE];
  const child = spawn('code', args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, ...ENVIRONMENT },
  });
  await new Promise((resolve) => child.on('close', resolve));
}

async function startBrowser() {
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`--port takes a number from 0 to 65535, not "${values.port}".`);
  }
  const install = await installEditor();
  const home = await mkdtemp(path.join(os.tmpdir(), 'endpoint-profiler-'));
  const extensionsDir = path.join(home, 'extensions');
  await stageExtension({ extensionsDir, as: 'links' });
  console.log('Starting VS Code…');
  const editor = await startEditor({
    install,
    port,
    workspace: EXAMPLE,
    userDataDir: path.join(home, 'user'),
    extensionsDir,
    settings: SETTINGS,
    env: ENVIRONMENT,
  });

  let ending = false;
  async function end() {
    if (ending) return;
    ending = true;
    await editor.stop();
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    process.exit(0);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end());

  console.log(`VS Code with Endpoint Profiler: ${editor.url}`);
  console.log('Press Ctrl-C to end it.');
  if (!values['no-open']) openBrowser(editor.url);
}

function openBrowser(url) {
  const openers = { darwin: ['open', [url]], win32: ['cmd', ['/c', 'start', '', url]] };
  const [program, args] = openers[process.platform] ?? ['xdg-open', [url]];
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.on('error', () => console.log('No browser could be opened from here: open the address above yourself.'));
  child.unref();
}
