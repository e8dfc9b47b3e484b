import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { LoadModel, LoadStage, TransportName } from '../../src/core/model/loadProfile';
import { levelAt, peakLevel, stagesMs } from '../../src/core/plan/stages';
import { decodeHistogram } from '../../src/core/stats/histogram';
import { startCountingServer, type CountingServer } from '../support/countingServer';
import { planFor, runLoad, type TestRun } from '../support/loadRuns';
import { dueInStage } from '../support/dueInStage';

/** How far a busy machine may put an event off; opening a connection takes its turn in two processes. */
const LATE_MS = 300;
const LATE_TO_OPEN_MS = 500;
/** A machine that is busier than that gets another try: what it does to the times says nothing about the load. */
const TRIES = 3;

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function run(url: string, model: LoadModel, transport: TransportName = 'socket', threads = 1): Promise<TestRun> {
  const stop = { durationMs: stagesMs(model.stages ?? []), requests: null };
  return runLoad(planFor(url, { model, stop, transport, threads }));
}

const RATES: readonly LoadStage[] = [
  { durationMs: 500, from: 200, to: 200 },
  { durationMs: 1000, from: 200, to: 600 },
  { durationMs: 500, from: 600, to: 600 },
  { durationMs: 500, from: 100, to: 0 },
];
const DUE = RATES.map(dueInStage);

describe('stages of an open loop', () => {
  let server: CountingServer;
  before(async () => {
    server = await startCountingServer();
  });
  after(() => server.kill());

  const model = { kind: 'open', ratePerS: 600, arrivals: 'constant', maxConnections: 40, stages: RATES } as const;

  it('send exactly as many requests as lie below the rate, each when it is due', async () => {
    const earlier = (await server.counts()).requests;
    const { result } = await run(server.baseUrl + '/ok', model);
    const { requestsAtMs } = await server.timeline();
    const arrivals = requestsAtMs.slice(earlier);
    assert.deepEqual(DUE, [100, 400, 300, 25]);
    assert.equal(arrivals.length, 825);
    assert.equal(result.accounting.sent, 825);
    assert.deepEqual(
      result.stages?.map(({ due }) => due),
      DUE,
    );
    // The first is due where the area below 200 a second is one half.
    const startMs = (arrivals[0] ?? 0) - 2.5;
    for (let ms = 100; ms <= 2400; ms += 100) {
      const seen = arrivals.filter((atMs) => atMs - startMs <= ms).length;
      assert.ok(
        seen >= areaUntil(ms - LATE_MS) - 1 && seen <= areaUntil(ms + LATE_MS) + 1,
        `${seen} requests after ${ms} ms, ${areaUntil(ms)} were due`,
      );
    }
  });

  it('are summed up one by one, together they are the run, and Poisson arrivals follow them by chance', async () => {
    const { result } = await run(server.baseUrl + '/delay/3', { ...model, arrivals: 'poisson' }, 'socket', 2);
    const stages = result.stages ?? [];
    assert.deepEqual(
      stages.map(({ startMs, durationMs, from, to }) => [startMs, durationMs, from, to]),
      [
        [0, 500, 200, 200],
        [500, 1000, 200, 600],
        [1500, 500, 600, 600],
        [2000, 500, 100, 0],
      ],
    );
    assert.equal(sum(stages.map(({ requests }) => requests)), result.summary.requests);
    for (const { requests, histogram, latencyMs, correctedLatencyMs, throughputRps, durationMs } of stages) {
      assert.equal(decodeHistogram(histogram).count, requests);
      assert.ok(latencyMs.p50 >= 2.5 && correctedLatencyMs && correctedLatencyMs.p50 >= latencyMs.min);
      assert.equal(throughputRps, requests / (durationMs / 1000));
    }
    stages.forEach(({ due = 0 }, index) => {
      const expected = DUE[index] ?? 0;
      assert.ok(Math.abs(due - expected) <= 5 * Math.sqrt(expected), `${due} due, ${expected} expected`);
    });
    const counted = decodeHistogram(result.histogram);
    assert.equal(counted.count, result.summary.requests);
    assert.equal(Math.max(...stages.map(({ latencyMs }) => latencyMs.max)), result.summary.latencyMs.max);
  });

  it('say which of them asked for more than the server could take', async () => {
    const stages = [
      { durationMs: 500, from: 20, to: 20 },
      { durationMs: 500, from: 400, to: 400 },
    ];
    const { result } = await run(server.baseUrl + '/delay/10', { ...model, maxConnections: 1, ratePerS: 400, stages });
    const [first, second] = result.stages ?? [];
    assert.deepEqual([first?.due, first?.sent, second?.due], [10, 10, 200]);
    assert.ok(second?.sent !== undefined && second.sent < 60, `${second?.sent} sent`);
    const told = result.warnings.filter(({ code }) => code === 'stage-rate-not-reached');
    assert.equal(told.length, 1);
    assert.match(told[0]?.message ?? '', /^In stage 2 \(400 requests per second for 0.5 s\) only \d+ of 200/);
  });

  it('that were not reached before a cancel are left out, and the last one is as long as it lasted', async () => {
    const stop = { durationMs: stagesMs(RATES), requests: null };
    const { result } = await runLoad(planFor(server.baseUrl + '/ok', { model, stop }), ({ abort, snapshot }) => {
      if (snapshot.elapsedMs > 700) abort();
    });
    assert.equal(result.state, 'cancelled');
    const reached = result.stages ?? [];
    assert.equal(reached.length, 2);
    assert.ok(reached[1] && reached[1].durationMs < 1000);
    assert.equal(sum(reached.map(({ requests }) => requests)), result.summary.requests);
  });
});

describe('stages of a closed loop', { concurrency: true }, () => {
  const stages: readonly LoadStage[] = [
    { durationMs: 500, from: 2, to: 2 },
    { durationMs: 1000, from: 2, to: 20 },
    { durationMs: 500, from: 20, to: 20 },
    { durationMs: 800, from: 20, to: 4 },
    { durationMs: 1000, from: 4, to: 4 },
  ];
  const model = { kind: 'closed', connections: peakLevel(stages), pipelining: 1, stages } as const;

  for (const [transport, threads] of [
    ['socket', 1],
    ['undici', 1],
    ['socket', 3],
  ] as const) {
    it(`hold as many connections as they say, up and down (${transport}, threads: ${threads})`, async (test) => {
      let wrong: readonly string[] = [];
      for (let turn = 1; turn <= TRIES; turn++) {
        wrong = await followStages(transport, threads);
        if (wrong.length === 0) return;
        test.diagnostic(`run ${turn}: ${wrong[0] ?? ''}`);
      }
      assert.fail(wrong.join('; '));
    });
  }

  /** Fails where a request is counted wrongly; answers with the moments at which too many or too few connections were open. */
  async function followStages(transport: TransportName, threads: number): Promise<readonly string[]> {
    const server = await startCountingServer();
    try {
      const { result } = await run(server.baseUrl + '/delay/20', model, transport, threads);
      const { requestsAtMs, openAtMs } = await server.timeline();
      assert.equal(result.accounting.sent, (await server.counts()).requests);
      assert.equal(sum(result.stages?.map(({ requests }) => requests) ?? []), result.summary.requests);
      const most = Math.max(...openAtMs.map(([, open]) => open));
      assert.ok(most <= 20, `${most} open`);
      const wrong = most < 20 ? [`${most} open at most`] : [];
      const startMs = requestsAtMs[0] ?? 0;
      // The first request may come late, and then the end comes early.
      for (let ms = 300; ms <= 3200; ms += 100) {
        const open = openAtMs.filter(([atMs]) => atMs - startMs <= ms).at(-1)?.[1] ?? 0;
        const near = [ms - LATE_TO_OPEN_MS, ms, ms + LATE_TO_OPEN_MS].map((each) => Math.floor(levelAt(stages, each)));
        if (open < Math.min(...near) || open > Math.max(...near)) {
          wrong.push(`${open} open after ${ms} ms, ${near.join(', ')} wanted`);
        }
      }
      const [low, , high] = result.stages ?? [];
      if (!low || !high || high.throughputRps <= 2 * low.throughputRps) wrong.push('no more with many than with few');
      return wrong;
    } finally {
      await server.kill();
    }
  }
});

/** Requests due until a moment of `RATES`. */
function areaUntil(ms: number): number {
  let startMs = 0;
  let area = 0;
  for (const stage of RATES) {
    const spent = Math.min(stage.durationMs, Math.max(0, ms - startMs));
    const level = stage.from + ((stage.to - stage.from) * spent) / stage.durationMs;
    area += dueInStage({ durationMs: spent, from: stage.from, to: level });
    startMs += stage.durationMs;
  }
  return area;
}
