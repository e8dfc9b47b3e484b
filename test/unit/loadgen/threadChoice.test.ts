import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sharePlan } from '../../../src/core/plan/sharePlan';
import { addCounts } from '../../../src/core/stats/addCounts';
import { ThreadChoice, type ThreadChoiceOptions, type ThreadSigns } from '../../../src/loadgen/threadChoice';
import { planFor } from '../../support/loadRuns';

const CALM: ThreadSigns = { utilization: 0.4, behindUs: 0, spins: false };
const BUSY: ThreadSigns = { utilization: 0.97, behindUs: 0, spins: false };

/** Looks every 100 ms, ten times; with how many threads it went on, at which look, and why. */
function choose(change: Partial<ThreadChoiceOptions> & { idleCores?: number }, signs: (look: number) => ThreadSigns) {
  let nowMs = 0;
  const choice = new ThreadChoice({
    asked: 'auto',
    connections: 64,
    cores: 8,
    hasWarmup: true,
    nowMs: () => nowMs,
    readIdleMs: () => (change.idleCores ?? 3) * nowMs,
    ...change,
  });
  for (let look = 1; look <= 10; look++) {
    nowMs += 100;
    const threads = choice.look(signs(look));
    if (threads !== null) return { threads, look, reason: choice.reason };
  }
  return { threads: choice.first, look: null, reason: choice.reason };
}

describe('the number of threads', () => {
  it('is one when one keeps up, or was only busy at first', () => {
    assert.deepEqual(
      choose({}, () => CALM),
      { threads: 1, look: null, reason: 'enough' },
    );
    assert.deepEqual(choose({}, (look) => (look <= 6 ? BUSY : CALM)).reason, 'enough');
  });

  it('is one and as many as cores are idle when one is saturated', () => {
    assert.deepEqual(
      choose({}, () => BUSY),
      { threads: 4, look: 8, reason: 'saturated' },
    );
    assert.equal(choose({ idleCores: 0.7 }, () => BUSY).threads, 2);
    assert.equal(choose({ idleCores: 60, cores: 64 }, () => BUSY).threads, 8);
    assert.equal(choose({ idleCores: 6, cores: 2 }, () => BUSY).threads, 2);
  });

  it('stays one where more cannot help', () => {
    assert.deepEqual(
      choose({ idleCores: 0.2 }, () => BUSY),
      { threads: 1, look: null, reason: 'no-core' },
    );
    assert.equal(choose({ cores: 1 }, () => BUSY).reason, 'no-core');
    assert.equal(choose({ connections: 1 }, () => BUSY).reason, 'connections');
    assert.equal(choose({ hasWarmup: false }, () => BUSY).reason, 'no-warmup');
  });

  it('goes by lateness where the loop is busy by design', () => {
    const spinning = { utilization: 1, behindUs: 100, spins: true };
    assert.equal(choose({}, () => spinning).threads, 1);
    assert.equal(choose({}, () => ({ ...spinning, behindUs: 50_000 })).threads, 4);
  });

  it('is what was asked for, but not more than there are connections', () => {
    assert.deepEqual(
      choose({ asked: 3 }, () => BUSY),
      { threads: 3, look: null, reason: 'asked' },
    );
    assert.deepEqual(
      choose({ asked: 8, connections: 2 }, () => BUSY),
      { threads: 2, look: null, reason: 'connections' },
    );
  });
});

describe('shares of a plan', () => {
  it('add up to the plan exactly', () => {
    for (const count of [2, 3, 4, 7]) {
      const plan = planFor('http://127.0.0.1/', {
        model: { kind: 'closed', connections: 17, pipelining: 2 },
        stop: { durationMs: 5000, requests: 1003 },
      });
      const shares = Array.from({ length: count }, (_, index) => sharePlan(plan, index, count).profile);
      const requests = shares.map(({ stop }) => stop.requests ?? 0);
      assert.equal(
        requests.reduce((sum, share) => sum + share, 0),
        1003,
      );
      assert.ok(Math.max(...requests) - Math.min(...requests) <= 1);
      const connections = shares.map(({ model }) => (model.kind === 'closed' ? model.connections : 0));
      assert.equal(
        connections.reduce((sum, share) => sum + share, 0),
        17,
      );
      assert.ok(shares.every(({ stop }) => stop.durationMs === 5000));
    }
  });

  it('are the plan itself for one thread', () => {
    const plan = planFor('http://127.0.0.1/', {});
    assert.equal(sharePlan(plan, 0, 1), plan);
  });
});

describe('counts', () => {
  it('add up number by number, also where only one side has them', () => {
    const left: Record<string, unknown> = { a: 1, b: { c: 2 } };
    assert.deepEqual(addCounts(left, { b: { c: 3, d: 4 }, e: { f: 5 } }), { a: 1, b: { c: 5, d: 4 }, e: { f: 5 } });
    assert.deepEqual(left, { a: 1, b: { c: 2 } }, 'neither side is changed');
  });
});
