import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { installEditor, stageExtension, startEditor } from '../../../scripts/browserEditor.mjs';
import { SETTINGS } from '../../../scripts/editorSettings.mjs';
import { EditorWindow } from './editorWindow';

const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface WorkspaceOptions {
  /** User settings beside those that keep the window calm. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** `restricted` opens the workspace untrusted, without the question at the start. Default `trusted`. */
  readonly trust?: 'trusted' | 'restricted';
  /** Environment variables for the extension host, and so for what it starts. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Opens a real VS Code with the built extension on a folder, a `.code-workspace` file, or with null on nothing, and returns
 * the window once the workbench is there. `close()` of it ends everything that was started.
 */
export async function openWorkspace(workspace: string | null, options: WorkspaceOptions = {}): Promise<EditorWindow> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'ep-editor-'));
  const extensionsDir = path.join(home, 'extensions');
  const userDataDir = path.join(home, 'user');
  await stageExtension({ extensionsDir, as: 'copies' });
  const isRestricted = options.trust === 'restricted';
  const settings = {
    ...SETTINGS,
    'editor.minimap.enabled': false,
    'window.confirmBeforeClose': 'never',
    'files.hotExit': 'off',
    ...(isRestricted ? { 'security.workspace.trust.startupPrompt': 'never' } : {}),
    ...options.settings,
  };
  const editor = await startEditor({
    install: await findEditor(),
    workspace,
    userDataDir,
    extensionsDir,
    settings,
    isTrustAsked: isRestricted,
    // Without a gallery nothing outside this machine is asked.
    env: { EXTENSIONS_GALLERY: '{}', ...options.env },
  });
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
    const page = await browser.newPage({ viewport: { width: 1680, height: 960 } });
    const window = new EditorWindow(page, editor, async () => {
      await browser?.close();
      await editor.stop();
      await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    });
    await window.load();
    return window;
  } catch (cause) {
    await browser?.close();
    await editor.stop();
    throw new Error(`VS Code did not come up. It said:\n${editor.output()}`, { cause });
  }
}

/**
 * Copies a workspace into a folder of its own below `.cache`, so that a test can edit it and Node still finds this
 * repository's packages from there. `dispose` removes it.
 */
export async function copyWorkspace(source: string): Promise<{ folder: string; dispose: () => Promise<void> }> {
  const parent = path.resolve(import.meta.dirname, '../../../.cache/workspaces');
  await mkdir(parent, { recursive: true });
  const home = await mkdtemp(path.join(parent, 'test-'));
  const folder = path.join(home, path.basename(source));
  await cp(source, folder, { recursive: true });
  return { folder, dispose: () => rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }) };
}

async function findEditor(): Promise<{ node: string; entry: string }> {
  const node = process.env['EP_EDITOR_NODE'];
  const entry = process.env['EP_EDITOR_ENTRY'];
  return node && entry ? { node, entry } : installEditor();
}

function findChromium(): string {
  const found = [process.env['EP_CHROMIUM'], '/usr/bin/chromium'].find((place) => place && existsSync(place));
  if (!found) throw new Error('Chromium is not here: install it, or name one in EP_CHROMIUM.');
  return found;
}
