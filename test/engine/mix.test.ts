import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { LoadProfile, TransportName } from '../../src/core/model/loadProfile';
import type { MixPlan, MixResult, PlannedMixRequest } from '../../src/core/model/mix';
import type { RequestTemplate } from '../../src/core/model/request';
import type { LoadResult } from '../../src/core/model/runPlan';
import { MixChoice } from '../../src/core/plan/mixChoice';
import { decodeHistogram } from '../../src/core/stats/histogram';
import { assertConsistent } from '../support/exactness';
import { planFor, runLoad } from '../support/loadRuns';
import { RouteServer, type Route } from '../support/routeServer';

const SLOW_MS = 30;
const COUNT = 400;
const ROUTES: Readonly<Record<string, Route>> = {
  '/fast': { body: 'quick' },
  '/slow': { body: 'x'.repeat(3000), delayMs: SLOW_MS },
  '/broken': { status: 500, body: 'no' },
  '/posted': { body: 'taken' },
};
const PATHS = ['/fast', '/slow', '/broken'];
const WEIGHTS = [6, 3, 1];

describe('a mix of requests', () => {
  let server: RouteServer;
  let baseUrl = '';
  before(async () => {
    server = new RouteServer(ROUTES);
    baseUrl = await server.listen();
  });
  beforeEach(() => server.reset());
  after(() => server.close());

  const entry = (path: string, weight: number, more: Partial<RequestTemplate> = {}): PlannedMixRequest => ({
    name: `${more.method ?? 'GET'} ${path}`,
    weight,
    request: { method: 'GET', url: baseUrl + path, headers: [], body: null, ...more },
  });
  const threeRoutes = (): PlannedMixRequest[] => PATHS.map((path, index) => entry(path, WEIGHTS[index] ?? 0));
  const run = async (profile: Partial<LoadProfile>, requests = threeRoutes(), seed = 5) => {
    const mix: MixPlan = { requests, seed };
    const { result } = await runLoad({ ...planFor(baseUrl + '/fast', { timeoutMs: 20_000, ...profile }), mix });
    assertConsistent(result);
    assertAddsUp(result);
    return { result, mix, each: result.mix ?? [] };
  };

  for (const transport of ['socket', 'undici'] satisfies readonly TransportName[]) {
    it(`is counted for each route exactly as the server counts it (${transport})`, async () => {
      const { each, mix, result } = await run({ transport, stop: { durationMs: null, requests: COUNT } });
      const wanted = countDraws(mix, COUNT);
      for (const [index, path] of PATHS.entries()) {
        const counts = server.counts.get(path);
        const { sent, requests, statuses, errors, bytesRead, bytesWritten, answers } = resultAt(each, index);
        assert.deepEqual([sent, requests], [counts?.requests, counts?.requests], path);
        assert.equal(requests, wanted[index], 'as often as the seed draws it');
        assert.deepEqual(statuses, { [path === '/broken' ? 500 : 200]: requests });
        assert.deepEqual(errors, {});
        assert.deepEqual([bytesRead, bytesWritten], [counts?.bytesOut, counts?.bytesIn]);
        const size = ROUTES[path]?.body?.length;
        const { min, max, distinct } = answers.bodyBytes;
        assert.deepEqual([min, max, distinct, answers.bodiesVary], [size, size, 1, false]);
        assert.deepEqual(answers.contentTypes, ['text/plain']);
      }
      const distance = each.reduce((sum, { requests }, index) => {
        const expected = (COUNT * (WEIGHTS[index] ?? 0)) / 10;
        return sum + (requests - expected) ** 2 / expected;
      }, 0);
      // 99.9 % of chi-square with two degrees of freedom; the seed is fixed, so that this holds always or never.
      assert.ok(distance < 13.8, `shares are off: ${distance}`);
      const [fast, slow] = [resultAt(each, 0), resultAt(each, 1)];
      assert.ok(slow.latencyMs.min >= SLOW_MS - 2, `slow from ${slow.latencyMs.min} ms`);
      assert.ok(fast.latencyMs.min < slow.latencyMs.min && fast.latencyMs.p50 < slow.latencyMs.p50);
      assert.ok(result.warnings.some(({ code, message }) => code === 'mix-errors' && message.includes('GET /broken')));
      assert.ok(result.warnings.every(({ code }) => code !== 'mixed-status'));
    });
  }

  it('goes out in the sequence of its seed', async () => {
    const model = { kind: 'closed', connections: 1, pipelining: 1 } as const;
    const { mix } = await run({ model, stop: { durationMs: null, requests: 60 } });
    const choice = new MixChoice(mix);
    assert.deepEqual(
      server.paths,
      Array.from({ length: 60 }, () => PATHS[choice.next()]),
    );
  });

  it('adds up over threads, each with draws of its own', async () => {
    const { each, mix, result } = await run({ threads: 2, stop: { durationMs: null, requests: 400 } });
    assert.equal(result.generator.threads, 2);
    const [first, second] = [0, 1].map((index) => countDraws({ ...mix, share: { index, count: 2 } }, 200));
    for (const [index, path] of PATHS.entries()) {
      assert.equal(resultAt(each, index).requests, (first?.[index] ?? 0) + (second?.[index] ?? 0));
      assert.equal(resultAt(each, index).requests, server.counts.get(path)?.requests);
    }
  });

  it('keeps requests with a body, HEAD and pipelining apart', async () => {
    const model = { kind: 'closed', connections: 2, pipelining: 8 } as const;
    const requests = [
      entry('/fast', 1),
      entry('/fast?head', 1, { method: 'HEAD' }),
      entry('/posted', 1, { method: 'POST', body: { text: 'Grüße' } }),
    ];
    const { each } = await run({ model, transport: 'socket', stop: { durationMs: null, requests: 900 } }, requests);
    for (const [index, path] of ['/fast', '/fast?head', '/posted'].entries()) {
      const counts = server.counts.get(path);
      const { requests: count, bytesRead, bytesWritten, answers } = resultAt(each, index);
      assert.deepEqual([count, bytesRead, bytesWritten], [counts?.requests, counts?.bytesOut, counts?.bytesIn], path);
      assert.equal(answers.bodyBytes.max, path === '/fast?head' ? 0 : 5);
    }
  });

  it('counts warm-up, and what was under way at the end, for nobody but the sum of what was sent', async () => {
    const { each } = await run({
      stop: { durationMs: 500, requests: null },
      warmup: { kind: 'fixed', durationMs: 200 },
    });
    for (const [index, path] of PATHS.entries()) {
      const { sent, requests } = resultAt(each, index);
      assert.equal(sent, server.counts.get(path)?.requests);
      assert.ok(requests < sent);
    }
  });

  it('has latencies from the due time in an open loop, and goes on through stages', async () => {
    const stages = [
      { durationMs: 300, from: 50, to: 50 },
      { durationMs: 300, from: 50, to: 150 },
    ];
    const model = { kind: 'open', ratePerS: 150, arrivals: 'constant', maxConnections: 64, stages } as const;
    const { each, result } = await run({ model, stop: { durationMs: 600, requests: null } });
    const slow = resultAt(each, 1);
    assert.equal(result.stages?.length, 2);
    assert.ok(slow.requests > 0);
    assert.ok((slow.correctedLatencyMs?.min ?? 0) >= SLOW_MS - 2);
  });

  it('feeds and checks each request by itself', async () => {
    const requests: PlannedMixRequest[] = [
      {
        ...entry('/fast?id={id}', 1),
        feeds: {
          feeds: [{ name: 'id', source: '1..5', values: { kind: 'range', from: 1, to: 5 } }],
          order: 'cycle',
          seed: 1,
        },
      },
      { ...entry('/posted', 1), checks: { bodyContains: ['not there'] } },
    ];
    const { each, result, mix } = await run({ stop: { durationMs: null, requests: 100 } }, requests);
    const [fed = 0, checked = 0] = countDraws(mix, 100);
    const ids = [1, 2, 3, 4, 5].map((id) => server.counts.get(`/fast?id=${id}`)?.requests ?? 0);
    assert.equal(
      ids.reduce((sum, count) => sum + count, 0),
      fed,
    );
    assert.ok(Math.max(...ids) - Math.min(...ids) <= 1, 'every value in turn');
    assert.deepEqual([resultAt(each, 0).requests, resultAt(each, 0).errors], [fed, {}]);
    assert.deepEqual([resultAt(each, 1).requests, resultAt(each, 1).errors], [0, { check: checked }]);
    assert.equal(resultAt(each, 1).answers.failedChecks[0]?.count, checked);
    assert.deepEqual(resultAt(each, 0).answers.failedChecks, []);
    assert.deepEqual(result.summary.errors, { check: checked });
  });

  it('blames the request that got no answer', async () => {
    const stuck = new RouteServer({ '/fast': {}, '/slow': { delayMs: 60_000 } });
    const url = await stuck.listen();
    try {
      const requests = ['/fast', '/slow'].map((path) => ({
        ...entry(path, 1),
        request: { ...entry(path, 1).request, url: url + path },
      }));
      const plan = planFor(url + '/fast', { timeoutMs: 1500, stop: { durationMs: null, requests: 16 } });
      const { result } = await runLoad({ ...plan, mix: { requests, seed: 3 } });
      assertAddsUp(result);
      const [fast, slow] = [0, 1].map((index) => resultAt(result.mix ?? [], index));
      assert.deepEqual([fast?.errors, slow?.requests], [{}, 0]);
      assert.ok((fast?.requests ?? 0) > 0 && (slow?.errors.timeout ?? 0) > 0);
    } finally {
      stuck.close();
    }
  });

  it('is refused when its requests go to two servers', async () => {
    const other = entry('/fast', 1);
    const requests = [
      entry('/fast', 1),
      { ...other, name: 'GET /far', request: { ...other.request, url: 'http://127.0.0.1:1/far' } },
    ];
    await assert.rejects(run({ stop: { durationMs: null, requests: 1 } }, requests), /one server: "GET \/far"/);
    assert.deepEqual(server.paths, []);
  });
});

/** What all requests of a mix got is what the run got. */
function assertAddsUp({ summary, accounting, mix = [] }: LoadResult): void {
  const total = (read: (each: MixResult) => number): number => mix.reduce((sum, each) => sum + read(each), 0);
  assert.equal(
    total(({ sent }) => sent),
    accounting.sent,
  );
  assert.equal(
    total(({ requests }) => requests),
    summary.requests,
  );
  assert.equal(
    total(({ bytesRead }) => bytesRead),
    summary.bytesRead,
  );
  assert.equal(
    total(({ bytesWritten }) => bytesWritten),
    summary.bytesWritten,
  );
  assert.equal(
    total(({ histogram }) => decodeHistogram(histogram).count),
    summary.requests,
  );
  for (const [status, count] of Object.entries(summary.statuses)) {
    assert.equal(
      total(({ statuses }) => statuses[status] ?? 0),
      count,
    );
  }
  for (const [kind, count] of Object.entries(summary.errors)) {
    assert.equal(
      total(({ errors }) => (errors as Record<string, number>)[kind] ?? 0),
      count,
    );
  }
}

function countDraws(mix: MixPlan, times: number): number[] {
  const choice = new MixChoice(mix);
  const counts = mix.requests.map(() => 0);
  for (let draw = 0; draw < times; draw++) {
    const item = choice.next();
    counts[item] = (counts[item] ?? 0) + 1;
  }
  return counts;
}

function resultAt(each: readonly MixResult[], index: number): MixResult {
  const result = each[index];
  assert.ok(result, `no result ${index}`);
  return result;
}
