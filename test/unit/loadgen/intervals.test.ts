import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Intervals } from '../../../src/loadgen/intervals';

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

describe('intervals', () => {
  it('cut at exact times, with empty rows where nothing came', () => {
    const intervals = new Intervals(1_000_000, 500, 0);
    intervals.answered(1_000_001, 50, 10);
    intervals.answered(1_099_999, 60, 10);
    intervals.answered(1_100_000, 70, 10);
    intervals.failed(1_450_000);
    intervals.finish(1_500_000);
    const series = intervals.series();
    assert.deepEqual(series.tMs, [0, 100, 200, 300, 400]);
    assert.deepEqual(series.requests, [2, 1, 0, 0, 0]);
    assert.deepEqual(series.errors, [0, 0, 0, 0, 1]);
    assert.deepEqual(series.bytesRead, [20, 10, 0, 0, 0]);
    assert.deepEqual(series.p50Ms, [0.05, 0.07, 0, 0, 0]);
    assert.equal(intervals.total.count, 3);
  });

  it('keep a last row that is shorter', () => {
    const intervals = new Intervals(0, null, 0);
    intervals.answered(120_000, 5, 1);
    intervals.finish(120_000);
    assert.deepEqual(intervals.series().tMs, [0, 100]);
    assert.deepEqual(intervals.series().requests, [0, 1]);
  });

  it('hand out each row once', () => {
    const intervals = new Intervals(0, 1000, -1000);
    intervals.rollTo(250_000);
    assert.deepEqual(intervals.takeNewRows().tMs, [-1000, -900]);
    assert.deepEqual(intervals.takeNewRows().tMs, []);
    intervals.rollTo(300_000);
    assert.deepEqual(intervals.takeNewRows().tMs, [-800]);
  });

  it('are long enough from the start when the length is known', () => {
    const intervals = new Intervals(0, 10 * 60_000, 0);
    intervals.finish(10 * 60_000_000);
    const series = intervals.series();
    assert.equal(series.intervalMs, 500);
    assert.equal(series.tMs.length, 1200);
  });

  it('are joined exactly when the length is not known, and lose nothing', () => {
    const joined = new Intervals(0, null, 0);
    for (let ms = 0; ms < 500_000; ms += 10) joined.answered(ms * 1000, 1 + ((ms * 37) % 5000), 3);
    joined.finish(500_000_000);
    const series = joined.series();
    assert.ok(series.tMs.length <= 1200 && series.tMs.length >= 600, String(series.tMs.length));
    assert.equal(series.intervalMs, 800);
    assert.equal(sum(series.requests), 50_000);
    assert.equal(sum(series.bytesRead), 150_000);
    assert.ok(series.tMs.every((tMs, row) => tMs === row * series.intervalMs));
    const reference = new Intervals(0, null, 0);
    for (let ms = 0; ms < series.intervalMs; ms += 10) reference.answered(1, 1 + ((ms * 37) % 5000), 3);
    assert.equal(series.p50Ms[0], reference.totalNow().percentileUs(50) / 1000);
    assert.equal(series.p99Ms[0], reference.totalNow().percentileUs(99) / 1000);
  });

  it('count the row under way in what is known now', () => {
    const intervals = new Intervals(0, 1000, 0);
    intervals.answered(50_000, 5, 1);
    intervals.answered(150_000, 6, 1);
    assert.equal(intervals.totalNow().count, 2);
    assert.equal(intervals.total.count, 1);
  });
});
