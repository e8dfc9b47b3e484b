import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LatencyHistogram } from '../../../src/core/stats/histogram';
import { Intervals } from '../../../src/loadgen/intervals';
import { RowTable } from '../../../src/loadgen/rowTable';
import type { RunSeries } from '../../../src/core/model/run';

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function seriesOf(...parts: readonly Intervals[]): RunSeries {
  const table = new RowTable(parts.length, false);
  for (const [index, part] of parts.entries()) table.add(index, part.takeRows());
  table.finish();
  return table.series();
}

describe('intervals', () => {
  it('cut at exact times, with empty rows where nothing came', () => {
    const intervals = new Intervals(1_000_000, 500, 0);
    intervals.answered(1_000_001, 50, 10);
    intervals.answered(1_099_999, 60, 10);
    intervals.answered(1_100_000, 70, 10);
    intervals.failed(1_450_000);
    intervals.finish(1_500_000);
    const series = seriesOf(intervals);
    assert.deepEqual(series.tMs, [0, 100, 200, 300, 400]);
    assert.deepEqual(series.requests, [2, 1, 0, 0, 0]);
    assert.deepEqual(series.errors, [0, 0, 0, 0, 1]);
    assert.deepEqual(series.bytesRead, [20, 10, 0, 0, 0]);
    assert.deepEqual(series.p50Ms, [0.05, 0.07, 0, 0, 0]);
  });

  it('keep a last row that is shorter', () => {
    const intervals = new Intervals(0, null, 0);
    intervals.answered(120_000, 5, 1);
    intervals.finish(120_000);
    const series = seriesOf(intervals);
    assert.deepEqual(series.tMs, [0, 100]);
    assert.deepEqual(series.requests, [0, 1]);
  });

  it('hand out each row once, and what is under way apart', () => {
    const intervals = new Intervals(0, 1000, -1000);
    intervals.answered(120_000, 5, 1);
    intervals.rollTo(250_000);
    const times = () => intervals.takeRows().rows.map(({ tMs }) => tMs);
    assert.deepEqual(times(), [-1000, -900]);
    assert.deepEqual(times(), []);
    intervals.answered(260_000, 5, 1);
    assert.equal(intervals.current().requests, 1);
    intervals.rollTo(300_000);
    assert.deepEqual(times(), [-800]);
    assert.equal(intervals.current().requests, 0);
  });

  it('are long enough from the start when the length is known', () => {
    const intervals = new Intervals(0, 10 * 60_000, 0);
    intervals.finish(10 * 60_000_000);
    const series = seriesOf(intervals);
    assert.equal(series.intervalMs, 500);
    assert.equal(series.tMs.length, 1200);
  });
});

describe('a table of rows', () => {
  it('joins neighbours exactly when the length is not known, and loses nothing', () => {
    const intervals = new Intervals(0, null, 0);
    const table = new RowTable(1, true);
    const reported: number[] = [];
    for (let ms = 0; ms < 500_000; ms += 10) {
      intervals.answered(ms * 1000, 1 + ((ms * 37) % 5000), 3);
      if (ms % 1000 === 0) table.add(0, intervals.takeRows());
      if (ms % 1000 === 0) reported.push(...table.takeNewRows().requests);
    }
    intervals.finish(500_000_000);
    table.add(0, intervals.takeRows());
    table.finish();
    reported.push(...table.takeNewRows().requests);
    const series = table.series();
    assert.ok(series.tMs.length <= 1200 && series.tMs.length >= 600, String(series.tMs.length));
    assert.equal(series.intervalMs, 800);
    assert.equal(sum(series.requests), 50_000);
    assert.equal(sum(reported), 50_000, 'rows that were reported');
    assert.equal(sum(series.bytesRead), 150_000);
    assert.equal(table.total.count, 50_000);
    assert.ok(series.tMs.every((tMs, row) => tMs === row * series.intervalMs));
    const reference = new LatencyHistogram();
    for (let ms = 0; ms < series.intervalMs; ms += 10) reference.record(1 + ((ms * 37) % 5000));
    assert.equal(series.p50Ms[0], reference.percentileUs(50) / 1000);
    assert.equal(series.p99Ms[0], reference.percentileUs(99) / 1000);
  });

  it('completes a row when every part has delivered it, with the percentiles of all latencies in it', () => {
    const [fast, slow] = [new Intervals(0, 300, 0), new Intervals(0, 300, 0)];
    const table = new RowTable(2, false);
    for (let each = 0; each < 90; each++) fast.answered(1000, 100, 1);
    for (let each = 0; each < 10; each++) slow.answered(2000, 9000, 2);
    slow.failed(2000);
    fast.finish(300_000);
    table.add(0, fast.takeRows());
    assert.deepEqual(table.takeNewRows().tMs, []);
    assert.equal(table.total.count, 90, 'the total does not wait');
    slow.rollTo(200_000);
    table.add(1, slow.takeRows());
    const rows = table.takeNewRows();
    assert.deepEqual(rows.tMs, [0, 100]);
    assert.deepEqual(rows.requests, [100, 0]);
    assert.deepEqual(rows.errors, [1, 0]);
    assert.deepEqual(rows.bytesRead, [110, 0]);
    assert.equal(rows.p50Ms[0], 0.1);
    assert.ok((rows.p99Ms[0] ?? 0) >= 9, 'a mean of the two p99 would be 4.5');
    table.finish();
    assert.equal(table.series().tMs.length, 3);
  });

  it('does not wait for a part from which nothing more comes', () => {
    const [alive, dead] = [new Intervals(0, 300, 0), new Intervals(0, 300, 0)];
    const table = new RowTable(2, false);
    dead.answered(1000, 5, 1);
    dead.rollTo(100_000);
    table.add(1, dead.takeRows());
    alive.answered(150_000, 5, 1);
    alive.rollTo(200_000);
    table.add(0, alive.takeRows());
    assert.deepEqual(table.takeNewRows().requests, [1]);
    table.endPart(1);
    assert.deepEqual(table.takeNewRows().requests, [1]);
  });
});
