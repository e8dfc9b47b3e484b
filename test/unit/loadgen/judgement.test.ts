import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BreakageWatch } from '../../../src/loadgen/breakage';
import { isSteady } from '../../../src/loadgen/steadiness';

const rowsOf = (counts: readonly number[], p50Ms = 2): { requests: number; p50Ms: number }[] =>
  counts.map((requests) => ({ requests, p50Ms }));

describe('a warm-up is steady', () => {
  it('when throughput and latency stay', () => {
    assert.equal(isSteady(rowsOf([100, 101, 99, 100, 100, 99, 102, 100, 98, 100])), true);
  });
  it('not while throughput grows', () => {
    assert.equal(isSteady(rowsOf([500, 600, 700, 800, 900, 1000, 1100, 1200, 1300, 1400])), false);
  });
  it('not while latency falls', () => {
    assert.equal(isSteady([...rowsOf([100, 100, 100, 100, 100], 4), ...rowsOf([100, 100, 100, 100, 100], 2)]), false);
  });
  it('by its newest rows, not by its oldest', () => {
    assert.equal(isSteady([...rowsOf([1, 5, 20, 40]), ...rowsOf(new Array<number>(10).fill(500))]), true);
  });
  it('by longer stretches when answers are rare', () => {
    assert.equal(isSteady(rowsOf(new Array<number>(50).fill(1))), true);
  });
  it('cannot be told from too little', () => {
    assert.equal(isSteady([]), null);
    assert.equal(isSteady(rowsOf([100, 100, 100])), null);
    assert.equal(isSteady(rowsOf(new Array<number>(10).fill(1))), null);
  });
});

describe('a run is broken off', () => {
  /** Ticks of answers, refused connections and timeouts; the tick at which it broke, or null. */
  function breakTick(lanes: number, ticks: readonly (readonly [number, number, number])[]): number | null {
    const watch = new BreakageWatch(lanes);
    let [answers, refused, timeout] = [0, 0, 0];
    for (const [index, [more, moreRefused, moreTimeouts]] of ticks.entries()) {
      answers += more;
      refused += moreRefused;
      timeout += moreTimeouts;
      if (watch.check(answers, refused + timeout, [{ refused, timeout }]) !== null) return index + 1;
    }
    return null;
  }
  const repeat = (times: number, tick: readonly [number, number, number]): (readonly [number, number, number])[] =>
    new Array<readonly [number, number, number]>(times).fill(tick);

  it('after a second of nothing but refused connections', () => {
    assert.equal(breakTick(4, repeat(30, [0, 4, 0])), 10);
  });
  it('a second after a server went away', () => {
    assert.equal(breakTick(4, [...repeat(30, [50, 0, 0]), ...repeat(30, [0, 4, 0])]), 40);
  });
  it('after two seconds of 95 % failures of any kind', () => {
    assert.equal(breakTick(4, repeat(60, [1, 0, 19])), 20);
  });
  it('when every request runs into its time limit', () => {
    assert.equal(breakTick(4, [...repeat(49, [0, 0, 0]), [0, 0, 4]]), 50);
  });
  it('not for one lost connection among slow answers', () => {
    assert.equal(breakTick(16, [[0, 1, 0], ...repeat(25, [0, 0, 0]), [16, 0, 0]]), null);
  });
  it('not for half of the answers failing', () => {
    assert.equal(breakTick(4, repeat(100, [5, 5, 0])), null);
  });
});
