import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { decodeHistogram } from '../../src/core/stats/histogram';
import { LoadRun } from '../../src/loadgen/loadRun';
import { LoadPart } from '../../src/loadgen/phases';
import { nowUs } from '../../src/loadgen/transport/clock';
import { startCountingServer, type CountingServer, type ServerCounts } from '../support/countingServer';
import { assertConsistent, countedSince } from '../support/exactness';
import { planFor, runLoad } from '../support/loadRuns';

const EIGHT = { kind: 'closed', connections: 8, pipelining: 1 } as const;

function stopAt(metric: 'throughput' | 'p50', halfWidth: number, durationMs: number) {
  return { durationMs, requests: null, precision: { metric, halfWidth, minMs: 1000 } } as const;
}

describe('a run that ends by precision', () => {
  let server: CountingServer;
  let start: ServerCounts;
  before(async () => {
    server = await startCountingServer();
    start = await server.counts();
  });
  after(() => server.kill());

  for (const threads of [1, 2]) {
    it(`stops early on a steady server, and loses nothing (threads: ${threads})`, async () => {
      const plan = planFor(server.baseUrl + '/delay/20', { model: EIGHT, threads, stop: stopAt('p50', 0.5, 15_000) });
      const { result, snapshots } = await runLoad(plan);
      const counts = await countedSince(server, start);
      start = await server.counts();
      assertConsistent(result);
      assert.equal(result.state, 'complete');
      assert.equal(result.precision?.isReached, true);
      assert.ok((result.precision.reached ?? 1) <= 0.5);
      assert.ok(result.summary.durationS >= 1 && result.summary.durationS < 12, `${result.summary.durationS} s`);
      assert.equal(result.accounting.sent, counts.requests);
      assert.equal(result.accounting.measured + result.accounting.drained, counts.answers);
      assert.ok(snapshots.some(({ phase }) => phase === 'drain'));
      assert.ok(!result.warnings.some(({ code }) => code === 'precision-not-reached'));
    });
  }

  it('tells threads that answer slowly early enough, so that all end at one moment and not one request is counted after it', async () => {
    const told: { endUs: number; heardUs: number; lastPollEndUs: number; lastPollUs: number }[] = [];
    const before = await server.counts();
    const run = new LoadRun({
      plan: planFor(server.baseUrl + '/delay/5', { model: EIGHT, threads: 2, stop: stopAt('p50', 0.5, 15_000) }),
      address: '127.0.0.1',
      cores: 4,
      maySpin: () => false,
      readIdleMs: () => 0,
      createPart: () => assert.fail('two threads were asked for'),
      createThread: (setup, events) => {
        const part = new LoadPart(setup, Math.random, events);
        const [poll, drain] = [part.poll.bind(part), part.drain.bind(part)];
        let last = { endUs: 0, tookUs: 0 };
        part.poll = async (withHistograms) => {
          const startUs = nowUs();
          // A thread that is busy for so long before it hears anything.
          await new Promise((resolve) => setTimeout(resolve, 40));
          const report = await poll(withHistograms);
          last = { endUs: nowUs(), tookUs: nowUs() - startUs };
          return report;
        };
        part.drain = (endUs) => {
          const { endUs: lastPollEndUs, tookUs: lastPollUs } = last;
          setTimeout(() => {
            told.push({ endUs, heardUs: nowUs(), lastPollEndUs, lastPollUs });
            drain(endUs);
          }, 40);
        };
        return part;
      },
      onSnapshot: () => undefined,
      onCheckpoint: () => undefined,
    });
    const result = await run.run();
    assertConsistent(result);
    assert.equal(result.precision?.isReached, true);
    assert.equal(result.accounting.sent, (await countedSince(server, before)).requests);
    assert.equal(decodeHistogram(result.histogram).count, result.summary.requests);
    assert.equal(told.length, 2);
    assert.equal(told[0]?.endUs, told[1]?.endUs);
    for (const { endUs, lastPollEndUs, lastPollUs } of told) {
      assert.ok(endUs - lastPollEndUs >= 2 * lastPollUs, `${endUs - lastPollEndUs} µs ahead of ${lastPollUs} µs`);
    }
  });

  it('goes to its longest duration on a server whose pace changes, and says so', async () => {
    const moody: Server = createServer((_request, response) => {
      const isSlow = Math.floor(performance.now() / 1100) % 2 === 0;
      setTimeout(() => response.end('ok'), isSlow ? 60 : 3);
    }).listen(0, '127.0.0.1');
    await once(moody, 'listening');
    const address = moody.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
    try {
      const { result } = await runLoad(planFor(url, { model: EIGHT, stop: stopAt('throughput', 0.02, 3500) }));
      assert.equal(result.state, 'complete');
      assert.equal(result.summary.durationS, 3.5);
      assert.equal(result.precision?.isReached, false);
      assert.ok((result.precision.reached ?? 0) > 0.02);
      assert.equal(decodeHistogram(result.histogram).count, result.summary.requests);
      const warning = result.warnings.find(({ code }) => code === 'precision-not-reached');
      assert.match(warning?.message ?? '', /Throughput after 3\.5 s: known to ± .* only, not to ± 2\.0 %/);
    } finally {
      moody.closeAllConnections();
      moody.close();
    }
  });

  it('is refused without a longest duration', () =>
    assert.rejects(
      runLoad(planFor(server.baseUrl, { stop: { ...stopAt('p50', 0.1, 1), durationMs: null, requests: 5 } })),
      { code: 'bad-profile' },
    ));
});
