import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { EditorWindow } from './support/editorWindow';
import { copyWorkspace, openWorkspace } from './support/openWorkspace';
import { step } from './support/steps';

const HANDLERS = 'src/routes/authors.js';
const ROUTE = 'GET /author/{author_id}';
const BUSY = '  for (const end = performance.now() + 2; performance.now() < end; );\n';

describe('watching and comparing many endpoints in a real VS Code', () => {
  let workspace: Awaited<ReturnType<typeof copyWorkspace>>;
  let window: EditorWindow;
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@localhost', ...args], {
      cwd: workspace.folder,
      encoding: 'utf8',
    });

  before(async () => {
    workspace = await copyWorkspace('examples/bookstore');
    const modules = path.resolve(import.meta.dirname, '../../node_modules');
    await symlink(modules, path.join(workspace.folder, 'node_modules'));
    await writeFile(path.join(workspace.folder, '.gitignore'), 'node_modules\n');
    git('init', '--quiet', '--initial-branch=main');
    git('add', '.');
    git('commit', '--quiet', '--message', 'The shop as it was');
    window = await openWorkspace(workspace.folder, {
      settings: {
        'endpointProfiler.compare.quick': true,
        'endpointProfiler.load.connections': 4,
        'endpointProfiler.load.durationSeconds': 1,
        'endpointProfiler.load.warmupSeconds': 0,
      },
    });
    await window.openFile(HANDLERS);
    await window.lens(`Benchmark ${ROUTE}`).waitFor();
  });

  after(async () => {
    await window.close();
    await workspace.dispose();
  });

  it('a watched endpoint is measured and compared when its file is saved', async () => {
    await step(window, 'watch', async () => {
      await window.lens(`Benchmark ${ROUTE}`).click();
      await window.pick('bookstore').click();
      await window.answer('author_id', '7');
      await window.lens(/^p50 /).waitFor();
      await window.chooseFromContextMenu(window.line("authorRoutes.get('/:author_id'"), [
        'Endpoint Profiler',
        'Watch Endpoint',
      ]);
      await window.lens('Watching; stop').waitFor();
      await window.statusItem(ROUTE).waitFor();
      await window.line('const written =').click();
      await window.page.keyboard.press('Home');
      await window.page.keyboard.press('Home');
      await window.page.keyboard.insertText(BUSY);
      await window.page.keyboard.press('Control+S');
      const page = window.webviewFrame();
      // How sure it is depends on the machine; that both runs were held against each other does not.
      await page.getByRole('table', { name: 'Verdict by metric' }).waitFor();
      await window.screenshot('watch-verdict');
      await window.lens('Watching; stop').click();
      await window.lens('Watching; stop').waitFor({ state: 'detached' });
    });
  });

  it('of many endpoints the one that became slower is found, and leads to its verdict and back', async () => {
    await step(window, 'many', async () => {
      await window.command('Endpoint Profiler: Compare Many Endpoints…');
      await window.pick(ROUTE).waitFor();
      await window.screenshot('many-choice');
      // All that only read are chosen; two of them are enough here.
      for (const other of ['app.js:12', 'authors.js:7', 'books.js:7', 'books.js:13', 'genres.js:11']) {
        await window.pick(other).click();
      }
      await window.page.locator('.quick-input-widget input[placeholder^="2 chosen, about"]').waitFor();
      await window.page.keyboard.press('Enter');
      await window.pick('The shop as it was').click();
      const page = window.webviewFrame();
      await page
        .getByText(/Launch 1: GET .* \(1 of 2\)/)
        .first()
        .waitFor();
      await window.screenshot('many-under-way');
      await page
        .getByText(/^Of 2 endpoints: 1 slower/)
        .first()
        .waitFor();
      await window.screenshot('many-result');
      const rows = await page
        .getByRole('table', { name: 'Endpoints', exact: true })
        .locator('tbody tr')
        .allInnerTexts();
      assert.match(rows[0] ?? '', /GET \/author\/\{author_id\}[^]*▼ slower/);
      assert.equal(rows.length, 2);
      await page.getByText(ROUTE).first().click();
      await page
        .getByText(/\d+\s% slower than HEAD/)
        .first()
        .waitFor();
      await window.lens(/▼ \d+\s% slower than HEAD/).waitFor();
      await page.getByText('Show all').click();
      await page
        .getByText(/^Of 2 endpoints: 1 slower/)
        .first()
        .waitFor();
    });
  });

  it('the list is there again after a reload, and the first right-click offers the menu though the list has the focus', async () => {
    await step(window, 'many-reload', async () => {
      await window
        .webviewFrame()
        .getByText(/^Of 2 endpoints/)
        .first()
        .click();
      await window.reload();
      await window
        .webviewFrame()
        .getByText(/^Of 2 endpoints: 1 slower/)
        .first()
        .click();
      await window.lens(/▼ \d+\s% slower than HEAD/).waitFor();
      await window.line("authorRoutes.get('/:author_id'").click({ button: 'right', position: { x: 60, y: 8 } });
      await window.menuEntry('Paste').waitFor();
      assert.equal(await window.menuEntry('Endpoint Profiler').isVisible(), true);
      await window.page.keyboard.press('Escape');
      assert.equal(git('worktree', 'list').trim().split('\n').length, 1);
    });
  });
});
