import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { numberRows, outcomeRows } from '../../../src/core/compare/rows';
import type { Run, RunSummary } from '../../../src/core/model/run';
import { RUN_AFTER, RUN_BEFORE, makeRefusedRun } from '../../editor/page/fixtures';

function withSummary(run: Run, summary: Partial<RunSummary>): Run {
  return { ...run, summary: { ...run.summary, ...summary } };
}

function row(before: Run | null, after: Run, key: string) {
  return numberRows(before, after).find((one) => one.key === key)!;
}

describe('numberRows', () => {
  it('has no difference without a run before', () => {
    const { before, difference, relative, direction } = row(null, RUN_AFTER, 'p50');
    assert.deepEqual(
      { before, difference, relative, direction },
      { before: null, difference: null, relative: null, direction: 'none' },
    );
  });

  it('takes the run before as the base of a relative difference', () => {
    const rate = row(
      withSummary(RUN_BEFORE, { throughputRps: 200 }),
      withSummary(RUN_AFTER, { throughputRps: 250 }),
      'throughputRps',
    );
    assert.equal(rate.difference, 50);
    assert.equal(rate.relative, 0.25);
  });

  it('calls more throughput, less latency and fewer errors better, and the other way round worse', () => {
    const failing = withSummary(RUN_AFTER, { errors: { timeout: 3 } });
    assert.equal(row(RUN_BEFORE, RUN_AFTER, 'throughputRps').direction, 'better');
    assert.equal(row(RUN_BEFORE, RUN_AFTER, 'p99').direction, 'better');
    assert.equal(row(RUN_AFTER, RUN_BEFORE, 'throughputRps').direction, 'worse');
    assert.equal(row(RUN_AFTER, RUN_BEFORE, 'p50').direction, 'worse');
    assert.equal(row(RUN_BEFORE, failing, 'errors').direction, 'worse');
    assert.equal(row(failing, RUN_AFTER, 'errors').direction, 'better');
  });

  it('gives no direction to numbers that are neither good nor bad, and none of zero', () => {
    assert.equal(row(RUN_BEFORE, RUN_AFTER, 'requests').direction, 'none');
    assert.equal(row(RUN_BEFORE, withSummary(RUN_AFTER, { errors: { reset: 1 } }), 'errors').relative, null);
  });

  it('calls what rounds to 0.0 % the same', () => {
    const near = withSummary(RUN_BEFORE, { throughputRps: RUN_BEFORE.summary.throughputRps * 1.0004 });
    assert.equal(row(RUN_BEFORE, near, 'throughputRps').direction, 'same');
    assert.equal(row(RUN_BEFORE, RUN_BEFORE, 'p50').direction, 'same');
  });

  it('marks a percentile that too few answers lie beyond in either run', () => {
    const short = withSummary(RUN_BEFORE, { requests: 500 });
    assert.equal(row(RUN_BEFORE, RUN_AFTER, 'p99').isReliable, true);
    assert.equal(row(short, RUN_AFTER, 'p99').isReliable, false);
  });

  it('leaves latencies out when nothing was answered, and compares with no zero', () => {
    const refused = makeRefusedRun();
    assert.equal(
      numberRows(null, refused).some((one) => one.unit === 'latency'),
      false,
    );
    assert.equal(row(refused, RUN_AFTER, 'p50').before, null);
  });
});

describe('outcomeRows', () => {
  it('lists statuses and errors by frequency with shares of everything that was sent', () => {
    const run = withSummary(RUN_AFTER, { statuses: { '200': 80, '404': 15 }, errors: { timeout: 5 } });
    const rows = outcomeRows(null, run);
    assert.deepEqual(
      rows.map(({ label, after, share, isFailure }) => [label, after, share, isFailure]),
      [
        ['Status 200', 80, 0.8, false],
        ['Status 404', 15, 0.15, true],
        ['No whole answer in time', 5, 0.05, true],
      ],
    );
  });

  it('keeps what only the run before had', () => {
    const gone = withSummary(RUN_BEFORE, { statuses: { '200': 10, '500': 2 } });
    const row500 = outcomeRows(gone, RUN_AFTER).find((one) => one.key === '500');
    assert.deepEqual([row500?.before, row500?.after], [2, 0]);
  });
});
