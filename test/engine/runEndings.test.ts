import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { ErrorKind } from '../../src/core/model/run';
import { decodeHistogram } from '../../src/core/stats/histogram';
import { LoadProcess } from '../../src/platform/node/loadProcess';
import { isAlive } from '../../scripts/processTree.mjs';
import { startCountingServer, type CountingServer } from '../support/countingServer';
import { freePort } from '../support/freePort';
import { loadgenEntry, planFor, runLoad } from '../support/loadRuns';
import { CANCEL_HOPS, watchLag } from '../support/machineLag';
import { until } from '../support/until';

const LONG = { durationMs: 20_000, requests: null };

function codesOf(warnings: readonly { code: string }[]): string[] {
  return warnings.map(({ code }) => code);
}

describe('a run ends', () => {
  let server: CountingServer;
  before(async () => {
    server = await startCountingServer();
  });
  after(() => server.kill());

  it('when it is cancelled, within 100 ms of asking, and keeps what was measured', async () => {
    const watch = await watchLag();
    let abortedAtMs = 0;
    const { result } = await runLoad(planFor(server.baseUrl + '/delay/10', { stop: LONG }), ({ abort, snapshot }) => {
      if (abortedAtMs > 0 || snapshot.requests < 20) return;
      abortedAtMs = performance.now();
      abort();
    });
    const tookMs = performance.now() - abortedAtMs;
    const mostMs = 100 + CANCEL_HOPS * (await watch.stop()).ms(1);
    assert.ok(tookMs < mostMs, `${tookMs} ms of ${mostMs} ms`);
    assert.equal(result.state, 'cancelled');
    assert.ok(result.summary.requests >= 20);
    assert.equal(decodeHistogram(result.histogram).count, result.summary.requests);
    assert.ok(result.summary.durationS > 0 && result.summary.durationS < 10);
    assert.equal(result.accounting.aborted, 4);
    assert.ok(codesOf(result.warnings).includes('cancelled'));
  });

  it('when it is cancelled before anything was measured', async () => {
    const controller = new AbortController();
    const load = new LoadProcess({ entry: loadgenEntry(), log: () => undefined });
    setTimeout(() => controller.abort(), 60);
    const running = load.run(planFor(server.baseUrl + '/ok', { stop: LONG }), {
      signal: controller.signal,
      onSnapshot: () => undefined,
    });
    const result = await running;
    assert.equal(result.state, 'cancelled');
    load.dispose();
    assert.deepEqual(load.pids, []);
  });

  it('in its warm-up, with nothing in the numbers', async () => {
    const warmup = { kind: 'fixed', durationMs: 10_000 } as const;
    const { result } = await runLoad(planFor(server.baseUrl + '/ok', { stop: LONG, warmup }), ({ abort, snapshot }) => {
      if (snapshot.phase === 'warmup' && snapshot.requests > 0) abort();
    });
    assert.equal(result.state, 'cancelled');
    assert.equal(result.summary.requests, 0);
    assert.equal(result.histogram, '');
    assert.deepEqual(result.series.requests, []);
    assert.ok(result.accounting.warmup > 0);
  });

  it('at once when its signal was aborted before', async () => {
    const load = new LoadProcess({ entry: loadgenEntry(), log: () => undefined });
    const options = { signal: AbortSignal.abort(), onSnapshot: () => undefined };
    await assert.rejects(load.run(planFor(server.baseUrl, {}), options), { name: 'CancelledError' });
  });

  for (const transport of ['undici', 'socket'] as const) {
    it(`when nothing listens (${transport}): broken off, with every failure named`, async () => {
      const url = `http://127.0.0.1:${await freePort()}/`;
      const { result, wallMs } = await runLoad(planFor(url, { stop: LONG, transport }));
      assert.equal(result.state, 'broken-off');
      assert.equal(result.summary.requests, 0);
      assert.deepEqual(Object.keys(result.summary.errors), ['refused']);
      assert.ok(wallMs < 5000, `${wallMs} ms`);
      const { sent, failed, aborted } = result.accounting;
      assert.equal(sent, failed + aborted);
    });

    it(`when nothing listens during the warm-up (${transport})`, async () => {
      const url = `http://127.0.0.1:${await freePort()}/`;
      const warmup = { kind: 'auto', maxMs: 10_000 } as const;
      const { result } = await runLoad(planFor(url, { stop: LONG, transport, warmup }));
      assert.equal(result.state, 'broken-off');
      assert.deepEqual(Object.keys(result.summary.errors), ['refused']);
      assert.ok(codesOf(result.warnings).includes('broken-off'));
    });

    it(`when what answers is not HTTP (${transport})`, async () => {
      const { result } = await runLoad(planFor(server.baseUrl + '/garbage', { stop: LONG, transport }));
      assert.equal(result.state, 'broken-off');
      assert.equal(result.summary.requests, 0);
      const kinds: ErrorKind[] = ['malformed'];
      assert.deepEqual(Object.keys(result.summary.errors), kinds);
    });

    it(`when nothing is ever answered (${transport})`, async () => {
      const plan = planFor(server.baseUrl + '/hang', { stop: LONG, transport, timeoutMs: 300 });
      const { result, wallMs } = await runLoad(plan);
      assert.equal(result.state, 'broken-off');
      assert.deepEqual(Object.keys(result.summary.errors), ['timeout']);
      assert.ok(wallMs < 6000, `${wallMs} ms`);
    });

    it(`on time although nothing was answered until then (${transport})`, async () => {
      const stop = { durationMs: 400, requests: null };
      const { result, wallMs } = await runLoad(planFor(server.baseUrl + '/hang', { stop, transport, timeoutMs: 800 }));
      assert.equal(result.state, 'complete');
      assert.deepEqual(result.summary.errors, { timeout: 4 });
      assert.ok(wallMs < 4000, `${wallMs} ms`);
    });

    it(`when the server dies in the middle (${transport}): broken off, what was measured is kept`, async () => {
      const mortal = await startCountingServer();
      try {
        const { result } = await runLoad(planFor(mortal.baseUrl + '/die/500', { stop: LONG, transport }));
        assert.equal(result.state, 'broken-off');
        assert.ok(result.summary.requests >= 490 && result.summary.requests < 500, String(result.summary.requests));
        assert.ok((result.summary.errors.refused ?? 0) > 0);
        // Each lane loses the request in flight, and a few more connections may be taken by the dying backlog.
        assert.ok((result.summary.errors.reset ?? 0) <= 20, JSON.stringify(result.summary.errors));
        assert.equal(decodeHistogram(result.histogram).count, result.summary.requests);
      } finally {
        await mortal.kill();
      }
    });
  }

  it('when the load generator is killed: interrupted, with what it had reported', async () => {
    let isKilled = false;
    const { result } = await runLoad(
      planFor(server.baseUrl + '/delay/5', { stop: LONG }),
      ({ process: load, snapshot }) => {
        if (isKilled || snapshot.elapsedMs < 1500) return;
        isKilled = true;
        for (const pid of load.pids) process.kill(pid, 'SIGKILL');
      },
    );
    assert.equal(result.state, 'interrupted');
    assert.ok(result.summary.requests > 100);
    assert.ok(result.summary.latencyMs.p50 >= 4);
    assert.equal(decodeHistogram(result.histogram).count, result.summary.requests);
    assert.ok(result.series.requests.length >= 5);
    assert.match(result.warnings[0]?.message ?? '', /SIGKILL/);
    const { sent, warmup, measured, drained, failed, aborted } = result.accounting;
    assert.equal(sent, warmup + measured + drained + failed + aborted);
  });

  it('with an error when the load generator cannot be started', async () => {
    const lines: string[] = [];
    const load = new LoadProcess({ entry: join(process.cwd(), 'no-such-file.js'), log: (line) => lines.push(line) });
    const options = { signal: new AbortController().signal, onSnapshot: () => undefined };
    await assert.rejects(load.run(planFor(server.baseUrl, {}), options), { code: 'loadgen-failed' });
    assert.match(lines.join('\n'), /no-such-file/);
  });

  it('with its process when the parent is killed: no orphan', async () => {
    const parent = spawn(process.execPath, ['--import', 'tsx', 'test/support/loadParent.ts', server.baseUrl + '/ok'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const childPid = Number(line.toString());
    assert.ok(isAlive(childPid));
    parent.kill('SIGKILL');
    // An orphan would stay for the 20 s of its run.
    await until('the load generator ends with its parent', () => !isAlive(childPid), 10_000);
  });
});

describe('a plan is refused', () => {
  const refuse = async (url: string, code: string, change: object = {}): Promise<void> => {
    await assert.rejects(runLoad({ ...planFor(url, {}), ...change }), { code });
  };
  it('when the name does not resolve', () => refuse('http://no-such-host.invalid/', 'dns'));
  it('when the address is not one that was let pass', () =>
    refuse('http://127.0.0.1:9/', 'address-not-allowed', { allowedAddresses: ['10.0.0.1'] }));
  it('when it has no end', () =>
    refuse('http://127.0.0.1:9/', 'bad-profile', {
      profile: planFor('', { stop: { durationMs: null, requests: null } }).profile,
    }));
});
