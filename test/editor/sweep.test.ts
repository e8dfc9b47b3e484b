import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { EditorWindow } from './support/editorWindow';
import { copyWorkspace, openWorkspace } from './support/openWorkspace';
import { step } from './support/steps';

const ROUTE = 'GET /author/{author_id}';

describe('a sweep in a real VS Code', () => {
  let workspace: Awaited<ReturnType<typeof copyWorkspace>>;
  let window: EditorWindow;

  before(async () => {
    workspace = await copyWorkspace('examples/bookstore');
    window = await openWorkspace(workspace.folder);
    await window.openFile('src/routes/authors.js');
  });

  after(async () => {
    await window.close();
    await workspace.dispose();
  });

  it('asks for levels, server and parameter, tells its progress and shows the curve', async () => {
    await step(window, 'sweep', async () => {
      await window.lens(`Benchmark ${ROUTE}`).waitFor();
      await window.chooseFromContextMenu(window.line("authorRoutes.get('/:author_id'"), [
        'Endpoint Profiler',
        'Sweep Endpoint…',
      ]);
      await window.input().waitFor();
      await window.input().fill('1, 8');
      await window.page.keyboard.press('Enter');
      await window.pick('bookstore').click();
      await window.answer('author_id', '7');
      await window.page
        .getByText(/Sweep of GET .*8 connections \(2 of 2\)/)
        .first()
        .waitFor();
      await window.screenshot('sweep-under-way');

      const page = window.webviewFrame();
      await page.getByText('Too few levels were measured to look for a knee').first().waitFor();
      await page.locator('.sweep canvas').first().waitFor();
      assert.match(await page.getByRole('table', { name: 'Stored sweeps' }).innerText(), /bookstore/);
      await window.screenshot('sweep-result');
    });
  });

  it('that is cancelled from the notification keeps the levels before', async () => {
    await step(window, 'sweep-cancel', async () => {
      await window.chooseFromContextMenu(window.line("authorRoutes.get('/:author_id'"), [
        'Endpoint Profiler',
        'Sweep Endpoint…',
      ]);
      await window.input().waitFor();
      await window.input().fill('1, 2, 3, …, 50');
      await window.page.keyboard.press('Enter');
      await window.page
        .getByText(/2 connections \(2 of 50\)/)
        .first()
        .waitFor();
      await window.page.locator('.notification-toast').getByRole('button', { name: 'Cancel' }).click();
      const page = window.webviewFrame();
      await page.getByText('The sweep ended at 2 connections, because you stopped it').first().waitFor();
      assert.equal(await page.getByRole('table', { name: 'Stored sweeps' }).locator('tbody tr').count(), 2);
    });
  });

  it('asks for another load than connections: a rate, which the panel repeats, and stages', async () => {
    await step(window, 'other-load', async () => {
      const ask = async (shape: string, ...answers: readonly string[]): Promise<void> => {
        await window.chooseFromContextMenu(window.line("authorRoutes.get('/:author_id'"), [
          'Endpoint Profiler',
          'Benchmark with Load…',
        ]);
        await window.pick(shape).click();
        for (const answer of answers) {
          await window.input().waitFor();
          await window.input().fill(answer);
          await window.page.keyboard.press('Enter');
        }
      };
      const page = window.webviewFrame();
      await ask('Requests per second, evenly', '50', '2s');
      await page.getByText('50 requests a second on at most 64 connections for 2 s').first().waitFor();
      await page.getByRole('button', { name: 'Benchmark again' }).click();
      await page.getByRole('button', { name: 'Cancel' }).waitFor();
      await page.getByRole('button', { name: 'Benchmark again' }).waitFor();
      await page.getByText('50 requests a second on at most 64 connections for 2 s').first().waitFor();
      await ask('Stages', '1s@2,1s@2..6');
      await page.getByText('stages of up to 6 connections for 2 s').first().waitFor();
      await page.getByRole('region', { name: 'By stage' }).waitFor();
      await window.screenshot('stages-result');
    });
  });
});
