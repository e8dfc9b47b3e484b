import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { decodeRun } from '../../src/core/history/runFile';
import { RouteServer } from '../support/routeServer';

const CLI = resolve(import.meta.dirname, '../../dist/cli.js');
const LOAD = ['-n', '120', '-c', '2', '--warmup', '0'];
/** A secret in the environment of the command, which no file may show. */
const SECRET = 'hunter2-mixed';

const APP = `from flask import Flask
app = Flask(__name__)

@app.get("/authors")
def authors(): ...

@app.get("/author/<int:author_id>")
def author(author_id): ...

@app.post("/author")
def create(): ...
`;

describe('endpoint-profiler bench of several requests', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ep-mix-'));
  let server: RouteServer;
  let baseUrl = '';
  before(async () => {
    server = new RouteServer({ '/authors': {}, '/author/7': { body: 'seven' }, '/author': { status: 201 } });
    baseUrl = await server.listen();
    mkdirSync(join(folder, '.vscode'));
    writeFileSync(join(folder, 'app.py'), APP);
    const team = {
      servers: { dev: { baseUrl } },
      requests: {
        'GET /author/{author_id}': { path: { author_id: 7 }, headers: { Authorization: 'Bearer ${secret:token}' } },
        'POST /author #new': { body: { name: 'Ada' } },
      },
      mixes: {
        page: [
          { request: 'GET /authors', weight: 3 },
          { request: 'GET /author/{author_id}', weight: 1 },
        ],
        writing: [{ request: 'GET /authors' }, { request: 'POST /author #new' }],
        lost: [{ request: 'GET /nowhere' }],
      },
    };
    writeFileSync(join(folder, '.vscode/endpoint-profiler.json'), JSON.stringify(team));
    writeFileSync(join(folder, 'mix.json'), '[{ "request": "GET /authors" }, { "request": "POST /author" },]');
  });
  beforeEach(() => server.reset());
  after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  async function bench(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const env = { ...process.env, ENDPOINT_PROFILER_SECRET_TOKEN: SECRET };
    return await new Promise((settle) => {
      execFile(process.execPath, [CLI, 'bench', ...args], { cwd: folder, env }, (error, stdout, stderr) => {
        settle({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      });
    });
  }

  it('loads a URL and what is named beside it, by weight, with a row for each', async () => {
    const { code, stdout, stderr } = await bench(
      ...[
        `${baseUrl}/authors`,
        '--weight',
        '3',
        '--also',
        'GET /author/7',
        '--mix-seed',
        '9',
        ...LOAD,
        '-o',
        'run.json',
      ],
    );
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^Mix: GET \/authors ×3, GET \/author\/7 ×1, at http/);
    assert.match(stdout, /GET \/author\/7 +\d+ %/);
    const run = decodeRun(readFileSync(join(folder, 'run.json'), 'utf8'));
    assert.deepEqual([run.mix?.seed, run.endpoint, run.summary.requests], [9, null, 120]);
    for (const { request, requests } of run.mix?.endpoints ?? []) {
      // One request of each was the preview.
      assert.equal(server.counts.get(new URL(request.url).pathname)?.requests, requests + 1);
    }
  });

  it('loads a mix of the team file with its values, and shows no secret', async () => {
    const { code, stdout, stderr } = await bench('--dir', '.', '--mix', 'page', ...LOAD, '--json');
    assert.equal(code, 0, stderr);
    const run = decodeRun(stdout);
    assert.equal(run.mix?.name, 'page');
    assert.deepEqual(
      run.mix.endpoints.map(({ name, weight, endpoint }) => [name, weight, endpoint?.handler]),
      [
        ['GET /authors', 3, 'authors'],
        ['GET /author/{author_id}', 1, 'author'],
      ],
    );
    assert.equal(server.counts.get('/author/7')?.requests, (run.mix.endpoints[1]?.requests ?? 0) + 1);
    assert.ok(!stdout.includes(SECRET));
    assert.match(stdout, /\$\{secret:token\}/);
  });

  it('loads a route and others beside it, fed where the name stands', async () => {
    const args = ['--route', 'GET /authors', '--also', '2 GET /author/{author_id}', '--feed', 'author_id=1..3'];
    const { code, stdout, stderr } = await bench('--dir', '.', ...args, ...LOAD, '--json');
    assert.equal(code, 0, stderr);
    const fed = decodeRun(stdout).mix?.endpoints ?? [];
    assert.deepEqual(
      fed.map(({ feeds }) => feeds?.map(({ name, count }) => [name, count])),
      [undefined, [['author_id', 3]]],
    );
    assert.ok((server.counts.get('/author/3')?.requests ?? 0) > 10);
  });

  it('asks before it writes, whether the method stands in the team file or in a file of its own', async () => {
    for (const args of [
      ['--dir', '.', '--mix', 'writing'],
      [baseUrl, '--mix', 'mix.json'],
    ]) {
      const refused = await bench(...args, ...LOAD);
      assert.equal(refused.code, 2);
      assert.match(refused.stderr, /POST \/author may change data .*--allow-writes/);
      assert.equal(server.counts.get('/author'), undefined, 'nothing was written');
      const { code, stderr } = await bench(...args, '--allow-writes', ...LOAD);
      assert.equal(code, 0, stderr);
      assert.ok((server.counts.get('/author')?.requests ?? 0) > 0);
      server.reset();
    }
  });

  it('ends with 1 when an answer was not the expected one', async () => {
    const args = ['--also', 'GET /author/7', '--expect-body-contains', 'ok'];
    const { code, stdout } = await bench(`${baseUrl}/authors`, ...args, ...LOAD, '--json');
    assert.equal(code, 1);
    const [right, wrong] = decodeRun(stdout).mix?.endpoints ?? [];
    assert.deepEqual([right?.errors, wrong?.requests], [{}, 0]);
    assert.equal(wrong?.errors.check, wrong?.sent);
  });

  for (const [what, args, sentence] of [
    ['a mix that is not there', ['--mix', 'none'], /There is no mix "none" .*there is page, writing, lost/],
    ['a route that is not there', ['--mix', 'lost'], /There is no route "GET \/nowhere"/],
    ['a feed for nobody', ['--mix', 'page', '--feed', 'q=1..3'], /The feed "q" stands in no request/],
  ] as const) {
    it(`refuses with a sentence: ${what}`, async () => {
      const { code, stdout, stderr } = await bench(...args, ...LOAD);
      assert.deepEqual([code, stdout], [2, ''], stderr);
      assert.match(stderr, sentence);
      assert.ok(server.paths.every((path) => !path.startsWith('/author')));
    });
  }
});
