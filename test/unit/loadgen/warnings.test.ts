import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findWarnings, type WarningFacts } from '../../../src/loadgen/warnings';

const LATENCY = { min: 1, mean: 2, stdev: 1, p50: 2, p75: 2, p90: 3, p95: 3, p99: 4, p999: 5, p9999: 5, max: 6 };

function codes(change: Partial<WarningFacts>, summary: Partial<WarningFacts['summary']> = {}): string[] {
  return findWarnings({
    state: 'complete',
    breakage: null,
    death: null,
    precision: null,
    summary: {
      requests: 50_000,
      durationS: 10,
      throughputRps: 5000,
      latencyMs: LATENCY,
      statuses: { 200: 50_000 },
      errors: {},
      bytesRead: 1,
      bytesWritten: 1,
      connectionsOpened: 16,
      ...summary,
    },
    generator: {
      cpuPercent: 30,
      eventLoopUtilization: 0.4,
      saturated: false,
      latenessUs: null,
      transport: 'socket',
      threads: 1,
    },
    steady: true,
    warmupMs: 1000,
    warmupErrors: {},
    failedChecks: [],
    unanswered: 0,
    settledLate: 16,
    lanes: 16,
    threadsAsked: 'auto',
    open: null,
    ...change,
  }).map(({ code, message }) => {
    assert.match(message, /^[A-Z0-9].*\.$/, 'a sentence');
    return code;
  });
}

describe('warnings', () => {
  it('are none for a run without faults', () => assert.deepEqual(codes({}), []));

  it('say how a run ended that did not end by itself', () => {
    assert.deepEqual(codes({ state: 'broken-off', breakage: 'It broke.' }, { errors: { refused: 9 } }), ['broken-off']);
    assert.deepEqual(codes({ state: 'cancelled', unanswered: 16 }), ['cancelled']);
    assert.deepEqual(codes({ unanswered: 3 }), ['unanswered']);
    assert.deepEqual(codes({ failedChecks: [{ reason: 'status 500 instead of 200', count: 2 }] }), ['check-failed']);
  });

  it('say what failed and why', () => {
    assert.deepEqual(codes({}, { errors: { timeout: 2 } }), ['failures']);
    assert.deepEqual(codes({}, { errors: { timeout: 2 }, requests: 0, statuses: {} }), ['all-errors']);
    assert.deepEqual(codes({ warmupErrors: { descriptors: 1 } }), ['descriptors']);
    assert.deepEqual(codes({}, { errors: { ports: 1 } }), ['failures', 'ports']);
  });

  it('say when answers are errors or differ', () => {
    assert.deepEqual(codes({}, { statuses: { 404: 50_000 } }), ['all-errors']);
    assert.deepEqual(codes({}, { statuses: { 200: 49_999, 500: 1 } }), ['mixed-status']);
    assert.deepEqual(codes({}, { connectionsOpened: 50_000 }), ['connection-closed-by-server']);
  });

  it('say that the queue of new connections was full, when some took a second while others were quick', () => {
    const queued = (min: number, max: number): string[] => codes({}, { connectMs: { ...LATENCY, min, max } });
    assert.deepEqual(queued(0.05, 1031), ['listen-queue-full']);
    assert.deepEqual(queued(0.05, 900), [], 'a busy machine, and no second request for a connection');
    assert.deepEqual(queued(400, 1400), [], 'a far server, to which every connection takes long');
  });

  it('say when the generator is the limit, or cannot do what was asked', () => {
    const generator = { cpuPercent: 99, eventLoopUtilization: 0.97, saturated: true, latenessUs: null } as const;
    assert.deepEqual(codes({ generator: { ...generator, transport: 'socket', threads: 1 } }), ['generator-saturated']);
    const spinning = { ...generator, transport: 'socket', threads: 1, pacing: 'spin' } as const;
    const latenessUs = { p50: 2, p99: 300, max: 90_000 };
    assert.deepEqual(codes({ generator: { ...spinning, latenessUs, starved: 0.23 } }), ['machine-starved']);
    const idle = { ...generator, cpuPercent: 2, transport: 'socket', threads: 1, starved: 0.8 } as const;
    assert.deepEqual(codes({ generator: idle }), ['machine-starved']);
    assert.deepEqual(codes({ open: { ratePerS: 6000, unsent: 10_000 } }), ['rate-not-reached']);
    assert.deepEqual(codes({ threadsAsked: 4 }), ['fewer-threads']);
  });

  it('say when the numbers are not to be relied on', () => {
    assert.deepEqual(codes({ steady: false }), ['not-steady']);
    assert.deepEqual(codes({}, { requests: 9_999, statuses: { 200: 9_999 } }), ['few-samples']);
    assert.deepEqual(codes({ settledLate: 5000 }), ['short-run']);
  });
});
