import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { decodeRun } from '../../src/core/history/runFile';
import { loadFeeds, type FeedOrder } from '../../src/session/loadFeeds';

const CLI = resolve(import.meta.dirname, '../../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'ep-feeds-'));

interface Request {
  readonly line: string;
  readonly body: string;
  readonly token: string;
}

describe('values that differ from request to request', () => {
  let server: Server;
  let baseUrl = '';
  let seen: Request[] = [];
  before(async () => {
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const line = `${request.method ?? ''} ${request.url ?? ''}`;
        seen.push({ line, body: Buffer.concat(parts).toString('utf8'), token: String(request.headers['x-token']) });
        response.setHeader('Content-Type', 'application/json');
        if (request.url === '/gone') response.statusCode = 404;
        if (request.url === '/html') response.end('<p>');
        else if (request.url?.startsWith('/author?')) {
          response.end(JSON.stringify([{ id: 7 }, { id: 'ä/b' }, { id: null }, { id: 9 }]));
        } else response.end('{"ok":true}');
      });
    });
    await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    mkdirSync(join(folder, 'inside'));
    writeFileSync(join(folder, 'users.csv'), 'name,email\n"Ada, L.",ada@x\nBob,bob@x\n');
    writeFileSync(join(folder, 'inside', 'ids.txt'), 'a\nb\n');
    symlinkSync(join(folder, 'users.csv'), join(folder, 'inside', 'link.csv'));
  });
  beforeEach(() => (seen = []));
  after(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });

  const cli = async (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> => {
    const child = spawn(process.execPath, [CLI, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [code] = (await once(child, 'close')) as [number];
    return { code, stdout, stderr };
  };

  it('come from another endpoint and from two columns of a file that stay together', async () => {
    const { code, stdout, stderr } = await cli(
      ...['bench', `${baseUrl}/author/{id}?n={name}`, '-X', 'PUT', '-H', 'X-Token: {email}', '-d', '{"id": "{id}"}'],
      ...['--feed', 'id=GET /author?limit=3 $[*].id', '--feed', 'name=users.csv', '--feed', 'email=users.csv'],
      ...['-n', '12', '-c', '2', '--warmup', '0', '--threads', '1', '--json', '--expect-json', '$.ok=true'],
    );
    assert.equal(code, 0, stderr);
    const run = decodeRun(stdout);
    assert.deepEqual(
      run.feeds?.map(({ name, source, count }) => [name, source, count]),
      [
        ['id', 'GET /author?limit=3 $[*].id', 3],
        ['name', 'users.csv', 2],
        ['email', 'users.csv', 2],
      ],
    );
    assert.equal(run.request.url, `${baseUrl}/author/{id}?n={name}`);
    assert.equal(run.summary.requests, 12);
    assert.equal(seen[0]?.line, 'GET /author?limit=3');
    const ids = ['7', 'ä/b', '9'];
    const people = [['Ada%2C%20L.', 'ada@x'] as const, ['Bob', 'bob@x'] as const];
    // The preview has the first row, and so has the load.
    const rows = [0, ...Array.from({ length: 12 }, (_, row) => row)].map((row) => {
      const [id, [name, email]] = [ids[row % 3] ?? '', people[row % 2] ?? ['', '']];
      return { line: `PUT /author/${encodeURIComponent(id)}?n=${name}`, body: `{"id": "${id}"}`, token: email };
    });
    const inOrder = (requests: readonly Request[]): string[] => requests.map((each) => JSON.stringify(each)).sort();
    assert.deepEqual(inOrder(seen.slice(1)), inOrder(rows));
  });

  it('are told as text, and a failing check is exit code 1', async () => {
    const { code, stdout } = await cli(
      ...['bench', `${baseUrl}/{path*}`, '--feed', 'path=x/y,gone', '-n', '10', '--warmup', '0', '--threads', '1'],
      ...['--expect-status', '2xx'],
    );
    assert.equal(code, 1);
    assert.match(stdout, /Feed {8}path: 2 values from x\/y,gone/);
    assert.match(stdout, /Errors {6}check: 5/);
    assert.match(stdout, /status 404 instead of 2xx \(5\)/);
  });

  const wrong: readonly (readonly [string, RegExp])[] = [
    ['id=GET /gone $[*].id', /status 404/],
    ['id=GET /html $[*].id', /is not JSON/],
    ['id=GET /author?x $[*].nothing', /has nothing that could be fed/],
    ['id=missing.csv', /cannot be read/],
    ['id=users.csv', /no column "id".*name, email/],
    ['other=1..3', /"other" stands nowhere/],
    ['id=a,..', /would ask for another one/],
  ];
  for (const [feed, sentence] of wrong) {
    it(`are refused before any load: ${feed}`, async () => {
      const { code, stderr } = await cli('bench', `${baseUrl}/x/{id}`, '--feed', feed, '-n', '5', '--warmup', '0');
      assert.equal(code, 2, stderr);
      assert.match(stderr, sentence);
      assert.equal(seen.filter(({ line }) => line.includes('/x/')).length, 0);
    });
  }

  it('of a file that the person did not name themselves must lie in the workspace', async () => {
    const order = (spec: string): FeedOrder => ({
      settings: [{ name: 'id', spec }],
      order: 'cycle',
      seed: 1,
      files: { folder: join(folder, 'inside'), confined: true },
    });
    const options = { timeoutMs: 1000, insecureTls: false };
    const sender = { baseUrl, headers: [], options };
    const plan = await loadFeeds(order('ids.txt'), sender);
    assert.deepEqual(plan.feeds[0]?.values, { kind: 'list', values: ['a', 'b'] });
    for (const path of ['../users.csv', join(folder, 'users.csv'), 'link.csv#name', 'x/../../users.csv']) {
      await assert.rejects(loadFeeds(order(path), sender), /lies outside|cannot be read/, path);
    }
    await assert.rejects(
      loadFeeds({ ...order('ids.txt'), files: { folder: null, confined: true } }, sender),
      /no folder/,
    );
  });
});
