import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, before, beforeEach, describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import type { LoadProfile } from '../../src/core/model/loadProfile';
import { decodeHistogram } from '../../src/core/stats/histogram';
import { LoadRun, type LoadRunOptions } from '../../src/loadgen/loadRun';
import { LoadPart } from '../../src/loadgen/phases';
import { LoadProcess } from '../../src/platform/node/loadProcess';
import { ThreadPart } from '../../src/loadgen/threadPart';
import { isAlive } from '../../scripts/processTree.mjs';
import { startCountingServer, type CountingServer, type ServerCounts } from '../support/countingServer';
import { assertConsistent, countedSince } from '../support/exactness';
import { loadgenEntry, planFor, runLoad, type TestRun } from '../support/loadRuns';
import { CANCEL_HOPS, watchLag } from '../support/machineLag';
import { until } from '../support/until';

const LONG = { durationMs: 20_000, requests: null };
const EIGHT = { kind: 'closed', connections: 8, pipelining: 1 } as const;

const RAMP = [
  { durationMs: 300, from: 2, to: 8 },
  { durationMs: 400, from: 5, to: 5 },
];

/** How the run ends, what is loaded, and what else is special. */
const MODES: readonly (readonly [name: string, path: string, profile: Partial<LoadProfile>])[] = [
  ['by count', '/ok', { stop: { durationMs: null, requests: 1001 } }],
  ['by count, with fewer requests than threads', '/delay/5', { stop: { durationMs: null, requests: 1 } }],
  [
    'by count after a warm-up',
    '/delay/5',
    { stop: { durationMs: null, requests: 203 }, warmup: { kind: 'fixed', durationMs: 300 } },
  ],
  [
    'by time after a warm-up',
    '/ok',
    { stop: { durationMs: 600, requests: null }, warmup: { kind: 'fixed', durationMs: 200 } },
  ],
  ['by time, closing', '/close', { stop: { durationMs: 500, requests: null } }],
  ['by count, closing', '/close', { stop: { durationMs: null, requests: 301 } }],
  [
    'pipelined',
    '/ok',
    { stop: { durationMs: null, requests: 2003 }, model: { kind: 'closed', connections: 5, pipelining: 8 } },
  ],
  [
    'open loop by time',
    '/delay/5',
    {
      stop: { durationMs: 800, requests: null },
      model: { kind: 'open', ratePerS: 500, arrivals: 'poisson', maxConnections: 9 },
    },
  ],
  [
    'open loop by count',
    '/ok',
    {
      stop: { durationMs: null, requests: 301 },
      model: { kind: 'open', ratePerS: 900, arrivals: 'constant', maxConnections: 9 },
    },
  ],
  [
    'in stages of connections',
    '/delay/5',
    { stop: { durationMs: 700, requests: null }, model: { ...EIGHT, stages: RAMP } },
  ],
  [
    'in stages of rates',
    '/delay/2',
    {
      stop: { durationMs: 700, requests: null },
      model: {
        kind: 'open',
        ratePerS: 800,
        arrivals: 'constant',
        maxConnections: 9,
        stages: RAMP.map(({ durationMs, from, to }) => ({ durationMs, from: from * 100, to: to * 100 })),
      },
    },
  ],
  ['with undici', '/ok', { stop: { durationMs: null, requests: 501 }, transport: 'undici' }],
  ['with several statuses', '/mixed', { stop: { durationMs: null, requests: 301 } }],
];

const FOR_FOUR = new Set(['by count, with fewer requests than threads', 'pipelined', 'in stages of rates']);

for (const [threads, modes] of [
  [2, MODES],
  // Few of them: what two threads share out and add up, four do in the same way.
  [4, MODES.filter(([name]) => FOR_FOUR.has(name))],
] as const) {
  describe(`a counting server agrees exactly with ${threads} threads`, () => {
    let server: CountingServer;
    let start: ServerCounts;
    before(async () => {
      server = await startCountingServer();
    });
    beforeEach(async () => {
      start = await server.counts();
    });
    after(() => server.kill());

    for (const [name, path, profile] of modes) {
      it(name, async () => {
        const { result } = await runLoad(planFor(server.baseUrl + path, { model: EIGHT, threads, ...profile }));
        const counts = await countedSince(server, start);
        assertConsistent(result);
        const { accounting, summary } = result;
        assert.equal(result.state, 'complete');
        assert.equal(result.generator.threads, threads);
        assert.equal(accounting.sent, counts.requests);
        assert.equal(accounting.warmup + accounting.measured + accounting.drained, counts.answers);
        assert.deepEqual([accounting.failed, accounting.aborted], [0, 0]);
        assert.equal(summary.connectionsOpened, counts.connections);
        if (result.stages) {
          const inStages = result.stages.map((stage) => stage.requests);
          assert.equal(inStages.length, RAMP.length);
          assert.equal(inStages[0]! + inStages[1]!, accounting.measured, 'stages add up to the run');
        }
        const { requests, durationMs } = profile.stop ?? { requests: null, durationMs: null };
        if (requests !== null) assert.equal(summary.requests, requests);
        if (durationMs !== null) assert.equal(summary.durationS, durationMs / 1000);
        if (requests !== null && accounting.warmup === 0) {
          assert.deepEqual(summary.statuses, counts.statuses);
          assert.equal(summary.bytesRead, counts.bytesOut);
          assert.equal(summary.bytesWritten, counts.bytesIn);
        }
      });
    }

    it('when every seventh answer is cut off by a reset', async () => {
      const stop = { durationMs: null, requests: 210 };
      const { result } = await runLoad(planFor(server.baseUrl + '/reset/7', { model: EIGHT, threads, stop }));
      const counts = await countedSince(server, start);
      assertConsistent(result);
      assert.equal(counts.requests, 210);
      assert.equal(result.summary.requests, counts.answers);
      assert.deepEqual(result.summary.errors, { reset: 210 - counts.answers });
      assert.equal(result.summary.connectionsOpened, counts.connections);
    });

    it('when every tenth request is never answered', async () => {
      const stop = { durationMs: null, requests: 50 };
      const plan = planFor(server.baseUrl + '/hang/10', { model: EIGHT, threads, stop, timeoutMs: 200 });
      const { result } = await runLoad(plan);
      const counts = await countedSince(server, start);
      assertConsistent(result);
      assert.equal(counts.requests, 50);
      assert.deepEqual(result.summary.errors, { timeout: 50 - counts.answers });
    });
  });
}

describe('several threads', () => {
  let server: CountingServer;
  before(async () => {
    server = await startCountingServer();
  });
  after(() => server.kill());

  it('share one rate and take turns: arrivals stay as even as one thread sends them', async () => {
    const model = { kind: 'open', ratePerS: 400, arrivals: 'constant', maxConnections: 12 } as const;
    const stop = { durationMs: 1000, requests: null };
    const { result } = await runLoad(planFor(server.baseUrl + '/delay/1', { model, stop, threads: 3 }));
    const { sent } = result.accounting;
    // Fewer when a busy machine stops the generator at the end.
    assert.ok(sent <= 403 && sent >= 370, `${sent} sent`);
    assert.ok(result.generator.latenessUs && result.summary.correctedLatencyMs);
  });

  it('are not more than there are connections, and the run says so', async () => {
    const model = { kind: 'closed', connections: 2, pipelining: 1 } as const;
    const stop = { durationMs: null, requests: 100 };
    const { result } = await runLoad(planFor(server.baseUrl + '/ok', { model, stop, threads: 4 }));
    assert.equal(result.summary.requests, 100);
    assert.equal(result.generator.threads, 2);
    assert.equal(result.generator.threadsReason, 'connections');
    assert.match(result.warnings.find(({ code }) => code === 'fewer-threads')?.message ?? '', /connection of its own/);
  });

  it('end within 100 ms of being cancelled, with what was measured', async () => {
    const watch = await watchLag();
    let abortedAtMs = 0;
    const plan = planFor(server.baseUrl + '/delay/10', { stop: LONG, model: EIGHT, threads: 4 });
    const { result } = await runLoad(plan, ({ abort, snapshot }) => {
      if (abortedAtMs > 0 || snapshot.phase !== 'measure' || snapshot.requests < 40) return;
      abortedAtMs = performance.now();
      abort();
    });
    const tookMs = performance.now() - abortedAtMs;
    const mostMs = 100 + CANCEL_HOPS * (await watch.stop()).ms(1);
    assert.ok(tookMs < mostMs, `${tookMs} ms of ${mostMs} ms`);
    assertConsistent(result);
    assert.equal(result.state, 'cancelled');
    assert.ok(result.summary.requests >= 40);
    assert.equal(result.accounting.aborted, 8);
  });

  it('end at once when they are cancelled while they start', async () => {
    const watch = await watchLag();
    const controller = new AbortController();
    const load = new LoadProcess({ entry: loadgenEntry(), log: () => undefined });
    let abortedAtMs = 0;
    setTimeout(() => {
      abortedAtMs = performance.now();
      controller.abort();
    }, 120);
    const plan = planFor(server.baseUrl + '/ok', { stop: LONG, model: EIGHT, threads: 4 });
    const result = await load.run(plan, { signal: controller.signal, onSnapshot: () => undefined });
    const tookMs = performance.now() - abortedAtMs;
    // The threads are still being started, which nothing can interrupt.
    const mostMs = 500 + 4 * CANCEL_HOPS * (await watch.stop()).ms(1);
    assert.ok(tookMs < mostMs, `${tookMs} ms of ${mostMs} ms`);
    assert.equal(result.state, 'cancelled');
    load.dispose();
  });

  it('stop together when the server is gone', async () => {
    const mortal = await startCountingServer();
    try {
      const plan = planFor(mortal.baseUrl + '/die/400', { stop: LONG, model: EIGHT, threads: 2 });
      const { result } = await runLoad(plan);
      assert.equal(result.state, 'broken-off');
      assertConsistent(result);
      assert.ok(result.summary.requests >= 380 && result.summary.requests < 400, String(result.summary.requests));
      assert.ok((result.summary.errors.refused ?? 0) > 0);
    } finally {
      await mortal.kill();
    }
  });

  it('refuse a request that cannot be sent as one thread would', async () => {
    const plan = planFor(server.baseUrl + '/ok', { threads: 2 }, { headers: [['Bad\r\nName', 'x']] });
    const codeWith = async (threads: number): Promise<unknown> => {
      try {
        await runLoad({ ...plan, profile: { ...plan.profile, threads } });
        return null;
      } catch (error) {
        return (error as { code: unknown }).code;
      }
    };
    const alone = await codeWith(1);
    assert.equal(typeof alone, 'string');
    assert.equal(await codeWith(2), alone);
  });

  it('keep their numbers when one of them throws: an interrupted run that says so', async () => {
    const plan = planFor(server.baseUrl + '/delay/5', { stop: LONG, model: EIGHT, threads: 2 });
    let made = 0;
    const run = new LoadRun({
      ...inThisProcess(plan.profile, server),
      createThread: (setup, events) => {
        const code = `require(${JSON.stringify(loadgenEntry())});`;
        const fault = made++ === 0 ? "setTimeout(() => { throw new Error('a fault of the test'); }, 1500);" : '';
        return new ThreadPart(new Worker(code + fault, { eval: true }), setup, events);
      },
    });
    const result = await run.run();
    assert.equal(result.state, 'interrupted');
    assert.ok(result.summary.requests > 100);
    assert.equal(decodeHistogram(result.histogram).count, result.summary.requests);
    assertConsistent(result);
    assert.match(result.warnings[0]?.message ?? '', /a fault of the test/);
  });

  it('leave no orphan when the parent is killed', async () => {
    const parent = spawn(
      process.execPath,
      ['--import', 'tsx', 'test/support/loadParent.ts', server.baseUrl + '/ok', '2'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const childPid = Number(line.toString());
    assert.ok(isAlive(childPid));
    parent.kill('SIGKILL');
    // An orphan would stay for the 20 s of its run.
    await until('the load generator ends with its parent', () => !isAlive(childPid), 10_000);
  });
});

describe('threads by themselves', () => {
  let server: CountingServer;
  before(async () => {
    server = await startCountingServer();
  });
  after(() => server.kill());

  const auto = async (isBusy: boolean, idleCores: number, cores: number): Promise<TestRun['result']> => {
    const profile = { ...planFor('', {}).profile, model: EIGHT, stop: { durationMs: 400, requests: null } };
    const startMs = performance.now();
    const options = inThisProcess({ ...profile, warmup: { kind: 'auto', maxMs: 3000 } }, server);
    const run = new LoadRun({
      ...options,
      cores,
      readIdleMs: () => idleCores * (performance.now() - startMs),
      // What a saturated loop would say, without making this machine busy.
      createPart: (setup, events) => {
        const part = new LoadPart(setup, Math.random, events);
        const poll = part.poll.bind(part);
        part.poll = async (withHistograms) => {
          const report = await poll(withHistograms);
          return isBusy ? { ...report, load: { ...report.load, recentUtilization: 0.99 } } : report;
        };
        return part;
      },
    });
    const start = await server.counts();
    const result = await run.run();
    const counts = await countedSince(server, start);
    assertConsistent(result);
    assert.equal(result.state, 'complete');
    assert.equal(result.accounting.sent, counts.requests, 'nothing is lost when threads take over');
    assert.equal(result.summary.connectionsOpened, counts.connections);
    return result;
  };

  it('are one when one keeps up', async () => {
    const { generator } = await auto(false, 3, 4);
    assert.deepEqual([generator.threads, generator.threadsReason], [1, 'enough']);
  });

  it('become more within the warm-up when one is saturated and cores are idle', async () => {
    const { generator, accounting } = await auto(true, 2, 4);
    assert.deepEqual([generator.threads, generator.threadsReason], [3, 'saturated']);
    assert.ok(accounting.warmup > 0);
  });

  it('stay one when no core is idle', async () => {
    const { generator } = await auto(true, 0.1, 4);
    assert.deepEqual([generator.threads, generator.threadsReason], [1, 'no-core']);
  });
});

function inThisProcess(profile: LoadProfile, server: CountingServer): LoadRunOptions {
  return {
    plan: planFor(server.baseUrl + '/delay/5', profile),
    address: '127.0.0.1',
    cores: 4,
    maySpin: () => false,
    readIdleMs: () => 0,
    createPart: (setup, events) => new LoadPart(setup, Math.random, events),
    createThread: (setup, events) => new ThreadPart(new Worker(loadgenEntry()), setup, events),
    onSnapshot: () => undefined,
    onCheckpoint: () => undefined,
  };
}
