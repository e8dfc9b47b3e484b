import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { secondsLeft } from '../../../src/features/compare/secondsLeft';

const TIME = { nowMs: 20_000, loadSinceMs: 0, measuringSinceMs: 10_000, blocks: 4, budgetMs: 90_000, quick: false };

describe('the time that a comparison has left', () => {
  it('is what is left of the budget', () => {
    assert.equal(secondsLeft(TIME), 70);
  });

  it('is that of the round under way when it takes longer than the budget, and unknown before its first block', () => {
    assert.equal(secondsLeft({ ...TIME, budgetMs: 22_000 }), 10);
    assert.equal(secondsLeft({ ...TIME, budgetMs: 15_000 }), 10);
    assert.equal(secondsLeft({ ...TIME, budgetMs: 15_000, blocks: 0 }), null);
  });

  it('of a quick look is that of its only round', () => {
    assert.equal(secondsLeft({ ...TIME, quick: true }), 10);
    assert.equal(secondsLeft({ ...TIME, quick: true, measuringSinceMs: null }), null);
  });
});
