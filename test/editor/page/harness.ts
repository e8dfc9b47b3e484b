import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { PageState } from '../../../src/protocol/page';
import { EDITOR_SHEET, FAKE_EDITOR } from './fakeEditor';
import { THEMES, type ThemeName } from './themes';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const PICTURES = path.join(ROOT, 'test/editor/pictures');
const CHROMIUM = process.env['EP_CHROMIUM'] ?? '/usr/bin/chromium';
const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What the page did that can be seen from outside. */
export interface Seen {
  readonly sent: readonly { readonly kind: string; readonly name: string; readonly params: unknown }[];
  readonly remembered: readonly unknown[];
  readonly violations: readonly { readonly directive: string; readonly source: string; readonly sample: string }[];
}

export interface OpenOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly forcedColors?: boolean;
  /** Answers what the page asks, as the extension would. */
  readonly answer?: (name: string, params: unknown) => unknown;
}

/** The results page in a browser of its own, under the policy that the editor sets. */
export interface Harness {
  open(state: PageState, options?: OpenOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

export interface OpenPage {
  readonly page: Page;
  /** Errors that the page threw or wrote to the console. */
  readonly errors: readonly string[];
  notify(name: string, params: unknown): Promise<void>;
  setTheme(theme: ThemeName): Promise<void>;
  seen(): Promise<Seen>;
  /** Takes a picture of the whole page, kept for looking at. */
  picture(name: string): Promise<void>;
}

/** Bundles the page from source, serves it on a free port and starts the browser. */
export async function startHarness(): Promise<Harness> {
  const files = await bundle();
  const server = await serve(files);
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_ARGS });
  await mkdir(PICTURES, { recursive: true });
  return {
    open: (state, options = {}) => openPage(browser, `http://127.0.0.1:${port}/`, state, options),
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bundle(): Promise<{ script: string; sheet: string }> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['webview/main.ts'],
    bundle: true,
    format: 'iife',
    target: 'chrome130',
    loader: { '.css': 'css' },
    define: { eval: 'undefined' },
    outfile: 'page.js',
    write: false,
  });
  const read = (ending: string): string => outputFiles.find((file) => file.path.endsWith(ending))?.text ?? '';
  return { script: read('.js'), sheet: read('.css') };
}

async function serve({ script, sheet }: { script: string; sheet: string }): Promise<Server> {
  const server = createServer((request, response) => {
    const answer = (type: string, body: string, policy?: string): void => {
      response.writeHead(200, { 'content-type': type, ...(policy ? { 'content-security-policy': policy } : {}) });
      response.end(body);
    };
    if (request.url === '/page.js') answer('text/javascript', script);
    else if (request.url === '/page.css') answer('text/css', sheet);
    else if (request.url === '/editor.css') answer('text/css', EDITOR_SHEET);
    else if (request.url === '/editor.js') answer('text/javascript', FAKE_EDITOR);
    else if (request.url === '/favicon.ico') answer('image/x-icon', '');
    else {
      const nonce = randomBytes(16).toString('base64url');
      const origin = `http://${request.headers.host ?? ''}`;
      answer('text/html', documentFor(nonce), policyFor(nonce, origin));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function policyFor(nonce: string, origin: string): string {
  return `default-src 'none'; script-src 'nonce-${nonce}'; style-src ${origin}; font-src ${origin}; img-src ${origin}`;
}

function documentFor(nonce: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Endpoint Profiler</title>
<link rel="stylesheet" href="/editor.css"><link rel="stylesheet" href="/page.css"></head><body>
<script nonce="${nonce}" src="/editor.js"></script><script nonce="${nonce}" src="/page.js"></script></body></html>`;
}

async function openPage(browser: Browser, url: string, state: PageState, options: OpenOptions): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 900, height: 900 },
    deviceScaleFactor: 1,
    forcedColors: options.forcedColors ? 'active' : 'none',
    timezoneId: 'UTC',
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const wish = JSON.stringify({ state, theme: THEMES[options.theme ?? 'dark'] });
  if (options.answer) await page.exposeFunction('__answer', options.answer);
  await page.addInitScript(`window.__wish = ${wish};`);
  await page.goto(url);
  await page.locator('main.page').waitFor();
  await settle(page);
  return {
    page,
    errors,
    notify: async (name, params) => {
      await page.evaluate(`window.__post(${JSON.stringify({ kind: 'notify', name, params })})`);
      await settle(page);
    },
    setTheme: async (theme) => {
      await page.evaluate(`window.__applyTheme(${JSON.stringify(THEMES[theme])})`);
      await settle(page);
    },
    seen: async () => await page.evaluate<Seen>('window.__seen'),
    picture: async (name) => {
      await page.screenshot({ path: path.join(PICTURES, `${name}.png`), fullPage: true });
    },
  };
}

/** Waits until messages were handled and charts painted: two frames. */
async function settle(page: Page): Promise<void> {
  const twoFrames = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))';
  for (let round = 0; round < 3; round += 1) await page.evaluate(twoFrames);
}
