import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { PairPlan, PairProgress, PairResult, PairSide } from '../../src/core/model/pairPlan';
import { LatencyHistogram } from '../../src/core/stats/histogram';
import { LoadProcess } from '../../src/platform/node/loadProcess';
import { freePort } from '../support/freePort';
import { loadgenEntry } from '../support/loadRuns';

const WORK_MS = [1, 2] as const;
/** What else a machine does may cost one side more than the other, not in every run. */
const TRIES = 3;
const SHORT_WARMUP = { leastMs: 200, leastRequestsPerArm: 20, mostMs: 1500 };

describe('one launch of two servers, loaded in turn', () => {
  let child: ChildProcess;
  let ports: readonly number[] = [];
  const load = new LoadProcess({ entry: loadgenEntry(), log: () => undefined });

  before(async () => {
    const main = path.resolve(import.meta.dirname, '../support/pairServerMain.ts');
    child = fork(main, WORK_MS.map(String), { execArgv: ['--import', 'tsx'] });
    const [told] = (await once(child, 'message')) as [{ ports: number[] }];
    ports = told.ports;
  });
  after(() => {
    child.disconnect();
    load.dispose();
  });

  const side = (port: number | undefined): PairSide => ({
    request: { method: 'GET', url: `http://127.0.0.1:${port ?? 1}/`, headers: [], body: null },
    allowedAddresses: null,
    pid: child.pid ?? null,
  });
  const plan = (change: Partial<PairPlan> = {}): PairPlan => ({
    sides: { before: side(ports[0]), after: side(ports[1]) },
    load: { connections: 4, pipelining: 1, timeoutMs: 2000, transport: 'auto', http2: false, insecureTls: false },
    warmup: SHORT_WARMUP,
    blocks: 2,
    seed: 1,
    ...change,
  });
  const run = (
    change: Partial<PairPlan> = {},
    onProgress: (progress: PairProgress) => void = () => undefined,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<PairResult> => load.pair(plan(change), { onProgress, signal });

  it(
    'never loads both at once, measures each in equal time, and sees which is slower',
    { timeout: 120_000 },
    async (test) => {
      let ratio = Number.NaN;
      for (let turn = 1; turn <= TRIES && !(ratio > 0.3 && ratio < 0.8); turn++) {
        ratio = await runAndCheck();
        test.diagnostic(`run ${turn}: the second has ${ratio.toFixed(2)} of the throughput`);
      }
      assert.ok(ratio > 0.3 && ratio < 0.8, `the second does twice the work, yet has ${ratio} of the throughput`);
    },
  );

  /** Fails where something is counted wrongly; answers with the second side's share of the first one's throughput. */
  async function runAndCheck(): Promise<number> {
    const progress: PairProgress[] = [];
    const { state, blocks, sliceMs, guardMs, warmup } = await run({}, (told) => progress.push(told));
    assert.equal(state, 'complete');
    assert.equal(blocks.length, 2);
    child.send('counts');
    const [{ overlaps, served }] = (await once(child, 'message')) as [{ overlaps: number; served: [number, number] }];
    assert.equal(overlaps, 0);
    assert.ok(guardMs >= 50 && guardMs <= sliceMs / 5 + 1e-9, `${guardMs} of ${sliceMs} ms`);
    assert.ok(warmup.rps.before.length > 0 && warmup.rps.after.length > 0);
    for (const { before: first, after: second } of blocks) {
      assert.ok(Math.abs(first.timeS - second.timeS) < 1e-6);
      assert.equal(first.failures + second.failures, 0);
      assert.deepEqual([first.statuses, second.statuses], [{ 200: first.requests }, { 200: second.requests }]);
      assert.deepEqual([first.bodyBytes, second.bodyBytes], [5, 7]);
      assert.equal(countOf(first.latencies), first.requests);
    }
    const sum = (side: 'before' | 'after'): number => blocks.reduce((total, block) => total + block[side].requests, 0);
    assert.ok(sum('before') + sum('after') < served[0] + served[1], 'guards and the warm-up are left out');
    assert.equal(progress.at(-1)?.logRatios.length, 2);
    assert.ok(progress.some(({ phase }) => phase === 'warmup'));
    return sum('after') / sum('before');
  }

  it("reads the CPU that each side's requests took", { skip: notLinux(), timeout: 60_000 }, async () => {
    const { blocks } = await run({ blocks: 1 });
    const [block] = blocks;
    assert.ok(block);
    const perRequestMs = [block.before, block.after].map(({ cpuS, requests }) => (1000 * (cpuS ?? 0)) / requests);
    // How much of the waiting is work depends on who else wants the processor, on both sides alike.
    const [first = 0, second = 0] = perRequestMs;
    assert.ok(first > 0.05 && first < 3, perRequestMs.join(', '));
    assert.ok(second / first > 1.4 && second / first < 2.8, perRequestMs.join(', '));
  });

  it('is the same whichever transport carries it', { timeout: 60_000 }, async () => {
    const socket = plan();
    const { state, blocks } = await run({ blocks: 1, load: { ...socket.load, transport: 'undici' } });
    assert.equal(state, 'complete');
    const [block] = blocks;
    assert.ok(block);
    assert.equal(block.before.bodyBytes, 5);
    assert.ok(block.before.requests > 50);
  });

  it('keeps whole blocks when it is cancelled', { timeout: 60_000 }, async () => {
    const abort = new AbortController();
    let abortedMs = 0;
    const cancelAfterTwo = ({ logRatios }: PairProgress): void => {
      if (logRatios.length < 2 || abort.signal.aborted) return;
      abortedMs = performance.now();
      abort.abort();
    };
    const { state, blocks } = await run({ blocks: 50 }, cancelAfterTwo, abort.signal);
    assert.equal(state, 'cancelled');
    assert.equal(blocks.length, 2);
    assert.ok(performance.now() - abortedMs < 1000);
  });

  it('is broken off when one side is not there, and says which', { timeout: 60_000 }, async () => {
    const nobody = side(await freePort());
    const { state, failing, failures, blocks } = await run({ sides: { before: side(ports[0]), after: nobody } });
    assert.deepEqual([state, failing, blocks.length], ['broken-off', 'after', 0]);
    assert.match(failures, /^\d+ × refused$/);
  });
});

function countOf(columns: PairResult['blocks'][number]['before']['latencies']): number {
  const histogram = new LatencyHistogram();
  histogram.addColumns(columns);
  return histogram.count;
}

function notLinux(): string | false {
  return process.platform === 'linux' ? false : 'CPU time of other processes is read on Linux only.';
}
