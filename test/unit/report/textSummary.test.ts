import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatRunText } from '../../../src/core/report/textSummary';
import { sampleRun } from '../../support/sampleRun';

describe('formatRunText', () => {
  it('says what was measured, in the order in which it is read', () => {
    const order = [
      'GET http://127.0.0.1:8000/author/1',
      '16 connections, 1 s',
      'Throughput  1.0k req/s  (1,000 answers in 1.00 s)',
      'min 500 µs  mean 1.7 ms  max 9.5 ms',
      'p50  1.5 ms',
      'p99.9  8.0 ms',
      'p99.99  9.0 ms',
      'Statuses    200: 998  500: 2',
      'Errors      timeout: 1',
      '120 kB read, 60.0 kB written, 16 connections opened',
      'Server      flask app (pid 42): 95 % CPU',
      'Generator   20 % CPU, socket (for HTTP/1.1), 1 thread',
      'Note: 1000 answers are few.',
    ];
    const text = formatRunText(sampleRun());
    const places = order.map((part) => text.indexOf(part));
    assert.ok(!places.includes(-1), `${order[places.indexOf(-1)] ?? ''} is not in\n${text}`);
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
    assert.ok(text.endsWith('\n') && !text.includes('undefined'));
  });

  it('shows both latencies under a rate', () => {
    const run = sampleRun();
    const slow = { ...run.summary.latencyMs, p99: 300 };
    const text = formatRunText(
      sampleRun({
        profile: { ...run.profile, model: { kind: 'open', ratePerS: 500, arrivals: 'constant', maxConnections: 8 } },
        summary: { ...run.summary, correctedLatencyMs: slow },
      }),
    );
    assert.match(text, /500 requests a second on at most 8 connections/);
    assert.match(text, /p99 {2}300 ms +4\.0 ms/);
  });

  it('says how a run ended that did not end by itself', () => {
    for (const [state, sentence] of [
      ['cancelled', /stopped before its end/],
      ['broken-off', /broke off/],
      ['interrupted', /load generator died/],
    ] as const) {
      assert.match(formatRunText(sampleRun({ state })), sentence);
    }
    assert.doesNotMatch(formatRunText(sampleRun()), /This run/);
  });

  it('shows no latency where nothing was measured', () => {
    const { summary } = sampleRun();
    const text = formatRunText(
      sampleRun({ summary: { ...summary, requests: 0, statuses: {}, errors: { refused: 5 } } }),
    );
    assert.ok(!text.includes('Latency') && text.includes('Statuses    none') && text.includes('refused: 5'));
  });
});
