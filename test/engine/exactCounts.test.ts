import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { TransportName } from '../../src/core/model/loadProfile';
import { startCountingServer, type CountingServer, type ServerCounts } from '../support/countingServer';
import { assertConsistent, countedSince } from '../support/exactness';
import { planFor, runLoad } from '../support/loadRuns';

const TRANSPORTS: readonly TransportName[] = ['undici', 'socket'];

for (const transport of TRANSPORTS) {
  describe(`a counting server agrees exactly with the ${transport} transport`, () => {
    let server: CountingServer;
    let start: ServerCounts;
    const counted = (): Promise<ServerCounts> => countedSince(server, start);
    before(async () => {
      server = await startCountingServer();
    });
    beforeEach(async () => {
      start = await server.counts();
    });
    after(() => server.kill());

    const byCount: readonly (readonly [string, string, number])[] = [
      ['keep-alive', '/ok', 1000],
      ['a body of 100 kB', '/ok/100000', 200],
      ['chunked answers', '/chunked', 500],
      ['a server that closes after each answer', '/close', 300],
      ['several statuses', '/mixed', 300],
      ['one request', '/ok', 1],
      ['fewer requests than connections', '/delay/20', 3],
    ];
    for (const [name, path, requests] of byCount) {
      it(`with a fixed number of requests: ${name}`, async () => {
        const stop = { durationMs: null, requests };
        const { result } = await runLoad(planFor(server.baseUrl + path, { transport, stop }));
        const counts = await counted();
        assertConsistent(result);
        assert.equal(result.state, 'complete');
        assert.deepEqual([result.generator.transport, result.generator.transportReason], [transport, 'asked']);
        assert.equal(result.summary.requests, requests);
        assert.equal(counts.requests, requests);
        assert.deepEqual(result.summary.statuses, counts.statuses);
        assert.equal(result.summary.bytesRead, counts.bytesOut);
        assert.equal(result.summary.bytesWritten, counts.bytesIn);
        assert.equal(result.summary.connectionsOpened, counts.connections);
        assert.deepEqual(result.summary.errors, {});
      });
    }

    it('with a body to send', async () => {
      const plan = planFor(
        server.baseUrl + '/ok',
        { transport, stop: { durationMs: null, requests: 200 } },
        { method: 'POST', headers: [['Content-Type', 'text/plain']], body: { text: 'Grüße, 世界' } },
      );
      const { result } = await runLoad(plan);
      const counts = await counted();
      assert.equal(counts.requests, 200);
      assert.equal(result.summary.bytesWritten, counts.bytesIn);
    });

    it('with pipelining', async () => {
      const model = { kind: 'closed', connections: 2, pipelining: 8 } as const;
      const stop = { durationMs: null, requests: 1000 };
      const { result } = await runLoad(planFor(server.baseUrl + '/ok', { transport, stop, model }));
      const counts = await counted();
      assertConsistent(result);
      assert.equal(result.summary.requests, 1000);
      assert.equal(counts.requests, 1000);
      assert.equal(result.summary.bytesRead, counts.bytesOut);
      assert.equal(result.summary.connectionsOpened, 2);
    });

    it('with a fixed number of requests after a warm-up, which is not in the numbers', async () => {
      const warmup = { kind: 'fixed', durationMs: 300 } as const;
      const stop = { durationMs: null, requests: 200 };
      const { result } = await runLoad(planFor(server.baseUrl + '/delay/5', { transport, stop, warmup }));
      const counts = await counted();
      assertConsistent(result);
      assert.equal(result.summary.requests, 200);
      assert.ok(result.accounting.warmup > 0);
      assert.equal(result.accounting.sent, counts.requests);
      assert.equal(result.accounting.warmup + 200, counts.answers);
    });

    for (const path of ['/ok', '/close', '/bimodal/1/30']) {
      it(`with a fixed time: ${path}`, async () => {
        const stop = { durationMs: 600, requests: null };
        const warmup = { kind: 'fixed', durationMs: 200 } as const;
        const { result } = await runLoad(planFor(server.baseUrl + path, { transport, stop, warmup }));
        const counts = await counted();
        assertConsistent(result);
        const { sent, warmup: warmed, measured, drained, failed, aborted } = result.accounting;
        assert.equal(result.state, 'complete');
        assert.equal(result.summary.durationS, 0.6);
        assert.equal(sent, counts.requests);
        assert.equal(warmed + measured + drained, counts.answers);
        assert.deepEqual([failed, aborted], [0, 0]);
        assert.ok(drained <= 4);
        assert.equal(result.summary.connectionsOpened, counts.connections);
        assert.deepEqual(result.series.tMs, [0, 100, 200, 300, 400, 500]);
      });
    }

    it('when every seventh answer is cut off by a reset', async () => {
      const stop = { durationMs: null, requests: 210 };
      const { result } = await runLoad(planFor(server.baseUrl + '/reset/7', { transport, stop }));
      const counts = await counted();
      assertConsistent(result);
      assert.equal(counts.requests, 210);
      assert.equal(result.summary.requests, counts.answers);
      assert.deepEqual(result.summary.errors, { reset: 210 - counts.answers });
      assert.equal(result.summary.bytesWritten, counts.bytesIn);
      assert.equal(result.summary.connectionsOpened, counts.connections);
    });

    it('when every tenth request is never answered', async () => {
      const stop = { durationMs: null, requests: 50 };
      const { result } = await runLoad(planFor(server.baseUrl + '/hang/10', { transport, stop, timeoutMs: 200 }));
      const counts = await counted();
      assertConsistent(result);
      assert.equal(counts.requests, 50);
      assert.equal(result.summary.requests, counts.answers);
      assert.deepEqual(result.summary.errors, { timeout: 50 - counts.answers });
      assert.equal(result.summary.bytesWritten, counts.bytesIn);
      assert.equal(result.summary.bytesRead, counts.bytesOut);
    });

    it('and an answer that trickles past the time limit is a timeout', async () => {
      const stop = { durationMs: null, requests: 4 };
      const { result } = await runLoad(planFor(server.baseUrl + '/trickle/20', { transport, stop, timeoutMs: 300 }));
      assertConsistent(result);
      assert.deepEqual(result.summary.errors, { timeout: 4 });
    });
  });
}
