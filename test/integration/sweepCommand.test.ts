import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { decodeSweep } from '../../src/core/history/sweepFile';
import { startCountingServer, type CountingServer } from '../support/countingServer';
import { until } from '../support/until';

const CLI = resolve(import.meta.dirname, '../../dist/cli.js');
const QUICK = ['-z', '400ms', '--warmup', '0'];

interface Ended {
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

function cli(...args: string[]): Promise<Ended> {
  return new Promise((settle) => {
    execFile(process.execPath, [CLI, 'sweep', ...args], (error, stdout, stderr) =>
      settle({ code: error ? (error.code ?? null) : 0, stdout, stderr }),
    );
  });
}

describe('endpoint-profiler sweep', { concurrency: true }, () => {
  it('measures every level, as the server counts it, and writes the same to a file', async (test) => {
    const server = await serverFor(test);
    const file = join(mkdtempSync(join(tmpdir(), 'ep-sweep-')), 'sweep.json');
    const before = await server.counts();
    const { code, stdout, stderr } = await cli(
      `${server.baseUrl}/delay/5`,
      '-c',
      '1,2,4,8',
      ...QUICK,
      '--json',
      '-o',
      file,
    );
    assert.equal(code, 0, stderr);
    const sweep = decodeSweep(stdout);
    assert.deepEqual(decodeSweep(readFileSync(file, 'utf8')), sweep);
    assert.deepEqual([sweep.state, sweep.kind, sweep.levels], ['complete', 'connections', [1, 2, 4, 8]]);
    assert.deepEqual(
      sweep.points.map(({ level, summary }) => [level, summary.connectionsOpened]),
      [1, 2, 4, 8].map((level) => [level, level]),
    );
    const counts = await server.counts();
    // The preview has a connection and a request of its own.
    assert.equal(counts.connections - before.connections, 1 + 15);
    const answered = sweep.points.reduce((sum, { summary }) => sum + summary.requests, 0);
    const drained = counts.requests - before.requests - 1 - answered;
    assert.ok(drained >= 0 && drained <= 15, `${drained} more on the server than in the levels`);
    assert.notEqual(sweep.headline, '');
  });

  it('prints a table with a sentence', async (test) => {
    const server = await serverFor(test);
    const { code, stdout } = await cli(
      `${server.baseUrl}/delay/5`,
      '--rates',
      '50,100',
      '-z',
      '300ms',
      '--warmup',
      '0',
    );
    assert.equal(code, 0);
    assert.match(stdout, /2 of 2 levels of requests per second, 0\.3 s each/);
    assert.match(stdout, /^ +rate +throughput +p50 +p99 +errors/m);
  });

  it('keeps what it has when the server goes away, and tries no higher level', async (test) => {
    const mortal = await serverFor(test);
    const { ended } = await startUntilThirdLevel(mortal);
    await mortal.kill();
    const { code, stdout } = await ended;
    assert.equal(code, 0);
    const sweep = decodeSweep(stdout);
    assert.equal(sweep.state, 'broken-off');
    assert.deepEqual(
      sweep.points.map(({ level, state }) => [level, state]),
      [
        [1, 'complete'],
        [2, 'complete'],
        [4, 'broken-off'],
      ],
    );
    assert.match(
      sweep.warnings[0]?.message ?? '',
      /^The sweep ended at 4 connections, because nothing but broken connections/,
    );
  });

  it('interrupted keeps the levels before, and says so', async (test) => {
    const server = await serverFor(test);
    const { ended, interrupt } = await startUntilThirdLevel(server);
    interrupt();
    const { code, stdout } = await ended;
    assert.equal(code, 130);
    const sweep = decodeSweep(stdout);
    assert.equal(sweep.state, 'cancelled');
    assert.deepEqual(
      sweep.points.map(({ level }) => level),
      [1, 2],
    );
    assert.match(sweep.warnings[0]?.message ?? '', /ended at 4 connections, because you stopped it/);
  });

  it(
    'says before it starts that this process may not open so many connections',
    { skip: process.platform === 'win32' },
    async (test) => {
      const server = await serverFor(test);
      const before = (await server.counts()).requests;
      const child = spawn('sh', [
        '-c',
        'ulimit -n 256; exec "$@"',
        'sh',
        process.execPath,
        CLI,
        'sweep',
        `${server.baseUrl}/ok`,
      ]);
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      assert.equal((await once(child, 'close'))[0], 2);
      assert.match(
        stderr,
        /^endpoint-profiler: 1000 connections need about 1040 open files and this process may have 256: raise/,
      );
      assert.equal((await server.counts()).requests, before);
    },
  );
});

/** A server of its own, so that the tests can go on at the same time. */
async function serverFor(test: TestContext): Promise<CountingServer> {
  const server = await startCountingServer();
  test.after(() => server.kill());
  return server;
}

/** A sweep of 1, 2, 4 and 8 connections in its third level: its preview and the levels before had four connections. */
async function startUntilThirdLevel(server: CountingServer): Promise<{ ended: Promise<Ended>; interrupt: () => void }> {
  const before = (await server.counts()).connections;
  const levels = ['-c', '1,2,4,8', '-z', '1200ms', '--warmup', '0'];
  const child = spawn(process.execPath, [CLI, 'sweep', `${server.baseUrl}/delay/7`, ...levels, '--json']);
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr: '' }));
  await until('the third level has begun', async () => (await server.counts()).connections >= before + 5);
  return { ended, interrupt: () => child.kill('SIGINT') };
}
