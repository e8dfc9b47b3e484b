import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeRun, encodeRun, isRunId } from '../../../src/core/history/runFile';
import { errorCode } from '../../../src/util/errors';
import { sampleRun } from '../../support/sampleRun';

/** The run's JSON with the value at `path` replaced, or taken out when undefined. */
function broken(path: string, value: unknown): string {
  const root = JSON.parse(encodeRun(sampleRun())) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const at = keys.reduce<Record<string, unknown>>((node, key) => node[key] as Record<string, unknown>, root);
  at[last] = value;
  return JSON.stringify(root);
}

const ANSWERS = {
  bodyBytes: { min: 1, median: 1, max: 1, distinct: 1 },
  sampled: 1,
  contentTypes: ['text/plain'],
  bodyHashes: ['00'],
  bodiesVary: false,
  failedChecks: [],
};

describe('decodeRun', () => {
  it('gives back what was encoded', () => {
    for (const run of [
      sampleRun(),
      sampleRun({ answers: ANSWERS, feeds: [{ name: 'id', source: '1..2', count: 2, order: 'cycle' }] }),
      sampleRun({ endpoint: null, values: null, server: null, state: 'cancelled' }),
    ]) {
      assert.deepEqual(decodeRun(encodeRun(run)), run);
    }
  });

  it('keeps fields that a later minor version adds', () => {
    assert.equal((decodeRun(broken('later', 5)) as unknown as { later: number }).later, 5);
  });

  it('says that a newer format needs an update', () => {
    assert.throws(
      () => decodeRun(broken('schemaVersion', 2)),
      (error) => errorCode(error) === 'run-newer' && /newer version.*update/.test(String(error)),
    );
  });

  for (const [path, value] of [
    ['schemaVersion', undefined],
    ['schemaVersion', '1'],
    ['schemaVersion', 0],
    ['id', '../../etc/passwd'],
    ['id', 5],
    ['startedAt', 'yesterday'],
    ['state', null],
    ['target.baseUrl', undefined],
    ['request', null],
    ['request.headers', {}],
    ['summary.requests', '5'],
    ['summary.throughputRps', null],
    ['summary.latencyMs.p999', undefined],
    ['summary.correctedLatencyMs', {}],
    ['summary.ttfbMs', {}],
    ['answers', 'all fine'],
    ['answers', { bodyBytes: { min: 1, median: 1, max: 1, distinct: '1' } }],
    ['answers', { ...ANSWERS, contentTypes: [5] }],
    ['feeds', {}],
    ['summary.statuses', []],
    ['series.tMs', [0]],
    ['series.p50Ms', [1, 'x']],
    ['series', undefined],
    ['histogram', null],
    ['warnings', null],
    ['environment', undefined],
  ] as const) {
    it(`refuses a run whose ${path} is ${value === undefined ? 'missing' : JSON.stringify(value)}`, () => {
      assert.throws(
        () => decodeRun(broken(path, value)),
        (error) => errorCode(error) === 'run-corrupt',
      );
    });
  }

  for (const text of ['', '{', 'null', '[]', '5', '"run"', '\0\u0001', encodeRun(sampleRun()).slice(0, -200)]) {
    it(`refuses ${JSON.stringify(text.slice(0, 20))} with a sentence`, () => {
      assert.throws(() => decodeRun(text), /This is not a run that can be opened: .+\.$/);
    });
  }
});

describe('isRunId', () => {
  it('takes nothing that could be a path', () => {
    for (const id of ['', '.', '..', '../x', 'a/b', 'a\\b', 'a.json', 'C:x', '-x', 'x'.repeat(101), 'a\0'])
      assert.ok(!isRunId(id), id);
    assert.ok(isRunId('20260131T120000-9f2c01ab'));
  });
});
