import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MixPlan } from '../../../src/core/model/mix';
import { checkMix } from '../../../src/core/plan/checkMix';
import { MixChoice } from '../../../src/core/plan/mixChoice';
import { sharePlan } from '../../../src/core/plan/sharePlan';
import { planFor } from '../../support/loadRuns';

const request = (url: string) => ({ method: 'GET', url, headers: [], body: null }) as const;

function mixOf(weights: readonly number[], seed = 1): MixPlan {
  return {
    seed,
    requests: weights.map((weight, index) => ({
      name: `GET /${index}`,
      weight,
      request: request(`http://127.0.0.1:1/${index}`),
    })),
  };
}

function draw(plan: MixPlan, times: number): number[] {
  const choice = new MixChoice(plan);
  return Array.from({ length: times }, () => choice.next());
}

describe('the requests of a mix', () => {
  it('are drawn by their weights, for every one of many seeds (chi-square)', () => {
    const weights = [5, 3, 1, 0.5, 0.5];
    const [total, times] = [10, 5000];
    for (let seed = 0; seed < 20; seed++) {
      const counts = weights.map(() => 0);
      for (const drawn of draw(mixOf(weights, seed), times)) counts[drawn] = (counts[drawn] ?? 0) + 1;
      const distance = weights.reduce((sum, weight, index) => {
        const expected = (times * weight) / total;
        return sum + ((counts[index] ?? 0) - expected) ** 2 / expected;
      }, 0);
      // 99.99 % of chi-square with four degrees of freedom; the seeds are fixed, so that this holds always or never.
      assert.ok(distance < 23.5, `seed ${seed}: ${distance}`);
    }
  });

  it('come in the same sequence for the same seed, and in another one for another', () => {
    assert.deepEqual(draw(mixOf([1, 2, 3], 7), 200), draw(mixOf([1, 2, 3], 7), 200));
    assert.notDeepEqual(draw(mixOf([1, 2, 3], 7), 200), draw(mixOf([1, 2, 3], 8), 200));
  });

  it('have a sequence of their own in each thread', () => {
    const plan = { ...planFor('http://127.0.0.1:1/', {}), mix: mixOf([1, 1]) };
    const sequences = [0, 1, 2].map((index) => draw(sharePlan(plan, index, 3).mix ?? plan.mix, 100).join(''));
    assert.equal(new Set(sequences).size, 3);
    assert.equal(sequences[0], draw(plan.mix, 100).join(''));
  });

  it('are always the only one where there is one', () => {
    assert.deepEqual(new Set(draw(mixOf([0.1]), 50)), new Set([0]));
  });

  for (const [what, requests, sentence] of [
    ['no request', [], /no request/],
    ['a weight of 0', mixOf([1, 0]).requests, /weight of "GET \/1" is 0/],
    ['a weight that is no number', mixOf([Number.NaN]).requests, /must be a number above 0/],
    [
      'two servers',
      [...mixOf([1]).requests, { name: 'GET /b', weight: 1, request: request('http://127.0.0.1:2/b') }],
      /one server: "GET \/b" goes to http:\/\/127\.0\.0\.1:2/,
    ],
    ['more than can be told apart', mixOf(Array.from({ length: 101 }, () => 1)).requests, /at most 100/],
  ] as const) {
    it(`are refused with a sentence: ${what}`, () => {
      assert.throws(() => checkMix(requests), sentence);
    });
  }
});
