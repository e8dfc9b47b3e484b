import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { decodeRun } from '../../src/core/history/runFile';
import { startCountingServer, type CountingServer } from '../support/countingServer';
import { freePort } from '../support/freePort';
import { pythonProgram } from '../support/python';
import { until } from '../support/until';

const CLI = resolve(import.meta.dirname, '../../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'ep-cli-'));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Started {
  readonly pid: number;
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

function start(args: readonly string[], cwd = folder): Started {
  const child = spawn(process.execPath, [CLI, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return {
    pid: child.pid ?? 0,
    kill: (signal) => child.kill(signal),
    ended: once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr })),
  };
}

async function cli(...args: string[]): Promise<Ended> {
  return await start(args).ended;
}

/** Wrong use: the code, nothing on standard output, one line that says what and how. */
function assertRefused(ended: Ended, code: number, sentence: RegExp): void {
  assert.equal(ended.code, code, ended.stderr);
  assert.equal(ended.stdout, '');
  assert.match(ended.stderr, /^endpoint-profiler: [^\n]+\n$/);
  assert.match(ended.stderr, sentence);
}

/** Command lines of the processes that have this text in it. */
function running(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const line = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return line.includes(text) ? [line] : [];
      } catch {
        return [];
      }
    });
}

describe('endpoint-profiler bench URL', () => {
  let server: CountingServer;
  before(async () => {
    server = await startCountingServer();
  });
  after(() => server.kill());

  it('reports exactly what the server counted, beside the one preview request', async () => {
    const before = await server.counts();
    const { code, stdout, stderr } = await cli(
      'bench',
      `${server.baseUrl}/mixed`,
      '-n',
      '3001',
      '-c',
      '7',
      '--warmup',
      '0',
      '--json',
    );
    const seen = await server.counts();
    assert.deepEqual([code, stderr], [0, '']);
    const { summary, accounting } = decodeRun(stdout);
    assert.equal(summary.requests, 3001);
    assert.equal(accounting.sent, seen.requests - before.requests - 1);
    assert.equal(accounting.sent, 3001);
    assert.equal((summary.statuses['200'] ?? 0) + (summary.statuses['404'] ?? 0), 3001);
    assert.equal(summary.connectionsOpened, seen.connections - before.connections - 1);
  });

  it('counts exactly what a timed run sent, warm-up and drain included', async () => {
    const before = await server.counts();
    const { stdout } = await cli('bench', `${server.baseUrl}/ok`, '-z', '600ms', '--warmup', '300ms', '--json');
    const { accounting, warmup } = decodeRun(stdout);
    assert.equal((await server.counts()).requests - before.requests - 1, accounting.sent);
    assert.equal(
      accounting.sent,
      accounting.warmup + accounting.measured + accounting.drained + accounting.failed + accounting.aborted,
    );
    assert.ok(accounting.warmup > 0 && warmup.durationMs >= 290);
  });

  it('prints a summary for a person, and writes the same run with -o', async () => {
    const file = join(folder, 'run.json');
    const { code, stdout } = await cli('bench', `${server.baseUrl}/ok`, '-n', '500', '--warmup', '0', '-o', file);
    assert.equal(code, 0);
    assert.match(stdout, /^GET http:\/\/127\.0\.0\.1:\d+\/ok\n16 connections, 500 requests\n/);
    assert.match(stdout, /Throughput .*\(500 answers/);
    assert.match(stdout, /p99 .*\n[^]*Statuses {4}200: 500\n/);
    assert.equal(decodeRun(readFileSync(file, 'utf8')).summary.requests, 500);
  });

  it('watches the process that listens, and does not take its clients for what it depends on', async () => {
    const { stdout } = await cli('bench', `${server.baseUrl}/ok`, '-z', '1s', '--warmup', '0', '--json');
    const processes = decodeRun(stdout).server?.processes ?? [];
    const watched = processes.find(({ pid }) => pid === server.pid);
    assert.ok(watched && watched.cpuPercent > 1 && watched.rssMB > 10, JSON.stringify(watched));
    assert.deepEqual(new Set(processes.map(({ role }) => role)), new Set(['server']));
  });

  it('sends at a rate with -r', async () => {
    const { stdout } = await cli('bench', `${server.baseUrl}/ok`, '-r', '200', '-z', '1s', '--warmup', '0', '--json');
    const { summary, profile } = decodeRun(stdout);
    assert.equal(profile.model.kind, 'open');
    assert.ok(summary.correctedLatencyMs);
    assert.ok(summary.requests > 150 && summary.requests <= 201, `${summary.requests}`);
  });

  it('measures a 404 and says so in the run', async () => {
    const { code, stdout } = await cli('bench', `${server.baseUrl}/status/404`, '-n', '20', '--warmup', '0', '--json');
    assert.equal(code, 0);
    const { summary, warnings } = decodeRun(stdout);
    assert.deepEqual(summary.statuses, { '404': 20 });
    assert.ok(warnings.some((warning) => warning.code === 'preview-not-found'));
  });

  it('posts a body without asking, because POST was typed', async () => {
    const file = join(folder, 'body.json');
    writeFileSync(file, '{"name":"A"}');
    const { code, stdout } = await cli(
      'bench',
      `${server.baseUrl}/ok`,
      '-d',
      `@${file}`,
      '-n',
      '5',
      '--warmup',
      '0',
      '--json',
    );
    assert.equal(code, 0);
    assert.deepEqual(decodeRun(stdout).request, {
      method: 'POST',
      url: `${server.baseUrl}/ok`,
      headers: [['Content-Type', 'application/json']],
      body: { text: '{"name":"A"}' },
    });
  });

  it('keeps and prints what it had when it is interrupted, and exits with 130', async () => {
    const file = join(folder, 'partial.json');
    const run = start(['bench', `${server.baseUrl}/delay/5`, '-z', '60s', '--warmup', '0', '--json', '-o', file]);
    const before = (await server.counts()).requests;
    await until('it is measured', async () => (await server.counts()).requests > before + 50);
    run.kill('SIGINT');
    const { code, stdout, stderr } = await run.ended;
    assert.equal(code, 130, stderr);
    const printed = decodeRun(stdout);
    assert.equal(printed.state, 'cancelled');
    assert.ok(printed.summary.requests > 10);
    assert.deepEqual(decodeRun(readFileSync(file, 'utf8')), printed);
  });

  it('says that nothing was measured when it is interrupted at once, and exits with 130', async () => {
    const before = (await server.counts()).requests;
    const run = start(['bench', `${server.baseUrl}/hang`, '-z', '60s']);
    await until('the first request is sent', async () => (await server.counts()).requests > before);
    run.kill('SIGINT');
    assertRefused(await run.ended, 130, /Interrupted before anything was measured/);
  });

  it('exits with 3 where nothing listens, or what listens does not speak HTTP', async () => {
    const port = await freePort();
    assertRefused(await cli('bench', `http://127.0.0.1:${port}/`), 3, /Nothing listens/);
    assertRefused(await cli('bench', `${server.baseUrl}/garbage`), 3, /not HTTP/);
    assertRefused(
      await cli('bench', `${server.baseUrl}/hang`, '--timeout', '300ms'),
      3,
      /no whole answer within 0\.3 s/,
    );
  });

  it('asks for a flag before it loads another host, and names it', async () => {
    assertRefused(await cli('bench', 'http://192.0.2.1:9/'), 2, /192\.0\.2\.1 .*--allow-host 192\.0\.2\.1/);
    assertRefused(await cli('bench', 'http://169.254.169.254/', '--allow-host', 'other'), 2, /metadata/);
  });

  for (const [args, sentence] of [
    [['bench'], /either a URL/],
    [['bench', 'http://127.0.0.1:1/', '--frobnicate'], /--frobnicate/],
    [['bench', 'http://127.0.0.1:1/', '--feed', 'id=1..5'], /"id" stands nowhere/],
    [['bench', 'http://me@127.0.0.1:1/'], /user name or password/],
    [['bench', 'http://127.0.0.1:1/', '-o', 'no/such/folder/run.json'], /-o cannot write/],
    [['bench', 'http://127.0.0.1:1/', '-d', '@nowhere.json'], /The file of -d\/--body cannot be read: .*nowhere\.json/],
    [['bench', 'http://127.0.0.1:1/', '-H', 'Content-Length: 5'], /set by the connection itself/],
    [['swim'], /There is no command "swim"/],
    [[], /Name a command/],
    [['routes', 'nowhere'], /not a folder/],
  ] as const) {
    it(`exits with 2 and one line for "${args.join(' ')}"`, async () => {
      assertRefused(await cli(...args), 2, sentence);
    });
  }

  it('prints its help and its version', async () => {
    const help = await cli('--help');
    assert.deepEqual([help.code, help.stderr], [0, '']);
    for (const flag of ['--rate', '--warmup', '--allow-host', '-o, --output'])
      assert.ok(help.stdout.includes(flag), flag);
    assert.match((await cli('--version')).stdout, /^\d+\.\d+\.\d+\n$/);
  });
});

describe('endpoint-profiler bench --route', () => {
  const app = join(folder, 'app');
  const team = join(app, '.vscode', 'endpoint-profiler.json');
  const route = (...args: string[]): Promise<Ended> =>
    cli('bench', '--dir', app, '--warmup', '0', '-n', '40', '--json', ...args);

  before(() => {
    mkdirSync(join(app, '.vscode'), { recursive: true });
    writeFileSync(
      join(app, 'app.py'),
      `from flask import Flask, Blueprint, jsonify, request
bp = Blueprint("shop", __name__, url_prefix="/shop")

@bp.get("/author/<int:author_id>")
def author(author_id):
    return jsonify(id=author_id, page=request.args.get("page"), who=request.headers.get("X-Who"))

@bp.post("/author")
def create():
    return jsonify(request.get_json()), 201

app = Flask(__name__)
app.register_blueprint(bp)
`,
    );
    const command = `${pythonProgram()} -m flask --app app run --port {port}`;
    writeTeam({ flask: { baseUrl: 'http://127.0.0.1:{port}', command } });
  });

  function writeTeam(servers: object): void {
    const requests = { 'GET /shop/author/{author_id}': { path: { author_id: 42 }, headers: { 'X-Who': 'team' } } };
    writeFileSync(team, JSON.stringify({ servers, requests }));
  }

  it('starts the server of the team file, loads the handler through its blueprint, and stops the server', async () => {
    const { code, stdout, stderr } = await route('--route', 'GET /shop/author/{author_id}', '--param', 'page=2');
    assert.equal(code, 0, stderr);
    const run = decodeRun(stdout);
    assert.match(run.request.url, /^http:\/\/127\.0\.0\.1:\d+\/shop\/author\/42\?page=2$/);
    assert.deepEqual(run.request.headers, [['X-Who', 'team']]);
    assert.deepEqual(run.summary.statuses, { '200': 40 });
    assert.deepEqual([run.endpoint?.handler, run.endpoint?.line, run.endpoint?.framework], ['author', 5, 'flask']);
    assert.equal(run.target.name, 'flask');
    assert.ok(run.warnings.some((warning) => warning.code === 'debug-server'));
    const port = new URL(run.target.baseUrl).port;
    assert.deepEqual(running(`run --port ${port}`), []);
  });

  it('lets what was typed win over the team file', async () => {
    const args = ['--route', 'GET /shop/author/{author_id}', '--param', 'author_id=7', '-H', 'x-who: me'];
    const run = decodeRun((await route(...args)).stdout);
    assert.match(run.request.url, /author\/7$/);
    assert.deepEqual(run.request.headers, [['x-who', 'me']]);
  });

  it('wants --allow-writes before it loads a route that writes', async () => {
    assertRefused(await route('--route', 'POST /shop/author'), 2, /--allow-writes/);
    const { code, stdout } = await route('--route', 'POST /shop/author', '--allow-writes', '-d', '{"name":"A"}');
    assert.equal(code, 0);
    assert.deepEqual(decodeRun(stdout).summary.statuses, { '201': 40 });
  });

  it('stops the server that it started when it is interrupted', async () => {
    const run = start([
      'bench',
      '--dir',
      app,
      '--route',
      'GET /shop/author/{author_id}',
      '-z',
      '60s',
      '--warmup',
      '0',
      '--json',
    ]);
    await until('the server is started', () => running('-m flask --app app run').length > 0);
    await new Promise((settle) => setTimeout(settle, 2500));
    run.kill('SIGINT');
    const { code, stdout } = await run.ended;
    assert.equal(code, 130);
    assert.equal(decodeRun(stdout).state, 'cancelled');
    assert.deepEqual(running('-m flask --app app run'), []);
  });

  it('says which routes and servers there are', async () => {
    assertRefused(
      await route('--route', 'GET /nope'),
      2,
      /There is no route "GET \/nope".*GET \/shop\/author\/\{author_id\}/,
    );
    assertRefused(await route('--route', '/shop'), 2, /wants a method and a path/);
    assertRefused(await route('--route', 'POST /shop/author', '--server', 'x'), 2, /There is no server "x".*flask/);
  });

  it('says where the team file is wrong, and what a server said that did not come up', async () => {
    const found = ['--route', 'GET /shop/author/{author_id}'];
    writeTeam({ flask: { baseUrl: 'http://127.0.0.1:{port}', command: 'echo "no module flask"; exit 4' } });
    assertRefused(await route(...found), 3, /"flask" ended with code 4 .*no module flask/);
    writeTeam({ flask: { baseUrl: 'nonsense' } });
    assertRefused(await route(...found), 2, /endpoint-profiler\.json:1:\d+: .*nonsense/);
    writeTeam({ a: { baseUrl: 'http://127.0.0.1:1' }, b: { baseUrl: 'http://127.0.0.1:2' } });
    assertRefused(await route(...found), 2, /--server: a, b/);
    writeTeam({});
    assertRefused(await route(...found), 2, /No server of .* is running/);
  });

  it('lists the routes as JSON', async () => {
    const { stdout } = await cli('routes', app, '--json');
    const report = JSON.parse(stdout) as { schemaVersion: number; endpoints: { method: string; path: string }[] };
    assert.equal(report.schemaVersion, 1);
    assert.deepEqual(report.endpoints.map(({ method, path }) => `${method} ${path}`).sort(), [
      'GET /shop/author/{author_id}',
      'POST /shop/author',
    ]);
  });
});
