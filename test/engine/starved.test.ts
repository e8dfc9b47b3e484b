import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { describe, it } from 'node:test';
import { LoadRun } from '../../src/loadgen/loadRun';
import { LoadPart } from '../../src/loadgen/phases';
import { startCountingServer } from '../support/countingServer';
import { planFor } from '../support/loadRuns';

describe('an open loop that spins and shares its core', () => {
  it('says that it is the limit, although the server answers everything', async () => {
    const server = await startCountingServer();
    // Each core gets three that want it, so that a loop has two thirds of one taken away, wherever it runs.
    const others = Array.from({ length: 3 * availableParallelism() }, () =>
      spawn(process.execPath, ['-e', 'console.log(); for (;;);'], { stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    try {
      await Promise.all(others.map((other) => new Promise((resolve) => other.stdout.once('data', resolve))));
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
      const said = warnings.find(({ code }) => code === 'generator-saturated')?.message ?? '';
      assert.match(said, /other programs had its core for \d+ % of the time/);
    } finally {
      for (const other of others) other.kill('SIGKILL');
      await server.kill();
    }
  });
});
