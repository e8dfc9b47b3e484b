import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareRuns, compareWithHistory } from '../../../src/core/compare/compareRuns';
import { formatComparisonMarkdown, formatComparisonText } from '../../../src/core/compare/comparisonReport';
import { decideSession } from '../../../src/core/compare/decideSession';
import { createRng } from '../../../src/core/stats/rng';
import type { Run } from '../../../src/core/model/run';
import { sampleRun } from '../../support/sampleRun';
import { SESSION, sessionRounds } from './sessions';

/** A run of ten seconds at `rps` requests a second with a median of 16 connections' worth. */
function run(rps: number, changes: Partial<Run> = {}): Run {
  const ms = 16_000 / rps;
  const latency = {
    min: ms / 2,
    mean: ms,
    stdev: 1,
    p50: ms,
    p75: ms,
    p90: ms * 1.2,
    p95: ms * 1.3,
    p99: ms * 2,
    p999: ms * 4,
    p9999: ms * 5,
    max: ms * 6,
  };
  const requests = rps * 10;
  return {
    schemaVersion: 1,
    id: 'r',
    startedAt: '2025-01-01T00:00:00.000Z',
    state: 'complete',
    endpoint: null,
    target: { name: 'local', baseUrl: 'http://127.0.0.1:8000' },
    request: { method: 'GET', url: 'http://127.0.0.1:8000/author/1', headers: [], body: null },
    values: null,
    profile: {
      model: { kind: 'closed', connections: 16, pipelining: 1 },
      stop: { durationMs: 10_000, requests: null },
      warmup: { kind: 'auto', maxMs: 5000 },
      timeoutMs: 5000,
      transport: 'auto',
      threads: 'auto',
      http2: false,
      insecureTls: false,
    },
    environment: {
      cpuModel: 'CPU',
      cores: 8,
      memoryMB: 16_000,
      os: 'Linux 6',
      nodeVersion: '20.20.0',
      profilerVersion: '0.1.0',
      commit: null,
      dirty: null,
    },
    summary: {
      requests,
      durationS: 10,
      throughputRps: rps,
      latencyMs: latency,
      statuses: { '200': requests },
      errors: {},
      bytesRead: requests * 300,
      bytesWritten: requests * 80,
      connectionsOpened: 16,
    },
    accounting: { sent: requests, warmup: 0, measured: requests, drained: 0, failed: 0, aborted: 0 },
    warmup: { durationMs: 2000, steady: true },
    generator: {
      cpuPercent: 10,
      eventLoopUtilization: 0.1,
      saturated: false,
      latenessUs: null,
      transport: 'socket',
      threads: 1,
    },
    server: null,
    series: {
      intervalMs: 1000,
      tMs: Array.from({ length: 10 }, (_, i) => 1000 * i),
      requests: Array.from({ length: 10 }, (_, i) => rps + (i % 2)),
      errors: [],
      p50Ms: [],
      p99Ms: [],
      bytesRead: [],
    },
    histogram: '',
    warnings: [],
    ...changes,
  };
}

describe('two stored runs', () => {
  it('cannot support a claim of five per cent, and say what could', () => {
    const comparison = compareRuns(run(1000), run(950));
    assert.equal(comparison.verdict, 'inconclusive');
    assert.equal(comparison.kind, 'history');
    assert.match(comparison.headline, /^Within the spread between sessions: requests a second 5 % less \(95 %: −/);
    assert.ok(comparison.details.some((sentence) => sentence.includes('side by side')));
    assert.ok(comparison.smallestDetectable! > 0.15 && comparison.smallestDetectable! < 0.3);
  });

  it('support a claim of half the speed, marked as coming from history', () => {
    const comparison = compareRuns(run(1000), run(600), { before: 'Monday', after: 'now' });
    assert.equal(comparison.verdict, 'slower');
    assert.equal(comparison.regression, true);
    assert.match(comparison.headline, /^40 % slower than Monday \(95 %: .*\), from history$/);
    assert.equal(compareRuns(run(600), run(1000)).verdict, 'faster');
  });

  it('never yield "no difference", however equal they look', () => {
    assert.equal(compareRuns(run(1000), run(1000)).verdict, 'inconclusive');
  });

  it('get a narrower interval from more stored runs of the same code', () => {
    const width = (comparison: ReturnType<typeof compareRuns>) =>
      comparison.metrics[0]!.high! - comparison.metrics[0]!.low!;
    const five = [run(1000), run(1010), run(990), run(1005), run(1000)] as const;
    const labels = { before: 'HEAD', after: 'now' };
    assert.ok(width(compareWithHistory(five, run(900), labels)) < 0.7 * width(compareRuns(run(1000), run(900))));
  });

  it('are refused from another machine, load or generator, with the numbers still shown', () => {
    const { environment, profile, generator } = run(1);
    const others: [Partial<Run>, string, RegExp][] = [
      [{ environment: { ...environment, cpuModel: 'Other' } }, 'other-machine', /processor \(CPU, then Other\)/],
      [{ environment: { ...environment, nodeVersion: '22.1.0' } }, 'other-machine', /Node\.js version/],
      [
        { profile: { ...profile, model: { kind: 'closed', connections: 64, pipelining: 1 } } },
        'other-load',
        /16 connections, then 64/,
      ],
      [
        {
          profile: {
            ...profile,
            model: { kind: 'closed', connections: 16, pipelining: 1, stages: [{ durationMs: 9000, from: 1, to: 16 }] },
          },
        },
        'other-load',
        /16 connections, then 16 connections in stages \(9 s 1 to 16\)/,
      ],
      [{ generator: { ...generator, threads: 2 } }, 'other-machine', /socket, 1 thread, then socket, 2 threads/],
      [{ state: 'broken-off' }, 'broken-off', /nearly every request failed/],
    ];
    for (const [change, code, text] of others) {
      const comparison = compareRuns(run(1000), run(400, change));
      assert.equal(comparison.verdict, 'inconclusive', code);
      assert.equal(comparison.blocker?.code, code);
      assert.match(comparison.headline, text);
      assert.ok(Math.abs(comparison.metrics[0]!.ratio - 0.4) < 1e-9);
      assert.ok(comparison.metrics.every(({ verdict }) => verdict === 'inconclusive'));
    }
  });

  it('show failures and other answers before any speed', () => {
    const base = run(2000);
    const failing = run(2000, { summary: { ...base.summary, errors: { timeout: 400 } } });
    assert.equal(compareRuns(run(1000), failing).blocker?.code, 'more-failures');
    assert.equal(compareRuns(run(1000), failing).regression, true);
    const other = run(2000, { summary: { ...base.summary, statuses: { '404': 20_000 } } });
    assert.match(compareRuns(run(1000), other).headline, /^after answers 404 to 100 % of the requests/);
    const smaller = run(2000, { summary: { ...base.summary, bytesRead: 20_000 * 264 } });
    assert.match(compareRuns(run(1000), smaller).headline, /12 % smaller/);
  });

  it('are compared with a warning when the request or the conditions differ', () => {
    const { request, generator } = run(1);
    const codes = (changes: Partial<Run>) =>
      compareRuns(run(1000), run(1000, changes)).warnings.map(({ code }) => code);
    assert.deepEqual(codes({}), []);
    assert.deepEqual(codes({ request: { ...request, url: 'http://127.0.0.1:9000/author/1' } }), []);
    assert.deepEqual(codes({ request: { ...request, url: 'http://127.0.0.1:8000/author/2' } }), ['other-request']);
    assert.deepEqual(codes({ state: 'cancelled' }), ['partial']);
    assert.deepEqual(codes({ generator: { ...generator, saturated: true } }), ['generator-limit']);
    assert.deepEqual(codes({ warnings: [{ code: 'on-battery', message: 'The computer ran on battery.' }] }), [
      'on-battery',
    ]);
  });

  it('under an open load are judged by latency, not by the rate that was set', () => {
    const profile = {
      ...run(1).profile,
      model: { kind: 'open', ratePerS: 500, arrivals: 'constant', maxConnections: 64 } as const,
    };
    const comparison = compareRuns(run(1000, { profile }), run(500, { profile }));
    assert.equal(comparison.primary, 'p50');
    assert.equal(comparison.verdict, 'slower');
    assert.match(comparison.headline, /^Median latency 100 % longer/);
  });
});

describe('the report', () => {
  const session = decideSession(sessionRounds(createRng(1), 3, 1.12, 0.01), {
    ...SESSION,
    labels: { before: 'fix|`x`<img>@all', after: 'working tree' },
    warnings: [{ code: 'x', message: 'red \u001b[31m text' }],
  });

  it('aligns a table under the verdict for a terminal and passes no escape sequences on', () => {
    const lines = formatComparisonText(session).split('\n');
    assert.match(lines[0]!, /^▲ 1[12].* % faster than fix\|`x`<img>@all \(95 %: .*\)\.$/);
    assert.ok(
      lines.some((line) =>
        /^Requests a second +[\d,]+ +[\d,]+ +\d.*faster +\d.* to .* % +▲ clearly better$/.test(line),
      ),
    );
    assert.ok(!lines.join('').includes('\u001b'));
  });

  it('cannot be made to hold markup, mentions or more cells by a branch name', () => {
    const markdown = formatComparisonMarkdown(session);
    assert.match(markdown, /^\*\*▲ /);
    const head = markdown.split('\n').find((line) => line.startsWith('| '))!;
    assert.equal(head.match(/(?<!\\)\|/g)!.length, 7);
    assert.ok(!markdown.includes('<img>'));
    assert.ok(!markdown.includes('@all'));
  });

  it('shows a refusal without inventing a table', () => {
    const silent = decideSession(
      sessionRounds(createRng(1), 1, 1, 0.01).map((round) => ({
        ...round,
        blocks: round.blocks.map((block) => ({ ...block, after: { ...block.after, requests: 0, statuses: {} } })),
      })),
      SESSION,
    );
    assert.equal(
      formatComparisonText(silent),
      '? working tree answered nothing during 8 of 8 blocks, so the speeds are not comparable.\n',
    );
  });
});

it('warns when other programs took more than half a core from one of the runs', () => {
  const { server, environment } = sampleRun();
  const measured = (machineBusy: number) =>
    sampleRun({ environment: { ...environment, cores: 4 }, server: { ...server!, machineBusy } });
  // 95 % server and 20 % generator are the run's own: 115 of 400.
  const codes = (machineBusy: number) =>
    compareRuns(measured(0.3), measured(machineBusy)).warnings.map(({ code }) => code);
  assert.ok(codes(0.42).includes('machine-busy'));
  assert.ok(!codes(0.41).includes('machine-busy'));
});
