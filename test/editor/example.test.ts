import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { EditorWindow } from './support/editorWindow';
import { copyWorkspace, openWorkspace } from './support/openWorkspace';
import { acceptProposals, step } from './support/steps';

const HANDLERS = 'src/routes/authors.js';
const ROUTE = 'GET /author/{author_id}';

/** The steps build on each other, as a newcomer takes them; one window serves them all. */
describe('the bookstore example in a real VS Code', () => {
  let workspace: Awaited<ReturnType<typeof copyWorkspace>>;
  let window: EditorWindow;

  before(async () => {
    workspace = await copyWorkspace('examples/bookstore');
    window = await openWorkspace(workspace.folder, {
      settings: { 'endpointProfiler.load.durationSeconds': 5, 'endpointProfiler.load.warmupSeconds': 1 },
    });
    await window.openFile(HANDLERS);
  });

  after(async () => {
    await window.close();
    await workspace.dispose();
  });

  it('benchmarks from the lens: server, parameter, result', async () => {
    await step(window, 'lens', async () => {
      await window.lens(`Benchmark ${ROUTE}`).waitFor();
      await window.screenshot('example-lens');
      await window.lens(`Benchmark ${ROUTE}`).click();
      await window.pick('bookstore').click();
      await window.answer('author_id', '7');

      const page = window.webviewFrame();
      await page.getByText('requests a second').first().waitFor();
      await window.screenshot('example-result');

      const numbers = await page.getByRole('table', { name: 'Throughput and volume' }).innerText();
      assert.match(numbers, /Requests/);
      const statuses = await page.getByRole('table', { name: 'Statuses and errors' }).innerText();
      assert.match(statuses, /200/);
      await window.lens(/p50 .* req\/s/).waitFor();
    });
  });

  it('benchmarks from a right-click on a route', async () => {
    await step(window, 'context-menu', async () => {
      await window.chooseFromContextMenu(window.line("authorRoutes.get('/', "), [
        'Endpoint Profiler',
        'Benchmark Endpoint',
      ]);
      const page = window.webviewFrame();
      await acceptProposals(window, page.getByRole('heading', { name: 'GET /author', exact: true }));
      await page.getByText('requests a second').first().waitFor();
      await window.screenshot('example-context-menu');
    });
  });

  it('re-runs after an edit and lays before and after over each other', async () => {
    await step(window, 'compare', async () => {
      await window
        .lens(/p50 .* req\/s/)
        .last()
        .waitFor();
      const file = path.join(workspace.folder, HANDLERS);
      const code = await readFile(file, 'utf8');
      const faster = code.replace(
        'books.filter((book) => book.authorId === author.id)',
        'booksByAuthor.get(author.id) ?? []',
      );
      assert.notEqual(faster, code);
      await writeFile(file, faster);
      await window.lens(/last edit/).waitFor();

      const page = window.webviewFrame();
      await page.getByRole('button', { name: 'Re-run and compare' }).click();
      await page.getByText('One run each proves little').waitFor();
      await window.screenshot('example-compared');
      const table = await page.getByRole('table', { name: 'Numbers before and after' }).innerText();
      assert.match(table, /p50/);
      assert.match(table, /[▲▼=]/);
    });
  });

  it('is drawn in light, dark and high contrast', async () => {
    await step(window, 'theme', async () => {
      for (const theme of ['light', 'dark', 'highContrast'] as const) {
        await window.setTheme(theme);
        await window.webviewFrame().locator('canvas:visible').first().waitFor();
        await window.screenshot(`example-theme-${theme}`);
      }
    });
  });

  it('shows the same run again after the window is reloaded', async () => {
    await step(window, 'reload', async () => {
      const shown = await numbersOf(window);
      await window.reload();
      assert.equal(await numbersOf(window), shown);
      await window.screenshot('example-reloaded');
    });
  });

  it('keeps what was measured when the run is cancelled', async () => {
    await step(window, 'cancel', async () => {
      const page = window.webviewFrame();
      await page.getByRole('textbox', { name: 'Seconds' }).fill('60');
      await page.getByRole('button', { name: 'Benchmark again' }).click();
      await page.getByText('Measuring').first().waitFor();
      await page
        .locator('.progress', { hasText: /Measuring .* · [1-9]\d* %/ })
        .first()
        .waitFor();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page
        .getByText(/cancelled/i)
        .first()
        .waitFor();
      await page.getByText('requests a second').first().waitFor();
      await window.screenshot('example-cancelled');
    });
  });
});

async function numbersOf(window: EditorWindow): Promise<string> {
  return window.webviewFrame().getByRole('table', { name: 'Numbers before and after' }).innerText();
}
