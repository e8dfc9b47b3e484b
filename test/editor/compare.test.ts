import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { EditorWindow } from './support/editorWindow';
import { copyWorkspace, openWorkspace } from './support/openWorkspace';
import { step } from './support/steps';

const HANDLERS = 'src/routes/authors.js';
const ROUTE = 'GET /author/{author_id}';
const SERVER = 'src/server.js';

describe('a comparison with a commit in a real VS Code', () => {
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
    const file = path.join(workspace.folder, HANDLERS);
    const code = await readFile(file, 'utf8');
    const slower = code.replace(
      '  const written =',
      '  for (const end = performance.now() + 1; performance.now() < end; );\n  const written =',
    );
    assert.notEqual(slower, code);
    await writeFile(file, slower);
    window = await openWorkspace(workspace.folder, {
      settings: { 'endpointProfiler.compare.quick': true, 'endpointProfiler.load.connections': 4 },
    });
    await window.openFile(HANDLERS);
    await window.lens(`Benchmark ${ROUTE}`).waitFor();
  });

  after(async () => {
    await window.close();
    await workspace.dispose();
  });

  /** From the menu of the route to the choice of HEAD. */
  async function compareWithHead(): Promise<void> {
    await window.chooseFromContextMenu(window.line("authorRoutes.get('/:author_id'"), [
      'Endpoint Profiler',
      'Compare with Commit…',
    ]);
    await window.pick('The shop as it was').click();
  }

  it('finds a handler that was made slower, in the panel and above the handler', async () => {
    await step(window, 'compare-commit', async () => {
      await compareWithHead();
      await window.pick('bookstore').click();
      await window.answer('author_id', '7');
      const page = window.webviewFrame();
      await page.getByText('Warming both up').first().waitFor();
      await page.getByText('Measuring both in turn').first().waitFor();
      await page.locator('.comparing .dot').nth(2).waitFor();
      await window.statusItem(/against HEAD/).waitFor();
      await window.screenshot('compare-under-way');
      await page
        .getByText(/\d+\s% slower than HEAD/)
        .first()
        .waitFor();
      await window.lens(/▼ \d+\s% slower than HEAD/).waitFor();
      await window.screenshot('compare-slower');
      assert.match(await page.getByRole('table', { name: 'Verdict by metric' }).innerText(), /▼ clearly worse/);
    });
  });

  it('that is cancelled in the warm-up leaves no process, worktree or file, and the verdict before stays', async () => {
    await step(window, 'compare-cancel', async () => {
      const page = window.webviewFrame();
      await compareWithHead();
      await page.getByText('Warming both up').first().waitFor();
      const copies = worktrees(git('worktree', 'list', '--porcelain')).slice(1);
      assert.equal(copies.length, 2);
      assert.equal(window.processes(SERVER).length > 0, true);
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page
        .getByText(/\d+\s% slower than HEAD/)
        .first()
        .waitFor();
      assert.equal(worktrees(git('worktree', 'list', '--porcelain')).length, 1);
      assert.deepEqual(
        copies.filter((copy) => existsSync(path.dirname(copy))),
        [],
      );
      assert.deepEqual(window.processes(SERVER), []);
      assert.match(git('status', '--porcelain'), /^ M src\/routes\/authors\.js\n$/);
    });
  });

  it('shows the verdict again after the window is reloaded', async () => {
    await step(window, 'compare-reload', async () => {
      await window.reload();
      await window
        .webviewFrame()
        .getByText(/\d+\s% slower than HEAD/)
        .first()
        .waitFor();
      await window.lens(/▼ \d+\s% slower than HEAD/).waitFor();
    });
  });

  it('on a server without a command says so and offers one that fits', async () => {
    await step(window, 'compare-no-command', async () => {
      await window.command('Endpoint Profiler: Choose Server…');
      await window.pick('Type a URL').click();
      await window.answer('The start of every URL', 'http://127.0.0.1:9');
      const page = window.webviewFrame();
      await page.getByRole('button', { name: 'Compare with commit…' }).click();
      await window.pick('The shop as it was').click();
      await page
        .getByText(/has no command, so it cannot be started for both sides/)
        .first()
        .waitFor();
      await window.screenshot('compare-no-command');
      await page.getByRole('button', { name: 'Choose a start command' }).click();
      await window.pick('bookstore').click();
      await page
        .getByText(/Starting HEAD/)
        .first()
        .waitFor();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page
        .getByText(/\d+\s% slower than HEAD/)
        .first()
        .waitFor();
    });
  });
});

function worktrees(porcelain: string): string[] {
  return [...porcelain.matchAll(/^worktree (.+)$/gm)].map(([, place]) => place ?? '');
}
