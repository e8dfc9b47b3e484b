import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { encodeRun } from '../../src/core/history/runFile';
import type { Comparison } from '../../src/core/model/comparison';
import type { ManyComparison } from '../../src/core/model/manyComparison';
import { removeLeftovers } from '../../src/platform/node/snapshots/snapshotFolder';
import { compareMany } from '../../src/session/compareMany';
import { startCountingServer } from '../support/countingServer';
import { freePort } from '../support/freePort';
import { orderFor, SERVER_FILES, servicesFor, SHORT_PACE } from '../support/pairedServers';
import { makeRepository, runGit, scratchFolder, writeFiles } from '../support/repository';
import { sampleRun } from '../support/sampleRun';
import { until } from '../support/until';

const CLI = resolve(import.meta.dirname, '../../dist/cli.js');

const APP: Readonly<Record<string, string>> = {
  '.gitignore': 'node_modules\n',
  'server.js': `
const express = require('express');
const { work } = require('./work.js');
const app = express();
app.get('/item', (request, response) => { work(2); response.json({ ok: true }); });
app.listen(Number(process.env.PORT), '127.0.0.1');
`,
  'work.js': 'exports.work = (ms) => { const until = performance.now() + ms; while (performance.now() < until); };\n',
  '.vscode/endpoint-profiler.json': JSON.stringify({
    servers: {
      dev: { baseUrl: 'http://127.0.0.1:{port}', command: 'exec node server.js', env: { PORT: '{port}' } },
    },
  }),
};

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Command {
  readonly project: string;
  readonly cache: string;
  readonly state: string;
  readonly start: (...args: string[]) => { readonly pid: number; readonly ended: Promise<Ended> };
}

function commandFor(test: TestContext): Command {
  const scratch = scratchFolder(test);
  const project = makeRepository(join(scratch, 'project'), APP);
  symlinkSync(resolve('node_modules'), join(project, 'node_modules'));
  const [cache, state] = [join(scratch, 'cache'), join(scratch, 'state')];
  const start: Command['start'] = (...args) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd: project,
      env: { ...process.env, XDG_CACHE_HOME: cache, XDG_STATE_HOME: state },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
    return { pid: child.pid ?? 0, ended };
  };
  return { project, cache, state, start };
}

function copiesIn(cache: string): string[] {
  const folder = join(cache, 'endpoint-profiler/copies');
  return existsSync(folder) ? readdirSync(folder) : [];
}

describe('endpoint-profiler compare', { concurrency: 2 }, () => {
  it(
    'finds a slower working tree: exit code 1, the JSON of the contract, a file, and it is kept',
    { timeout: 120_000 },
    async (test) => {
      const { project, cache, state, start } = commandFor(test);
      writeFiles(project, { 'server.js': (APP['server.js'] ?? '').replace('work(2)', 'work(5)') });
      const flags = ['--dir', '.', '--route', 'GET /item', '--against', 'HEAD', '--quick', '-c', '2'];
      const { code, stdout, stderr } = await start('compare', ...flags, '--json', '-o', 'out.json').ended;
      assert.equal(code, 1, stderr + stdout);
      const comparison = JSON.parse(stdout) as Comparison;
      assert.deepEqual([comparison.schemaVersion, comparison.verdict, comparison.kind], [1, 'slower', 'quick']);
      assert.deepEqual(JSON.parse(readFileSync(join(project, 'out.json'), 'utf8')), comparison);
      assert.deepEqual(copiesIn(cache), []);
      assert.equal(runGit(project, 'worktree', 'list').trim().split('\n').length, 1);
      const [workspace = ''] = readdirSync(join(state, 'endpoint-profiler'));
      assert.equal(readdirSync(join(state, 'endpoint-profiler', workspace, 'comparisons')).length, 1);
    },
  );

  it('compares two files: 0 for no regression, Markdown, 2 for what is no run', async (test) => {
    const { project, start } = commandFor(test);
    for (const name of ['a.json', 'b.json']) writeFileSync(join(project, name), encodeRun(sampleRun()));
    writeFileSync(join(project, 'broken.json'), '{}');
    const same = await start('compare', 'a.json', 'b.json').ended;
    assert.equal(same.code, 0, same.stderr);
    assert.match((await start('compare', 'a.json', 'b.json', '--markdown').ended).stdout, /^\*\*.*\*\*\n/);
    const broken = await start('compare', 'a.json', 'broken.json').ended;
    assert.equal(broken.code, 2);
    assert.equal(broken.stderr.trim().split('\n').length, 1);
  });

  it('exits with 1 when the after file is slower beyond the spread of sessions', async (test) => {
    const { project, start } = commandFor(test);
    const run = sampleRun();
    const slow = { ...run, summary: { ...run.summary, throughputRps: run.summary.throughputRps / 3 } };
    writeFileSync(join(project, 'a.json'), encodeRun(run));
    writeFileSync(join(project, 'b.json'), encodeRun(slow));
    const { code, stdout } = await start('compare', 'a.json', 'b.json', '--json').ended;
    assert.deepEqual([code, (JSON.parse(stdout) as Comparison).verdict], [1, 'slower']);
  });

  it('exits with 3 when a server is not there', async (test) => {
    const { start } = commandFor(test);
    const server = await startCountingServer();
    test.after(() => server.kill());
    const nobody = `http://127.0.0.1:${await freePort()}/`;
    const { code, stderr } = await start('compare', '--a', `${server.baseUrl}/`, '--b', nobody).ended;
    assert.equal(code, 3, stderr);
    assert.equal(stderr.trim().split('\n').length, 1);
  });

  it('exits with 130 when it is interrupted, and leaves nothing', { timeout: 60_000 }, async (test) => {
    const { project, cache, start } = commandFor(test);
    const { pid, ended } = start('compare', '--dir', '.', '--route', 'GET /item', '--against', 'HEAD');
    await until('copies are made', () => copiesIn(cache).length > 0);
    process.kill(pid, 'SIGINT');
    const { code, stderr } = await ended;
    assert.equal(code, 130, stderr);
    assert.deepEqual(copiesIn(cache), []);
    assert.equal(runGit(project, 'worktree', 'list').trim().split('\n').length, 1);
  });

  it('leaves copies when it is killed, which the next one removes', { timeout: 60_000 }, async (test) => {
    const { project, cache, start } = commandFor(test);
    const worktrees = (): number => runGit(project, 'worktree', 'list').trim().split('\n').length;
    const { pid, ended } = start('compare', '--dir', '.', '--route', 'GET /item', '--against', 'HEAD');
    await until('both worktrees are there', () => worktrees() === 3);
    process.kill(pid, 'SIGKILL');
    await ended;
    assert.equal(copiesIn(cache).length, 1);
    await removeLeftovers(join(cache, 'endpoint-profiler/copies'));
    assert.deepEqual([copiesIn(cache), worktrees()], [[], 1]);
  });

  it('refuses what it does not know with exit code 2', async (test) => {
    const { start } = commandFor(test);
    const flags = ['compare', '--dir', '.', '--route', 'GET /item'];
    for (const [args, sentence] of [
      [[...flags, '--against', 'nowhere'], /no commit, branch, tag or stash "nowhere"/],
      [[...flags, '--server-a', 'dev', '--server-b', 'other'], /no server "other".*there is dev/],
      [[...flags, '--against', 'HEAD', '--prior', 'package.json'], /--prior/],
    ] as const) {
      const { code, stderr } = await start(...args).ended;
      assert.equal(code, 2, stderr);
      assert.match(stderr, sentence);
    }
  });
});

describe('many endpoints in the same launches', () => {
  it('names the one that became slower and none of the others', { timeout: 120_000 }, async (test) => {
    const scratch = scratchFolder(test);
    const server = `
const { createServer } = require('node:http');
const work = require('./work.js');
createServer((request, response) => {
  const until = performance.now() + (work[request.url] ?? 0);
  while (performance.now() < until);
  response.statusCode = request.url === '/gone' ? 404 : 200;
  response.end('{}');
}).listen(Number(process.argv[2]), '127.0.0.1');
`;
    const workOf = (third: number): string =>
      `module.exports = ${JSON.stringify({ '/1': 2, '/2': 2, '/3': third, '/4': 2, '/5': 2 })};\n`;
    const project = makeRepository(join(scratch, 'project'), {
      ...SERVER_FILES,
      'server.js': server,
      'work.js': workOf(2),
    });
    writeFiles(project, { 'work.js': workOf(12) });
    const services = servicesFor(join(scratch, 'storage'));
    test.after(() => services.load.dispose());
    const endpoints = ['/1', '/2', '/3', '/4', '/5', '/gone'].map((path) => ({
      ...{ id: path, label: `GET ${path}` },
      request: (baseUrl: string) => ({ method: 'GET' as const, url: baseUrl + path, headers: [], body: null }),
    }));
    const order = {
      ...orderFor(project),
      endpoints,
      skipped: [{ label: 'GET /{x}', reason: 'No value.' }],
      budgetMs: 1000,
    };
    const { comparison, state } = await compareMany(
      { ...order, pace: { ...SHORT_PACE, warmup: { leastMs: 200, leastRequestsPerArm: 10, mostMs: 400 } } },
      services,
      {},
      new AbortController().signal,
    );
    const verdictOf = (many: ManyComparison, label: string): string | undefined =>
      many.endpoints.find((each) => each.label === label)?.verdict;
    assert.equal(state, 'complete');
    assert.equal(verdictOf(comparison, 'GET /3'), 'slower', comparison.headline);
    assert.equal(comparison.endpoints[0]?.label, 'GET /3');
    assert.deepEqual([comparison.regression, comparison.launches, comparison.endpoints.length], [true, 1, 5]);
    assert.deepEqual(
      comparison.skipped.map(({ label }) => label),
      ['GET /{x}', 'GET /gone'],
    );
    const changed = comparison.endpoints.filter(({ verdict }) => verdict === 'slower' || verdict === 'faster');
    assert.ok(changed.length <= 2, comparison.headline);
    assert.deepEqual(readdirSync(join(scratch, 'storage')), []);
  });
});
