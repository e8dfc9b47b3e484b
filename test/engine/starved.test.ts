import assert from 'node:assert/strict';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { LoadResult } from '../../src/core/model/runPlan';
import { LoadRun } from '../../src/loadgen/loadRun';
import { LoadPart } from '../../src/loadgen/phases';
import { startCountingServer } from '../support/countingServer';
import { planFor } from '../support/loadRuns';
import { until } from '../support/until';

describe('an open loop that spins and shares its core', () => {
  it('says that the machine is the limit, although the server answers everything', async () => {
    const server = await startCountingServer();
    const others = startOthers();
    try {
      await Promise.all(others.map((other) => new Promise((resolve) => other.stdout?.once('data', resolve))));
      const run = new LoadRun({
        plan: planFor(server.baseUrl + '/ok', {
          model: { kind: 'open', ratePerS: 500, arrivals: 'constant', maxConnections: 8 },
          stop: { durationMs: 1500, requests: null },
          threads: 1,
          timeoutMs: 10_000,
        }),
        address: '127.0.0.1',
        cores: availableParallelism(),
        maySpin: () => true,
        readIdleMs: () => 0,
        createPart: (setup, events) => new LoadPart(setup, Math.random, events),
        createThread: () => assert.fail('one thread was asked for'),
        onSnapshot: () => undefined,
        onCheckpoint: () => undefined,
      });
      const { generator, warnings } = await run.run();
      assert.equal(generator.pacing, 'spin');
      assert.ok((generator.starved ?? 0) > 0.2, `starved ${generator.starved ?? Number.NaN}`);
      assert.equal(generator.saturated, true);
      const said = warnings.find(({ code }) => code === 'machine-starved')?.message ?? '';
      assert.match(said, /other programs had its core for \d+ % of the time/);
    } finally {
      for (const other of others) other.kill('SIGKILL');
      await server.kill();
    }
  });
});

describe('an open loop that waits by timers and hardly gets a core', { skip: process.platform !== 'linux' }, () => {
  it('names the machine, and not a generator that had little to do', async () => {
    const server = await startCountingServer();
    let others: readonly ChildProcess[] = [];
    try {
      const plan = planFor(server.baseUrl + '/ok', {
        model: { kind: 'open', ratePerS: 2000, arrivals: 'constant', maxConnections: 32 },
        warmup: { kind: 'fixed', durationMs: 1500 },
        stop: { durationMs: 1500, requests: null },
        threads: 1,
        timeoutMs: 10_000,
      });
      // Those that want its core weigh ten times as much as it does.
      const args = ['-n', '10', process.execPath, '--import', 'tsx', 'test/support/printRun.ts', JSON.stringify(plan)];
      const running = promisify(execFile)('nice', args, { maxBuffer: 1e8 });
      await until('the load has begun', async () => (await server.counts()).requests > 0);
      others = startOthers();
      const { generator, warnings } = JSON.parse((await running).stdout) as LoadResult;
      assert.ok(generator.cpuPercent < 50, `${generator.cpuPercent} %`);
      assert.ok((generator.starved ?? 0) > 0.1, `starved ${generator.starved ?? Number.NaN}`);
      assert.equal(generator.saturated, true);
      const codes = warnings.map(({ code }) => code);
      assert.ok(codes.includes('machine-starved') && !codes.includes('generator-saturated'), codes.join(', '));
    } finally {
      for (const other of others) other.kill('SIGKILL');
      await server.kill();
    }
  });
});

/** Each core gets three that want it, so that a loop has two thirds of one taken away, wherever it runs. */
function startOthers(): readonly ChildProcess[] {
  return Array.from({ length: 3 * availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'console.log(); for (;;);'], { stdio: ['ignore', 'pipe', 'ignore'] }),
  );
}
