import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { binomialTwoSided, binomialUpperTail, unevenSplitP } from '../../../src/core/compare/binomial';
import { holm } from '../../../src/core/compare/holm';
import { createRng } from '../../../src/core/stats/rng';
import { signedRankCritical } from '../../../src/core/compare/signedRank';
import { incompleteBeta, logGamma, tQuantile, tTwoSidedP } from '../../../src/core/stats/studentT';

function near(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);
}

/** P(T ≤ t). */
function tCdf(t: number, df: number): number {
  const tail = tTwoSidedP(t, df) / 2;
  return t > 0 ? 1 - tail : tail;
}

describe("Student's t", () => {
  it('has the quantiles of the printed tables', () => {
    const table: [p: number, df: number, t: number][] = [
      [0.995, 4, 4.6041],
      [0.975, 7, 2.3646],
      [0.975, 30, 2.0423],
      [0.975, 1, 12.7062],
      [0.995, 1, 63.6567],
      [0.95, 10, 1.8125],
      [0.9995, 5, 6.8688],
      [0.975, 1000, 1.9623],
    ];
    for (const [p, df, t] of table) near(tQuantile(p, df), t, 6e-5);
  });

  it('has closed forms for one and two degrees of freedom', () => {
    for (const t of [-3, -0.4, 0, 0.7, 12]) {
      near(tCdf(t, 1), 0.5 + Math.atan(t) / Math.PI, 1e-12);
      near(tCdf(t, 2), 0.5 + t / (2 * Math.sqrt(2 + t * t)), 1e-12);
    }
  });

  it('inverts itself and is symmetric', () => {
    for (const df of [1, 3.5, 4, 23, 200]) {
      for (const p of [0.0005, 0.2, 0.5, 0.9, 0.99975]) {
        near(tCdf(tQuantile(p, df), df), p, 1e-11);
        near(tQuantile(1 - p, df), -tQuantile(p, df), 1e-6);
      }
    }
    assert.equal(tTwoSidedP(Infinity, 4), 0);
  });

  it('rests on a gamma function that knows its factorials and the root of π', () => {
    near(logGamma(6), Math.log(120), 1e-12);
    near(logGamma(0.5), Math.log(Math.PI) / 2, 1e-12);
    near(logGamma(171), 706.5730622457875, 1e-9);
    near(incompleteBeta(2, 3, 0.4), 0.5248, 1e-12);
  });
});

describe('the signed-rank critical value', () => {
  it('equals the printed tables at two-sided 5 %', () => {
    const table: [n: number, critical: number][] = [
      [5, -1],
      [6, 0],
      [7, 2],
      [8, 3],
      [10, 8],
      [15, 25],
      [20, 52],
    ];
    for (const [n, critical] of table) assert.equal(signedRankCritical(n, 0.05), critical, `n = ${n}`);
  });

  it('exists at 1 % from eight values on', () => {
    assert.equal(signedRankCritical(7, 0.01), -1);
    assert.equal(signedRankCritical(8, 0.01), 0);
  });

  it('takes a tail that is exactly alpha/2', () => {
    assert.equal(signedRankCritical(5, 1 / 16), 0);
  });
});

describe('the binomial tails', () => {
  it('equal sums of the probabilities', () => {
    near(binomialUpperTail(8, 10, 0.5), 56 / 1024, 1e-12);
    near(binomialTwoSided(1, 10, 0.5), 22 / 1024, 1e-12);
    near(binomialUpperTail(2, 3, 0.2), 0.104, 1e-12);
    assert.equal(binomialUpperTail(0, 5, 0.3), 1);
    assert.equal(binomialUpperTail(6, 5, 0.3), 0);
    assert.equal(binomialTwoSided(5, 10, 0.5), 1);
  });

  it('weigh a split by how often each side could have had an event', () => {
    near(unevenSplitP(0, 5, 1, 1), 2 / 32, 1e-12);
    assert.ok(unevenSplitP(10, 30, 1000, 3000) > 0.9);
    assert.equal(unevenSplitP(0, 0, 10, 10), 1);
  });
});

describe("Holm's rule", () => {
  it('goes on only while each step passes, in the order given', () => {
    // By hand, alpha 5 %: .01 ≤ .05/4; .013 ≤ .05/3; .03 > .05/2 stops, though .04 ≤ .05/1.
    assert.deepEqual(holm([0.03, 0.01, 0.04, 0.013], 0.05), [false, true, false, true]);
    assert.deepEqual(holm([0.02, 0.02], 0.05), [true, true]);
    assert.deepEqual(holm([0.026, 0.026], 0.05), [false, false]);
    assert.deepEqual(holm([], 0.05), []);
    assert.deepEqual(holm([NaN, 0.01], 0.05), [false, true]);
  });
});

describe('the random numbers', () => {
  it('repeat with the seed and differ between neighbouring seeds', () => {
    const draw = (seed: number) => {
      const rng = createRng(seed);
      return Array.from({ length: 4 }, () => rng.uniform());
    };
    assert.deepEqual(draw(7), draw(7));
    const first = Array.from({ length: 2000 }, (_, seed) => createRng(seed).uniform());
    near(first.reduce((sum, x) => sum + x, 0) / first.length, 0.5, 0.02);
    const lag = first.slice(1).reduce((sum, x, i) => sum + (x - 0.5) * ((first[i] ?? 0) - 0.5), 0) / first.length;
    near(lag, 0, 0.006);
  });

  it('have the moments of their distributions', () => {
    const rng = createRng(1);
    const n = 40_000;
    const normals = Array.from({ length: n }, () => rng.normal());
    near(normals.reduce((sum, x) => sum + x, 0) / n, 0, 0.02);
    near(normals.reduce((sum, x) => sum + x * x, 0) / n, 1, 0.03);
    near(normals.reduce((sum, x) => sum + x ** 4, 0) / n, 3, 0.2);
    near(Array.from({ length: n }, () => rng.exponential(4)).reduce((sum, x) => sum + x, 0) / n, 4, 0.1);
    near(Array.from({ length: n }, () => Number(rng.coin())).reduce((sum, x) => sum + x, 0) / n, 0.5, 0.01);
    const faces = new Set(Array.from({ length: 200 }, () => rng.integer(6)));
    assert.deepEqual([...faces].sort(), [0, 1, 2, 3, 4, 5]);
  });
});
