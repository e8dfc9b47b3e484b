import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { percentileRounds } from '../../../src/core/compare/blockBootstrap';
import { mean, median, scaledMad, variance } from '../../../src/core/stats/descriptive';
import { historicalInterval } from '../../../src/core/compare/historicalInterval';
import { hodgesLehmann } from '../../../src/core/compare/hodgesLehmann';
import { judge, roundsNeeded, smallestDetectable } from '../../../src/core/compare/judge';
import type { RoundEstimate } from '../../../src/core/compare/launchInterval';
import {
  DEFAULT_LAUNCH_PRIOR,
  estimateRound,
  launchInterval,
  launchP,
  pooledLaunches,
} from '../../../src/core/compare/launchInterval';
import { learnLaunchPrior } from '../../../src/core/compare/launchPriorUpdate';
import { liveBand } from '../../../src/core/compare/liveBand';
import { lookAlpha } from '../../../src/core/compare/looks';
import type { Rng } from '../../../src/core/stats/rng';
import { createRng } from '../../../src/core/stats/rng';
import { LatencyHistogram } from '../../../src/core/stats/histogram';
import { armBlock } from './sessions';

function near(actual: number, expected: number, tolerance: number): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not within ${tolerance} of ${expected}`);
}

function normals(rng: Rng, n: number, centre = 0, sd = 1): number[] {
  return Array.from({ length: n }, () => centre + sd * rng.normal());
}

describe('describing values', () => {
  it('uses the sample variance and a median that splits pairs', () => {
    assert.equal(variance([1, 2, 3, 4]), 5 / 3);
    assert.equal(variance([7]), 0);
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(median([4, 1, 3, 2]), 2.5);
    near(scaledMad([1, 2, 3, 4, 100], 3), 1.4826, 1e-12);
  });
});

describe('Hodges and Lehmann', () => {
  /** Signed-rank p by trying all 2^n signs. */
  function bruteForceP(values: readonly number[], centre: number): number {
    const ranked = values.map((v) => v - centre).sort((x, y) => Math.abs(x) - Math.abs(y));
    const observed = ranked.reduce((sum, v, i) => sum + (v > 0 ? i + 1 : 0), 0);
    let [low, high] = [0, 0];
    for (let signs = 0; signs < 2 ** values.length; signs++) {
      const sum = ranked.reduce((total, _, i) => total + ((signs >> i) & 1) * (i + 1), 0);
      if (sum <= observed) low++;
      if (sum >= observed) high++;
    }
    return Math.min(1, (2 * Math.min(low, high)) / 2 ** values.length);
  }

  it('gives the interval of all centres that the exact test does not reject', () => {
    const rng = createRng(3);
    for (const n of [6, 8, 9]) {
      const values = normals(rng, n, 0.3);
      const { low, high } = hodgesLehmann(values, 0.05);
      const hair = 1e-9;
      assert.ok(bruteForceP(values, low + hair) > 0.05);
      assert.ok(bruteForceP(values, high - hair) > 0.05);
      assert.ok(bruteForceP(values, low - hair) <= 0.05);
      assert.ok(bruteForceP(values, high + hair) <= 0.05);
    }
  });

  it('takes the median of all pairwise means', () => {
    // Means of 1, 2, 6: 1, 1.5, 2, 3.5, 4, 6.
    assert.equal(hodgesLehmann([6, 1, 2], 0.05).estimate, 2.75);
    assert.equal(hodgesLehmann([1, 2, 3, 4, 5], 0.05).low, -Infinity);
  });

  it('hardly moves when one block is hit by a burst', () => {
    const calm = [0.01, 0.012, 0.008, 0.011, 0.009, 0.01, 0.013, 0.007];
    const hit = [...calm.slice(0, 7), -0.4];
    assert.ok(Math.abs(hodgesLehmann(hit, 0.05).estimate - hodgesLehmann(calm, 0.05).estimate) < 0.002);
  });

  it('holds the true centre in 95 of 100 intervals', () => {
    const rng = createRng(11);
    let held = 0;
    for (let i = 0; i < 2000; i++) {
      const { low, high } = hodgesLehmann(normals(rng, 8, 0.5), 0.05);
      if (low <= 0.5 && 0.5 <= high) held++;
    }
    near(held / 2000, 0.961, 0.015);
  });
});

describe('the interval over launches', () => {
  const round = (estimate: number, standardError: number): RoundEstimate => ({ estimate, standardError });

  it('equals the formula worked by hand', () => {
    const summary = pooledLaunches([round(0.02, 0.004), round(0.04, 0.006)], DEFAULT_LAUNCH_PRIOR);
    // v0 = (16e-6 + 36e-6)/2 + 2·25e-6 = 76e-6; Var = 2e-4; s² = (4·76e-6 + 2e-4)/5 = 1.008e-4
    near(summary.variance, 1.008e-4, 1e-12);
    assert.equal(summary.degreesOfFreedom, 5);
    const { low, high } = launchInterval(summary, 0.01);
    near((high - low) / 2, 4.0321 * Math.sqrt(1.008e-4 / 2), 1e-6);
    near((high + low) / 2, 0.03, 1e-12);
  });

  it('lets the prior speak for the launches when there is one', () => {
    const summary = pooledLaunches([round(0.05, 0.003)], DEFAULT_LAUNCH_PRIOR);
    near(summary.variance, 9e-6 + 5e-5, 1e-12);
    assert.equal(summary.degreesOfFreedom, 4);
  });

  it('is infinite, and its p is 1, when a round is too short for a standard error', () => {
    const summary = pooledLaunches([estimateRound([0.1, 0.1, 0.1])], DEFAULT_LAUNCH_PRIOR);
    assert.equal(launchInterval(summary, 0.05).low, -Infinity);
    assert.equal(launchP(summary), 1);
    assert.equal(roundsNeeded(summary, 0.03, 0.01), null);
  });

  it('holds the truth at least as often as it says, launches varying as believed', () => {
    const rng = createRng(5);
    let held = 0;
    for (let i = 0; i < 800; i++) {
      const rounds = Array.from({ length: 3 }, () => {
        const luck = Math.SQRT2 * 0.005 * rng.normal();
        return estimateRound(normals(rng, 8, 0.05 + luck, 0.02));
      });
      const { low, high } = launchInterval(pooledLaunches(rounds, DEFAULT_LAUNCH_PRIOR), 0.05);
      if (low <= 0.05 && 0.05 <= high) held++;
    }
    assert.ok(held / 800 > 0.935, String(held / 800));
  });

  it('has a p that is below alpha exactly when the interval leaves zero out', () => {
    for (const estimate of [0.005, 0.01, 0.02, 0.05]) {
      const summary = pooledLaunches([round(estimate, 0.003), round(estimate, 0.004)], DEFAULT_LAUNCH_PRIOR);
      assert.equal(launchP(summary) < 0.05, launchInterval(summary, 0.05).low > 0);
    }
  });
});

describe('what is believed about launches', () => {
  it('grows with launches that differ, has a floor, and never becomes certain', () => {
    const sessions = (spread: number) =>
      Array.from({ length: 8 }, () =>
        [1, -1, 1, -1].map((sign) => ({ estimate: sign * spread, standardError: 0.001 })),
      );
    const wide = learnLaunchPrior(sessions(0.02));
    assert.ok(wide.sigma > 0.012 && wide.sigma < 0.018, String(wide.sigma));
    assert.equal(wide.degreesOfFreedom, 20);
    assert.equal(learnLaunchPrior(sessions(0)).sigma, 0.003);
    assert.deepEqual(learnLaunchPrior([]), DEFAULT_LAUNCH_PRIOR);
  });
});

describe('the verdict', () => {
  const margin = Math.log(1.03);
  const said = (low: number, high: number) => judge({ low, high, estimate: (low + high) / 2 }, margin);

  it('says equivalent only when the whole interval is inside the margin, even if it leaves zero out', () => {
    assert.deepEqual(said(-0.02, 0.02), { verdict: 'equivalent', clearly: false, realButSmall: false });
    assert.deepEqual(said(0.005, 0.02), { verdict: 'equivalent', clearly: false, realButSmall: true });
    assert.equal(said(-0.02, 0.04).verdict, 'inconclusive');
    assert.equal(said(-Infinity, Infinity).verdict, 'inconclusive');
  });

  it('says faster or slower when zero is left out, and clearly when the margin is too', () => {
    assert.deepEqual(said(0.01, 0.05), { verdict: 'faster', clearly: false, realButSmall: false });
    assert.deepEqual(said(0.04, 0.08), { verdict: 'faster', clearly: true, realButSmall: false });
    assert.deepEqual(said(-0.08, -0.04), { verdict: 'slower', clearly: true, realButSmall: false });
  });

  it('asks for the rounds that would narrow the interval enough, and for none when twenty would not', () => {
    const summary = { estimate: 0.02, variance: 2e-4, degreesOfFreedom: 4, rounds: 1 };
    const more = roundsNeeded(summary, margin, 0.01);
    assert.ok(more !== null && more > 1 && more < 19);
    const later = { ...summary, rounds: 1 + more, degreesOfFreedom: 4 + more };
    const { low, high } = launchInterval(later, 0.01);
    assert.ok((high - low) / 2 <= 0.9 * 0.02);
    assert.equal(roundsNeeded({ ...summary, variance: 0.1 }, margin, 0.01), null);
  });

  it('knows the smallest change that is found', () => {
    const summary = { estimate: 0, variance: 4e-4, degreesOfFreedom: 4, rounds: 1 };
    near(smallestDetectable(summary, 5, 0.01), (3.3554 + 0.8416) * Math.sqrt(4e-4 / 5), 1e-5);
  });
});

describe('planned looks', () => {
  it('spend at most five per cent together, extended or not', () => {
    const planned = [1, 2, 3, 4, 5].map((look) => lookAlpha(look, { quick: false, extendable: false }));
    near(
      planned.reduce((sum, alpha) => sum + alpha, 0),
      0.05,
      1e-12,
    );
    const extended = Array.from({ length: 60 }, (_, i) => lookAlpha(i + 1, { quick: false, extendable: true }));
    near(extended[0]!, 0.009, 1e-12);
    near(extended[5]!, 0.0025, 1e-12);
    assert.ok(extended.reduce((sum, alpha) => sum + alpha, 0) <= 0.05 + 1e-12);
    assert.equal(lookAlpha(1, { quick: true, extendable: false }), 0.05);
  });
});

describe('the live band', () => {
  it('may be watched at every block and is left by the truth in at most 5 of 100 sessions', () => {
    let left = 0;
    for (let session = 0; session < 400; session++) {
      const values = normals(createRng(session), 40, 0, 0.02);
      const leaves = values.some((_, i) => {
        const { low, high } = liveBand(values.slice(0, i + 1), 0.05);
        return low > 0 || high < 0;
      });
      if (leaves) left++;
    }
    assert.ok(left / 400 < 0.05, String(left / 400));
    assert.ok(liveBand(normals(createRng(1), 30, 0.1, 0.02), 0.05).low > 0.05);
  });
});

describe('the historical interval', () => {
  it('equals the formula worked by hand for one and for five stored runs', () => {
    const one = historicalInterval(0.1, [0], 0.04);
    near(one.high - one.estimate, 2.7764 * Math.sqrt(0.0016 * 2), 1e-5);
    const runs = [0, 0.02, -0.02, 0.01, -0.01];
    const five = historicalInterval(0.1, runs, 0.04);
    const spread = (4 * 0.0016 + 4 * variance(runs)) / 8;
    near(five.high - five.estimate, 2.306 * Math.sqrt(spread * 1.2), 1e-5);
    near(five.estimate, 0.1, 1e-12);
  });
});

describe('percentiles', () => {
  /** Blocks whose latencies share a factor, as a burst does; requests within a block are not independent. */
  function latencyBlocks(rng: Rng, blocks: number, requests: number, factor: number) {
    return Array.from({ length: blocks }, () => {
      const sides = [1, factor].map((scale) => {
        const histogram = new LatencyHistogram();
        const shared = Math.exp(0.01 * rng.normal());
        for (let i = 0; i < requests; i++) histogram.record(3000 * scale * shared * Math.exp(0.35 * rng.normal()));
        return histogram;
      });
      return { before: armBlock({ latencies: sides[0]! }), after: armBlock({ latencies: sides[1]! }) };
    });
  }

  it('finds the ratio of a percentile and reports it in the unit of the histograms', () => {
    const [p50, p90] = percentileRounds(latencyBlocks(createRng(2), 8, 1000, 1.1), [0.5, 0.9], createRng(1))!;
    near(p50!.estimate, Math.log(1.1), 0.03);
    near(p90!.estimate, Math.log(1.1), 0.04);
    near(p50!.before, 3000, 60);
    near(p90!.before, 3000 * Math.exp(0.35 * 1.2816), 130);
  });

  it('has a standard error that matches how much repeated rounds differ', () => {
    const rng = createRng(9);
    const rounds = Array.from({ length: 60 }, () => percentileRounds(latencyBlocks(rng, 8, 300, 1), [0.5], rng)![0]!);
    const spread = Math.sqrt(variance(rounds.map((round) => round.estimate)));
    const claimed = Math.sqrt(mean(rounds.map((round) => round.standardError ** 2)));
    near(claimed / spread, 1, 0.3);
  });

  it('is not given when histograms are missing or a side answered nothing', () => {
    const some = latencyBlocks(createRng(1), 4, 50, 1);
    assert.equal(percentileRounds([...some, { before: armBlock({}), after: armBlock({}) }], [0.5], createRng(1)), null);
    const silent = some.map(({ before }) => ({ before, after: armBlock({ latencies: new LatencyHistogram() }) }));
    assert.equal(percentileRounds(silent, [0.5], createRng(1)), null);
  });
});
