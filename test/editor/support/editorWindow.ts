import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { RunningEditor } from '../../../scripts/browserEditor.mjs';
import { listDescendants, type ProcessEntry } from '../../../scripts/processTree.mjs';

const PICTURES = path.resolve(import.meta.dirname, '../pictures');
const EXTENSION_ID = 'endpoint-profiler.endpoint-profiler';
const WORKBENCH_TIMEOUT_MS = 120_000;
/** Long enough for a loaded machine of two cores; a failing test waits this long once. */
const STEP_TIMEOUT_MS = 90_000;
const PALETTE_TRIES = 3;
const PALETTE_TIMEOUT_MS = 20_000;

/** Longer than VS Code's menus take no click after they open. */
const MENU_DEAF_MS = 200;
const SETTLED = [(): boolean => true, (): boolean => false] as const;

export type Theme = 'light' | 'dark' | 'highContrast' | 'highContrastLight';

const THEMES: Readonly<Record<Theme, { label: string; mark: string }>> = {
  light: { label: 'Light Modern', mark: 'vs' },
  dark: { label: 'Dark Modern', mark: 'vs-dark' },
  highContrast: { label: 'Dark High Contrast', mark: 'hc-black' },
  highContrastLight: { label: 'Light High Contrast', mark: 'hc-light' },
};

/** A VS Code window as a person uses it: by what is on the screen. */
export class EditorWindow {
  constructor(
    readonly page: Page,
    readonly editor: RunningEditor,
    readonly close: () => Promise<void>,
  ) {
    page.setDefaultTimeout(STEP_TIMEOUT_MS);
    page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  }

  /** Opens the window's address and waits for the workbench. */
  async load(): Promise<void> {
    await this.page.goto(this.editor.url);
    await this.page.locator('.monaco-workbench').waitFor({ timeout: WORKBENCH_TIMEOUT_MS });
    await this.page.locator('.part.statusbar .statusbar-item').first().waitFor({ timeout: WORKBENCH_TIMEOUT_MS });
  }

  /** What a person gets from F5 in the browser: the window is made anew, the extension host too. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.page.locator('.monaco-workbench').waitFor({ timeout: WORKBENCH_TIMEOUT_MS });
    await this.page.locator('.part.statusbar .statusbar-item').first().waitFor({ timeout: WORKBENCH_TIMEOUT_MS });
  }

  /** Runs a command by its title in the palette, for example `Endpoint Profiler: Show Log`. */
  async command(title: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input').first();
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
    // A palette that something else closed, or that lost what was typed, is opened once more.
    for (let tries = 0; tries < PALETTE_TRIES && !(await row.isVisible()); tries++) {
      await this.page.keyboard.press('F1');
      await input.waitFor();
      await input.fill(`>${title}`);
      await row.waitFor({ timeout: PALETTE_TIMEOUT_MS }).catch(() => undefined);
    }
    await row.click();
  }

  /** Whether the palette offers a command with this title. */
  async offersCommand(title: string): Promise<boolean> {
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.fill(`>${title}`);
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    const found = await rows.filter({ hasText: title }).count();
    await this.page.keyboard.press('Escape');
    return found > 0;
  }

  /** Opens a file of the workspace by its relative path, through quick open. */
  async openFile(relativePath: string): Promise<void> {
    const name = path.posix.basename(relativePath);
    await this.page.keyboard.press('Control+P');
    const input = this.page.locator('.quick-input-widget input').first();
    await input.waitFor();
    await input.fill(relativePath);
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first();
    await row.waitFor();
    await row.click();
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
  }

  /** The lens whose text contains `text`. */
  lens(text: string | RegExp): Locator {
    return this.page.locator('.codelens-decoration a', { hasText: text }).first();
  }

  /** The line of the open editor that contains `text`. */
  line(text: string | RegExp): Locator {
    return this.page.locator('.editor-instance .view-line', { hasText: text }).first();
  }

  /**
   * Right-clicks a line and chooses an entry, through submenus: `['Endpoint Profiler', 'Benchmark Endpoint']`. VS Code takes no
   * click on an entry in the first tenth of a second of its menu, and closes a menu before it does what was chosen: an open
   * menu is one that did not take the click.
   */
  async chooseFromContextMenu(line: Locator, entries: readonly string[]): Promise<void> {
    await line.click({ button: 'right', position: { x: 60, y: 8 } });
    for (const entry of entries.slice(0, -1)) await this.menuEntry(entry).hover();
    const item = this.menuEntry(entries.at(-1) ?? '');
    await item.waitFor();
    const giveUpAt = Date.now() + STEP_TIMEOUT_MS;
    while (Date.now() < giveUpAt) {
      await this.page.waitForTimeout(MENU_DEAF_MS);
      await item.click({ timeout: 2_000 }).catch(() => undefined);
      const hidden = this.page.locator('.monaco-menu').first().waitFor({ state: 'hidden', timeout: 2_000 });
      if (await hidden.then(...SETTLED)) return;
    }
    throw new Error(`The menu does not take a click on ${entries.join(' > ')}.`);
  }

  /** An entry of an open context menu. */
  menuEntry(label: string): Locator {
    return this.page.locator('.monaco-menu .action-item', { hasText: label }).last();
  }

  /** A row of the open quick pick. */
  pick(text: string | RegExp): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  }

  /** The text field of the open quick pick or input box. */
  input(): Locator {
    return this.page.locator('.quick-input-widget:visible input').first();
  }

  /** Waits for an input box whose title, prompt or placeholder contains `prompt` and answers it; null keeps what is proposed. */
  async answer(prompt: string | RegExp, value: string | null): Promise<void> {
    const box = this.page.locator('.quick-input-widget:visible');
    await box.filter({ hasText: prompt }).waitFor();
    if (value !== null) await this.input().fill(value);
    await this.page.keyboard.press('Enter');
  }

  /** A button of an open modal dialog. */
  dialogButton(label: string | RegExp): Locator {
    return this.page.locator('.monaco-dialog-box .monaco-button', { hasText: label }).first();
  }

  /** A notification that contains `text`. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast', { hasText: text }).first();
  }

  /** A status-bar item that contains `text`. */
  statusItem(text: string | RegExp): Locator {
    return this.page.locator('.part.statusbar .statusbar-item', { hasText: text }).first();
  }

  /** Shows the extension's side bar by its icon. */
  async openSideBar(): Promise<void> {
    await this.page.locator('.part.activitybar .action-label[aria-label^="Endpoint Profiler"]').first().click();
  }

  /** A row of a tree in the side bar. */
  treeRow(text: string | RegExp): Locator {
    return this.page.locator('.part.sidebar .monaco-list-row', { hasText: text }).first();
  }

  /** The inside of the results panel. It is found anew at each use, so that it survives reloads of the page. */
  webviewFrame(): FrameLocator {
    const outer = this.page.locator(`iframe.webview[src*="${EXTENSION_ID}"]`).last();
    return outer.contentFrame().locator('#active-frame').contentFrame();
  }

  /** Keeps a picture in test/editor/pictures. */
  async screenshot(name: string): Promise<void> {
    await mkdir(PICTURES, { recursive: true });
    await this.page.screenshot({ path: path.join(PICTURES, `${name}.png`) });
  }

  /** Chooses a colour theme as a person would and waits until the workbench wears it. */
  async setTheme(theme: Theme): Promise<void> {
    const { label, mark } = THEMES[theme];
    await this.command('Preferences: Color Theme');
    // The palette is still there for a moment; what is typed then is lost.
    const themes = this.page.locator('.quick-input-widget:visible input[placeholder*="Theme"]');
    await themes.fill(label);
    await this.page.locator('.quick-input-list').getByText(label, { exact: true }).first().click();
    await this.page.locator(`.monaco-workbench.${mark}`).waitFor();
    // The theme fades in, and webviews are told after the workbench.
    await this.page.waitForTimeout(500);
  }

  async restartExtensionHost(): Promise<void> {
    await this.command('Developer: Restart Extension Host');
  }

  /** Every process that this window's VS Code has started and whose command line contains `text`. */
  processes(text: string): ProcessEntry[] {
    return listDescendants(this.editor.pid).filter((entry) => entry.command.includes(text));
  }
}
