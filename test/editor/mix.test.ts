import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startApp, type RunningApp } from '../support/processes';
import type { EditorWindow } from './support/editorWindow';
import { openWorkspace } from './support/openWorkspace';
import { step } from './support/steps';

const APP = `const express = require('express');
const app = express();
app.use(express.json());
let written = 0;
app.get('/authors', (request, response) => response.json([{ id: 7 }]));
app.get('/author/:id', (request, response) => setTimeout(() => response.json({ id: request.params.id }), 15));
app.post('/author', (request, response) => {
  written += 1;
  response.status(201).json(request.body);
});
app.get('/written', (request, response) => response.json({ written }));
app.listen(Number(process.argv[2]), '127.0.0.1');
`;
const TABLE = 'table[aria-label="Endpoints"]';

/** The steps build on each other in one window, on a server that the user has started. */
describe('a mix of endpoints in a real VS Code', () => {
  let folder: string;
  let server: RunningApp;
  let window: EditorWindow;

  before(async () => {
    // Below this repository, so that Node finds Express from there.
    const parent = path.resolve(import.meta.dirname, '../../.cache/workspaces');
    await mkdir(parent, { recursive: true });
    folder = await realpath(await mkdtemp(path.join(parent, 'mix-')));
    await writeFile(path.join(folder, 'package.json'), '{ "name": "mix", "dependencies": { "express": "5" } }\n');
    await writeFile(path.join(folder, 'app.js'), APP);
    server = await startApp({ program: process.execPath, args: ['app.js', '{port}'], cwd: folder });
    await mkdir(path.join(folder, '.vscode'));
    const team = {
      servers: { dev: { baseUrl: server.baseUrl } },
      requests: { 'GET /author/{id}': { path: { id: 7 } }, 'POST /author #new': { body: { name: 'Ada' } } },
      mixes: {
        page: [
          { request: 'GET /authors', weight: 3 },
          { request: 'GET /author/{id}', weight: 1 },
        ],
        writing: [{ request: 'GET /authors' }, { request: 'POST /author #new' }],
      },
    };
    await writeFile(path.join(folder, '.vscode/endpoint-profiler.json'), JSON.stringify(team));
    window = await openWorkspace(folder, {
      settings: {
        'endpointProfiler.load.durationSeconds': 1,
        'endpointProfiler.load.warmupSeconds': 0,
        'endpointProfiler.load.connections': 2,
      },
    });
    await window.openFile('app.js');
    await window.lens('Benchmark GET /authors').waitFor();
  });

  after(async () => {
    await window.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const rows = async (): Promise<string[]> => {
    await window.webviewFrame().locator(`${TABLE} tbody tr`).first().waitFor();
    return await window.webviewFrame().locator(`${TABLE} tbody tr`).allInnerTexts();
  };
  const written = async (): Promise<number> => {
    const { written: count } = (await (await fetch(`${server.baseUrl}/written`)).json()) as { written: number };
    return count;
  };

  it('loads a mix of the team file and shows a row for each endpoint', async () => {
    await step(window, 'mix-team', async () => {
      await window.command('Endpoint Profiler: Benchmark a Mix of Endpoints…');
      await window.pick('page').waitFor();
      await window.screenshot('mix-choice');
      await window.pick('page').click();
      await window.pick('dev').click();
      assert.deepEqual(
        (await rows()).map((row) => /^[A-Z]+ \S+|^All/.exec(row)?.[0]),
        ['GET /authors', 'GET /author/{id}', 'All'],
      );
      await window.webviewFrame().getByText('Mix', { exact: true }).first().waitFor();
      await window.screenshot('mix-result');
    });
  });

  it('keeps the run in the history under the name of the mix, and loads it again', async () => {
    await step(window, 'mix-again', async () => {
      await window.webviewFrame().getByRole('button', { name: 'Re-run and compare' }).click();
      await window.webviewFrame().getByRole('region', { name: 'Verdict' }).waitFor();
      await window.command('Endpoint Profiler: Focus on Runs View');
      await window.treeRow('Mix page').waitFor();
      await window.screenshot('mix-runs');
    });
  });

  it('asks before a request of the mix writes, and sends nothing after a no', async () => {
    await step(window, 'mix-writes', async () => {
      await window.command('Endpoint Profiler: Benchmark a Mix of Endpoints…');
      await window.pick('writing').click();
      await window.dialogButton('Cancel').click();
      await window.dialogButton('Cancel').waitFor({ state: 'hidden' });
      assert.equal(await written(), 0);
    });
  });

  it('loads what is picked, with the weights that are typed', async () => {
    await step(window, 'mix-picked', async () => {
      await window.command('Endpoint Profiler: Benchmark a Mix of Endpoints…');
      await window.pick('Choose endpoints…').click();
      await window.pick('GET /authors').click();
      await window.pick('GET /author/{id}').click();
      await window.page.keyboard.press('Enter');
      await window.input().fill('1');
      await window.page.getByText('Write 2 numbers, one for each endpoint.').waitFor();
      await window.screenshot('mix-weights');
      await window.input().fill('2 : 1');
      await window.page.keyboard.press('Enter');
      await window.webviewFrame().getByText('GET /authors ×2, GET /author/{id} ×1').first().waitFor();
      assert.equal((await rows()).length, 3);
    });
  });
});
