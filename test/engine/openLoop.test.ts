import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startCountingServer, type CountingServer } from '../support/countingServer';
import { planFor, runLoad } from '../support/loadRuns';

describe('open loop', () => {
  let server: CountingServer;
  before(async () => {
    server = await startCountingServer();
  });
  after(() => server.kill());

  for (const arrivals of ['constant', 'poisson'] as const) {
    it(`sends at the rate asked for, whatever the answers do (${arrivals})`, async () => {
      const model = { kind: 'open', ratePerS: 400, arrivals, maxConnections: 50 } as const;
      const stop = { durationMs: 2000, requests: null };
      const before = (await server.counts()).requests;
      const { result } = await runLoad(planFor(server.baseUrl + '/delay/20', { model, stop }));
      const seen = (await server.counts()).requests - before;
      const { sent, measured, drained, failed, aborted } = result.accounting;
      assert.equal(sent, seen);
      assert.equal(sent, measured + drained + failed + aborted);
      // Poisson: four standard deviations of 800 arrivals. Fewer when a busy machine stops the generator at the end.
      const allowed = arrivals === 'constant' ? 1 : 4 * Math.sqrt(800);
      assert.ok(sent <= 800 + allowed && sent >= 760 - allowed, `${sent} sent`);
      assert.ok(result.generator.latenessUs);
      assert.ok(result.summary.correctedLatencyMs);
      assert.ok(result.summary.correctedLatencyMs.p50 >= 19);
    });
  }

  it('with a fixed number of requests sends exactly as many', async () => {
    const model = { kind: 'open', ratePerS: 500, arrivals: 'constant', maxConnections: 10 } as const;
    const stop = { durationMs: null, requests: 300 };
    const before = (await server.counts()).requests;
    const { result } = await runLoad(planFor(server.baseUrl + '/ok', { model, stop }));
    assert.equal((await server.counts()).requests - before, 300);
    assert.equal(result.summary.requests, 300);
  });

  it('shows the wait that closed loop hides: latency counts from the due time', async () => {
    const model = { kind: 'open', ratePerS: 200, arrivals: 'constant', maxConnections: 1 } as const;
    const stop = { durationMs: 1500, requests: null };
    const { result } = await runLoad(planFor(server.baseUrl + '/delay/10', { model, stop }));
    // One connection answers fewer than 100 of the 200 a second: the backlog grows to more than half of the run.
    const { latencyMs, correctedLatencyMs } = result.summary;
    assert.ok(correctedLatencyMs && correctedLatencyMs.max > 500, `max ${correctedLatencyMs?.max ?? 0}`);
    assert.ok(
      correctedLatencyMs.p50 > 3 * latencyMs.p50,
      `${correctedLatencyMs.p50} from due, ${latencyMs.p50} from send`,
    );
    const warning = result.warnings.find(({ code }) => code === 'rate-not-reached');
    assert.match(warning?.message ?? '', /were never sent/);
  });
});
