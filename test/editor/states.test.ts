import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { freePort } from '../support/freePort';
import type { EditorWindow } from './support/editorWindow';
import { copyWorkspace, openWorkspace, type WorkspaceOptions } from './support/openWorkspace';
import { acceptProposals, step } from './support/steps';

describe('what the window says when something is missing', () => {
  it('lists routes in an untrusted workspace, and loads nothing there', async () => {
    const workspace = await copyWorkspace('examples/bookstore');
    await withWindow(workspace.folder, { trust: 'restricted' }, async (window) => {
      await window.openFile('src/routes/authors.js');
      await window.openSideBar();
      await window.treeRow('/author').waitFor();
      assert.equal(await window.offersCommand('Endpoint Profiler: Start Server'), false);
      await window.screenshot('state-untrusted');
    });
    await workspace.dispose();
  });

  it('shows a newcomer what to click when it is asked to', async () => {
    const workspace = await copyWorkspace('examples/bookstore');
    await withWindow(workspace.folder, { env: { ENDPOINT_PROFILER_WALKTHROUGH: '1' } }, async (window) => {
      await window.page.getByText('Benchmark your first endpoint').first().waitFor();
      await window.screenshot('state-walkthrough');
    });
    await workspace.dispose();
  });

  it('says what it recognises in a folder without endpoints', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'ep-empty-'));
    await writeFile(path.join(folder, 'notes.txt'), 'Nothing here.\n');
    await withWindow(folder, {}, async (window) => {
      await window.openSideBar();
      await window.page.getByText('No endpoint was found in this workspace').waitFor();
      await window.screenshot('state-empty');
    });
    await rm(folder, { recursive: true });
  });

  it('lists the endpoints of every folder of a multi-root workspace', async () => {
    const express = await copyWorkspace('examples/bookstore');
    const flask = await copyWorkspace('test/integration/apps/flask');
    const file = path.join(path.dirname(express.folder), 'two.code-workspace');
    await writeFile(file, JSON.stringify({ folders: [{ path: express.folder }, { path: flask.folder }] }));
    await withWindow(file, {}, async (window) => {
      await window.openSideBar();
      await window.treeRow('bookstore').waitFor();
      await window.treeRow('flask').waitFor();
      await window.screenshot('state-multi-root');
    });
    await express.dispose();
    await flask.dispose();
  });

  it('says in a sentence that nobody listens, and what can be done', async () => {
    const workspace = await copyWorkspace('examples/bookstore');
    const baseUrl = `http://127.0.0.1:${await freePort()}`;
    const servers = { servers: { nobody: { baseUrl } } };
    await writeFile(path.join(workspace.folder, '.vscode/endpoint-profiler.json'), JSON.stringify(servers));
    await withWindow(workspace.folder, {}, async (window) => {
      await window.openFile('src/routes/genres.js');
      await window.lens('Benchmark GET /genre').click();
      await window.pick('nobody').click();
      const problem = window.webviewFrame().getByRole('region', { name: 'Problem' });
      await acceptProposals(window, problem);
      await problem.waitFor();
      assert.match(await problem.innerText(), /127\.0\.0\.1/);
      await problem.getByRole('button', { name: 'Try again' }).waitFor();
      await window.screenshot('state-nobody-listens');
    });
    await workspace.dispose();
  });
});

async function withWindow(
  workspace: string,
  options: WorkspaceOptions,
  act: (window: EditorWindow) => Promise<void>,
): Promise<void> {
  const window = await openWorkspace(workspace, options);
  try {
    await step(window, 'state', () => act(window));
  } finally {
    await window.close();
  }
}
