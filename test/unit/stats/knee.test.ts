import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findKnee } from '../../../src/core/stats/findKnee';
import { kneedle } from '../../../src/core/stats/kneedle';
import { fitScalability, scalabilityAt, type LevelThroughput } from '../../../src/core/stats/scalabilityFit';

const LEVELS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000];

/** A curve with multiplicative noise of the given size, the same on every call with the same seed. */
function curve(law: (level: number) => number, noise = 0, seed = 1, levels = LEVELS): LevelThroughput[] {
  let state = seed;
  const random = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  for (let turn = 0; turn < 5; turn++) random();
  return levels.map((level) => ({ level, throughputRps: law(level) * (1 + noise * (2 * random() - 1)) }));
}

const usl =
  (lambda: number, sigma: number, kappa: number) =>
  (level: number): number =>
    (lambda * level) / (1 + sigma * (level - 1) + kappa * level * (level - 1));

describe('Kneedle', () => {
  it('finds where a curve stops growing, and nothing on a straight line', () => {
    const saturating = LEVELS.map((level) => Math.min(level, 32));
    assert.equal(kneedle(LEVELS, saturating), 5);
    assert.equal(kneedle(LEVELS, LEVELS), null);
    assert.equal(kneedle([1, 2, 3, 4], [5, 5, 5, 5]), null);
  });
  it('finds the knee of 1 − 1/(x + 0.1), the example of its paper, near x = 0.22', () => {
    const xs = Array.from({ length: 101 }, (_, index) => index / 100);
    const at = kneedle(
      xs,
      xs.map((x) => -1 / (x + 0.1) + 5),
    );
    assert.ok(at !== null && Math.abs((xs[at] ?? 0) - 0.22) <= 0.02, `${at}`);
  });
});

describe('the fit of the universal scalability law', () => {
  it('gives back the law that made the curve', () => {
    const fit = fitScalability(curve(usl(900, 0.03, 0.0004)));
    assert.ok(fit);
    assert.ok(
      Math.abs(fit.lambda - 900) < 0.01 && Math.abs(fit.sigma - 0.03) < 1e-6 && Math.abs(fit.kappa - 0.0004) < 1e-8,
    );
    assert.ok(Math.abs((fit.peakLevel ?? 0) - Math.sqrt(0.97 / 0.0004)) < 0.01);
    assert.ok(fit.error < 1e-9);
    assert.ok(Math.abs(scalabilityAt(fit, 64) - usl(900, 0.03, 0.0004)(64)) < 0.01);
  });
  it('finds the peak within a quarter under 5 % of noise, whatever the noise', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const fit = fitScalability(curve(usl(900, 0.03, 0.0004), 0.05, seed * 7919));
      assert.ok(fit?.peakLevel && Math.abs(fit.peakLevel / 49.2 - 1) < 0.25, `seed ${seed}: ${fit?.peakLevel}`);
      assert.ok(fit.error < 0.06);
    }
  });
  it('has no peak where throughput only levels off, and no negative coefficient where it is a line', () => {
    assert.equal(fitScalability(curve(usl(900, 0.05, 0)))?.peakLevel, null);
    const line = fitScalability(curve((level) => 10 * level));
    assert.ok(line && line.sigma < 1e-9 && line.kappa === 0 && Math.abs(line.lambda - 10) < 1e-6);
  });
  it('needs four levels', () => {
    assert.equal(fitScalability(curve(usl(900, 0.03, 0.0004), 0, 1, [1, 2, 4])), null);
    assert.equal(fitScalability(curve(() => 0)), null);
  });
});

describe('the knee of a sweep', () => {
  const kneeOf = (points: LevelThroughput[]): ReturnType<typeof findKnee> =>
    findKnee('connections', points, fitScalability(points));

  it('of a server with so many workers is at that many connections, give or take a level of noise', () => {
    for (const workers of [4, 16, 64]) {
      for (let seed = 1; seed <= 20; seed++) {
        const knee = kneeOf(curve((level) => 100 * Math.min(level, workers), 0.03, seed * 104_729));
        assert.ok(knee?.rule === 'kneedle', `seed ${seed}`);
        const off = Math.abs(Math.log2(knee.level / workers));
        assert.ok(off <= 1, `${workers} workers, seed ${seed}: ${knee.level}`);
      }
    }
  });
  it('is found on a curve that falls again', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const knee = kneeOf(curve(usl(900, 0.03, 0.0004), 0.03, seed * 1299));
      assert.ok(knee?.rule === 'kneedle', `seed ${seed}`);
      assert.ok(knee.level >= 16 && knee.level <= 64, `${knee.level}`);
    }
  });
  it('is the lowest level when more connections bring nothing', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const knee = kneeOf(curve(() => 700, 0.04, seed * 31));
      assert.deepEqual([knee?.rule, knee?.level], ['flat', 1]);
    }
  });
  it('is the peak of the law when the curve shows no bend but the law fits and has one', () => {
    const points = curve(usl(100, 0, 0.02), 0, 1, [4, 6, 8, 10]);
    const fit = fitScalability(points);
    assert.ok(fit?.peakLevel && Math.abs(fit.peakLevel - 7.07) < 0.01);
    const straight = [4, 6, 8, 10].map((level) => ({ level, throughputRps: 100 * level }));
    assert.deepEqual(findKnee('connections', straight, fit)?.rule, 'usl');
    assert.equal(findKnee('connections', straight, { ...fit, error: 0.3 }), null);
  });
  it('is not there while throughput still grows', () => {
    for (let seed = 1; seed <= 20; seed++) assert.equal(kneeOf(curve((level) => 10 * level, 0.03, seed * 17)), null);
    assert.equal(kneeOf(curve(usl(900, 0.03, 0.0004), 0, 1, [1, 2, 4])), null);
    assert.equal(kneeOf([]), null);
  });
  it('of rates is the highest that was met, when a higher one was not', () => {
    const rates = [100, 200, 400, 800].map((level) => ({ level, throughputRps: Math.min(level, 410) }));
    assert.deepEqual(findKnee('rate', rates, null), { rule: 'rate-met', level: 400, throughputRps: 400 });
    assert.equal(findKnee('rate', rates.slice(0, 3), null), null);
    assert.equal(findKnee('rate', rates.slice(3), null), null);
  });
});
