import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startApp, type RunningApp } from '../support/processes';
import { pythonProgram } from '../support/python';
import type { EditorWindow } from './support/editorWindow';
import { copyWorkspace, openWorkspace } from './support/openWorkspace';
import { acceptProposals, step } from './support/steps';

/** The server is the user's own: started outside the editor, in the workspace's folder. */
describe('a Flask application with blueprints in a real VS Code', () => {
  let workspace: Awaited<ReturnType<typeof copyWorkspace>>;
  let server: RunningApp;
  let window: EditorWindow;

  before(async () => {
    workspace = await copyWorkspace('test/integration/apps/flask');
    server = await startApp({
      program: pythonProgram(),
      args: ['app.py'],
      cwd: workspace.folder,
      env: { PORT: '{port}' },
    });
    window = await openWorkspace(workspace.folder, {
      settings: { 'endpointProfiler.load.durationSeconds': 2, 'endpointProfiler.load.warmupSeconds': 0 },
    });
  });

  after(async () => {
    await window.close();
    await server.stop();
    await workspace.dispose();
  });

  it('finds the server that already listens, and loads a route of a nested blueprint on it', async () => {
    await step(window, 'flask', async () => {
      await window.openFile('shop/api/authors.py');
      const lens = window.lens(/Benchmark GET \/.*authors?\/\{/);
      await lens.click();
      await window.pick(String(server.port)).waitFor();
      await window.screenshot('flask-servers');
      await window.pick(String(server.port)).click();
      const page = window.webviewFrame();
      await acceptProposals(window, page.getByText(/Measuring|requests a second/).first());
      await page.getByText('requests a second').first().waitFor();
      const statuses = await page.getByRole('table', { name: 'Statuses and errors' }).innerText();
      assert.match(statuses, /200/);
      await window.screenshot('flask-result');
    });
  });

  it('leaves the server alone that the user started', () => {
    assert.doesNotThrow(() => process.kill(server.pid, 0));
  });
});
