import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SpinChoice } from '../../../src/loadgen/spinChoice';

/** The decision after a warm-up of so long with so many idle cores. */
function decide(cores: number, warmupMs: number, idleCores: number, threads: number, ownPercent: number) {
  let nowMs = 5000;
  let idleMs = 70_000;
  const choice = new SpinChoice({ cores, readIdleMs: () => idleMs, nowMs: () => nowMs });
  choice.begin();
  nowMs += warmupMs;
  idleMs += warmupMs * idleCores;
  return choice.decide(threads, ownPercent);
}

describe('open loop spins', () => {
  it('where a core is left beside the server, however the load waited so far', () => {
    assert.equal(decide(2, 1000, 1.4, 1, 40), true);
    assert.equal(decide(2, 1000, 0.6, 1, 100), true);
    assert.equal(decide(8, 1000, 5, 4, 130), true);
  });

  it('not where other programs or the server take what it needs', () => {
    assert.equal(decide(2, 1000, 0.5, 1, 40), false);
    assert.equal(decide(2, 1000, 0, 1, 60), false);
    assert.equal(decide(8, 1000, 2, 4, 130), false);
  });

  it('never on as many cores as it has threads', () => {
    assert.equal(decide(1, 1000, 1.9, 1, 20), false);
    assert.equal(decide(2, 1000, 1.9, 2, 20), false);
  });

  it('by another sign where the warm-up was too short or was none', () => {
    assert.equal(decide(2, 100, 2, 1, 20), null);
    assert.equal(new SpinChoice({ cores: 2, readIdleMs: () => 0, nowMs: () => 9000 }).decide(1, 0), null);
  });
});
