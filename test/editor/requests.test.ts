import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startApp, type RunningApp } from '../support/processes';
import type { EditorWindow } from './support/editorWindow';
import { openWorkspace } from './support/openWorkspace';
import { step } from './support/steps';

const PASSWORD = 'pa55-word';
const APP = `const express = require('express');
const app = express();
app.use(express.json());
const seen = [];
app.use((request, response, next) => {
  const { method, path, query, headers, body } = request;
  if (path !== '/seen') seen.push({ method, path, query, authorization: headers.authorization ?? '', body });
  next();
});
app.get('/author/:id', (request, response) => response.json({ id: request.params.id }));
app.post('/author', (request, response) => response.json(request.body));
app.get('/ids', (request, response) => response.json([{ id: 11 }, { id: 12 }, { id: 13 }]));
app.post('/token', (request, response) => {
  if (request.body.password !== '${PASSWORD}') return response.status(401).json({ detail: 'wrong password' });
  response.json({ access_token: 'tok3n' });
});
app.get('/me', (request, response) => {
  const known = ['Bearer tok3n', 'Bearer letmein'].includes(request.headers.authorization);
  response.status(known ? 200 : 401).json({ known });
});
app.get('/seen', (request, response) => response.json(seen.splice(0)));
app.listen(Number(process.argv[2]), '127.0.0.1');
`;

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly authorization: string;
  readonly body?: Readonly<Record<string, string>>;
}

/** The ways in which a request comes about, each once, on a server that the user has started. */
describe('requests in a real VS Code', () => {
  let folder: string;
  let server: RunningApp;
  let window: EditorWindow;

  before(async () => {
    // Below this repository, so that Node finds Express from there.
    const parent = path.resolve(import.meta.dirname, '../../.cache/workspaces');
    await mkdir(parent, { recursive: true });
    folder = await realpath(await mkdtemp(path.join(parent, 'requests-')));
    await writeFile(path.join(folder, 'package.json'), '{ "name": "requests", "dependencies": { "express": "5" } }\n');
    await writeFile(path.join(folder, 'app.js'), APP);
    server = await startApp({ program: process.execPath, args: ['app.js', '{port}'], cwd: folder });
    const { baseUrl } = server;
    await writeFile(path.join(folder, 'shop.http'), `@host = ${baseUrl}\n### One\nGET {{host}}/author/7?full=1\n`);
    const request = { method: 'POST', url: `${baseUrl}/author`, headers: [] };
    const postData = { mimeType: 'application/json', text: '{"name":"from the archive"}' };
    const entries = [
      { request: { method: 'GET', url: `${baseUrl}/logo.png`, headers: [] }, response: { status: 200 } },
      { request: { ...request, postData }, response: { status: 201 } },
    ];
    await writeFile(path.join(folder, 'shop.har'), JSON.stringify({ log: { entries } }));
    window = await openWorkspace(folder, {
      settings: {
        'endpointProfiler.load.durationSeconds': 1,
        'endpointProfiler.load.warmupSeconds': 0,
        'endpointProfiler.load.connections': 2,
      },
    });
    await window.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await window.openFile('app.js');
    await window.lens('Benchmark GET /me').waitFor();
  });

  after(async () => {
    await window.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  });

  async function seen(): Promise<readonly Seen[]> {
    return (await (await fetch(`${server.baseUrl}/seen`)).json()) as Seen[];
  }

  /** Waits for the result of an endpoint and answers with what the server was asked. */
  async function result(heading: string): Promise<readonly Seen[]> {
    const page = window.webviewFrame();
    await page.getByRole('heading', { name: heading, exact: true }).waitFor();
    await page.getByText('requests a second').first().waitFor();
    const asked = await seen();
    assert.ok(asked.length > 1);
    return asked;
  }

  /** A command on the route of a line, as from the palette. */
  async function onLine(text: string, title: string): Promise<void> {
    await window.line(text).click({ position: { x: 60, y: 8 } });
    await window.command(`Endpoint Profiler: ${title}`);
  }

  async function teamFile(): Promise<Record<string, Record<string, unknown>>> {
    const text = await readFile(path.join(folder, '.vscode/endpoint-profiler.json'), 'utf8');
    return JSON.parse(text) as Record<string, Record<string, unknown>>;
  }

  it('takes a curl command of the clipboard, and moves its secret away', async () => {
    await step(window, 'curl', async () => {
      const command = `curl ${server.baseUrl}/me -H 'Authorization: Bearer letmein'`;
      await window.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(command)})`);
      await window.command('Endpoint Profiler: Import Request from Clipboard');
      await window.notification('${secret:authorization}').waitFor();
      await window.screenshot('requests-curl');
      await window.notification('what is sent to GET /me').getByRole('button', { name: 'Benchmark' }).click();
      const asked = await result('GET /me');
      assert.ok(asked.every(({ authorization }) => authorization === 'Bearer letmein'));
      const shown = await window.webviewFrame().locator('body').innerText();
      assert.ok(!shown.includes('letmein'));
    });
  });

  it('benchmarks a request of a .http file on the server that it names', async () => {
    await step(window, 'http-file', async () => {
      await window.openFile('shop.http');
      await window.lens('Benchmark').click();
      const asked = await result('GET /author/{id}');
      assert.ok(asked.every((each) => each.path === '/author/7' && each.query['full'] === '1'));
    });
  });

  it('offers those requests of an archive that an endpoint answers', async () => {
    await step(window, 'har', async () => {
      await window.command('Endpoint Profiler: Import Request from HTTP Archive');
      await window.pick('shop.har').click();
      await window.pick('POST /author').waitFor();
      assert.equal(await window.pick('logo.png').count(), 0);
      await window.screenshot('requests-har');
      await window.pick('POST /author').click();
      await window.notification('what is sent to POST /author').waitFor();
    });
  });

  it('feeds values in the body, asks before it writes, and saves the request for the team', async () => {
    await step(window, 'feeds', async () => {
      await window.openFile('app.js');
      await onLine("app.post('/author'", 'Edit Request');
      const page = window.webviewFrame();
      await page.getByRole('heading', { name: 'POST /author', exact: true }).waitFor();
      await page.getByRole('button', { name: 'Add query parameter' }).click();
      await page.getByLabel('Name of the query parameter').last().fill('by');
      await page.getByLabel('Value of the query parameter by').fill('GET /ids $[*].id');
      await page.locator('#request-body').fill('{"name": "{{random:dice}}"}');
      const benchmark = page.getByRole('button', { name: 'Benchmark with this request' });
      await benchmark.click();
      await page.getByText('no kind of random value').waitFor();
      await window.screenshot('requests-feed-mistake');
      await page.locator('#request-body').fill('{"name": "{{random:hex:6}}"}');
      await page.getByText('no kind of random value').waitFor({ state: 'hidden' });
      await benchmark.click();
      await window.pick(String(server.port)).click();
      await window.dialogButton('Write Data').click();
      const asked = (await result('POST /author')).filter((each) => each.method === 'POST');
      assert.ok(
        asked.every(
          ({ query, body }) => /^1[123]$/.test(query['by'] ?? '') && /^[\da-f]{6}$/.test(body?.['name'] ?? ''),
        ),
      );
      assert.ok(new Set(asked.map(({ body }) => body?.['name'])).size > 1);

      await onLine("app.post('/author'", 'Save Request to Team File');
      await window.answer('Save Request', 'random names');
      await window.notification('POST /author #random names').waitFor();
      assert.deepEqual((await teamFile())['requests'], {
        'POST /author #random names': {
          query: { by: 'GET /ids $[*].id' },
          headers: { 'Content-Type': 'application/json' },
          body: { name: '{{random:hex:6}}' },
        },
      });
    });
  });

  it('describes a login, sends it once, and uses its token', async () => {
    await step(window, 'login', async () => {
      await window.openFile('app.js');
      await onLine("app.get('/me'", 'Set Authorization');
      await window.pick('A login request').click();
      await window.pick('/token').click();
      await window.answer('The body of the login', '{"password": "${secret:password}"}');
      await window.answer('Where the token is', null);
      await window.notification('${login:user}').waitFor();
      assert.deepEqual((await teamFile())['logins'], {
        user: { path: '/token', body: { password: '${secret:password}' }, token: '$.access_token' },
      });
      await seen();
      await window.lens(/Benchmark GET \/me|p50/).waitFor();
      await onLine("app.get('/me'", 'Benchmark Endpoint');
      await window.answer('Secret: password', PASSWORD);
      const page = window.webviewFrame();
      const asked = await result('GET /me');
      await window.screenshot('requests-login');
      assert.equal(asked.filter((each) => each.path === '/token').length, 1);
      assert.ok(asked.every((each) => each.path === '/token' || each.authorization === 'Bearer tok3n'));
      const shown = await page.locator('body').innerText();
      assert.ok(!shown.includes('tok3n') && !shown.includes(PASSWORD));
    });
  });
});
