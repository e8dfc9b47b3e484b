import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { generatorLimits } from '../../../src/core/compare/generatorLimit';
import { gradeNoise } from '../../../src/core/compare/noise';
import { createRng } from '../../../src/core/stats/rng';
import { planRound, sliceShape } from '../../../src/core/compare/roundPlan';
import { areBothSteady, isSteady, shouldDropFirstBlocks, trendP } from '../../../src/core/compare/steadiness';
import { compareStops, countStops } from '../../../src/core/compare/stops';

describe('the plan of a round', () => {
  const fast = { meanLatencyMs: 2, p99LatencyMs: 9, requestsPerS: 4000 };

  it('makes slices long enough for fifty requests and for twenty latencies, within 250 ms and 2 s', () => {
    assert.deepEqual(sliceShape(fast), { lengthMs: 250, guardMs: 50, slicesPerBlock: 8 });
    assert.equal(sliceShape({ ...fast, requestsPerS: 125 }).lengthMs, 400);
    assert.equal(sliceShape({ ...fast, meanLatencyMs: 30 }).lengthMs, 600);
    assert.equal(sliceShape({ ...fast, meanLatencyMs: 30 }).slicesPerBlock, 4);
    assert.equal(sliceShape({ ...fast, requestsPerS: 1 }).lengthMs, 2000);
    assert.equal(sliceShape({ ...fast, requestsPerS: 0 }).lengthMs, 2000);
  });

  it('guards three times the slow latency, at most a fifth of the slice', () => {
    assert.equal(sliceShape({ meanLatencyMs: 30, p99LatencyMs: 35, requestsPerS: 500 }).guardMs, 105);
    assert.equal(sliceShape({ meanLatencyMs: 30, p99LatencyMs: 900, requestsPerS: 500 }).guardMs, 120);
  });

  it('orders every block A B B A B A A B or its mirror, tossed fairly, equal slices within ten per cent', () => {
    const rng = createRng(5);
    const seen = new Map<string, number>();
    for (const { slices } of planRound(sliceShape(fast), rng, 2000)) {
      const order = slices.map(({ arm }) => (arm === 'before' ? 'A' : 'B')).join('');
      seen.set(order, (seen.get(order) ?? 0) + 1);
      const lengths = new Set(slices.map(({ durationMs }) => durationMs));
      assert.equal(lengths.size, 1);
      for (const length of lengths) assert.ok(length >= 225 && length <= 275);
    }
    assert.deepEqual([...seen.keys()].sort(), ['ABBABAAB', 'BAABABBA']);
    for (const times of seen.values()) assert.ok(Math.abs(times - 1000) < 100);
  });

  it('plans eight blocks, the same for the same seed', () => {
    const plan = () => planRound(sliceShape(fast), createRng(3));
    assert.equal(plan().length, 8);
    assert.deepEqual(plan(), plan());
  });
});

describe('warm-up', () => {
  const flat = (level: number) => Array.from({ length: 16 }, () => level);

  it('is over when both sides and their ratio stand still within two per cent', () => {
    assert.ok(areBothSteady(flat(1000), flat(1100)));
    const rising = [...flat(1000).slice(0, 8), ...flat(1030).slice(0, 8)];
    assert.ok(!areBothSteady(rising, flat(1100)));
    assert.ok(!isSteady(flat(0).slice(1)));
    // Each side moves by 1.5 % only, but in opposite directions.
    const up = [...flat(1000).slice(0, 8), ...flat(1015).slice(0, 8)];
    const down = [...flat(1000).slice(0, 8), ...flat(985).slice(0, 8)];
    assert.ok(!areBothSteady(up, down));
  });

  it('leaves early blocks in unless they differ in the same way over the rounds', () => {
    const rng = createRng(2);
    const round = (early: number) => Array.from({ length: 8 }, (_, i) => (i < 2 ? early : 0) + 0.01 * rng.normal());
    assert.ok(shouldDropFirstBlocks([0, 0, 0, 0].map(() => round(0.2))));
    assert.ok(!shouldDropFirstBlocks([round(0.2)]));
    let dropped = 0;
    for (let i = 0; i < 500; i++) if (shouldDropFirstBlocks([round(0), round(0), round(0)])) dropped++;
    assert.ok(dropped < 15, String(dropped));
  });

  it('sees a trend, and none in noise', () => {
    const rng = createRng(8);
    assert.ok(trendP(Array.from({ length: 8 }, (_, i) => 0.01 * i + 0.003 * rng.normal())) < 0.01);
    const ps = Array.from({ length: 400 }, () => trendP(Array.from({ length: 8 }, () => rng.normal())));
    const small = ps.filter((p) => p < 0.05).length / ps.length;
    assert.ok(small > 0.02 && small < 0.09, String(small));
    assert.equal(trendP([1, 1, 1, 1]), 1);
  });
});

describe('full stops', () => {
  it('are two or more nearly empty windows in a row', () => {
    assert.equal(countStops([50, 3, 50, 2, 1, 0, 50, 0, 0], 50), 2);
    assert.equal(countStops([50, 9, 9, 10, 10, 50], 50), 1);
    assert.equal(countStops([0, 0, 0], 9), null);
  });

  it('name the side that has more than chance allows', () => {
    assert.equal(compareStops(0, 5).worse, null);
    assert.equal(compareStops(0, 6).worse, 'after');
    assert.equal(compareStops(12, 2).worse, 'before');
    assert.equal(compareStops(20, 25).worse, null);
  });
});

describe('the machine', () => {
  it('is graded by how blocks scatter within their round, whatever the rounds differ', () => {
    const rng = createRng(3);
    const rounds = (sd: number) =>
      [0, 0.2, -0.1, 0.4].map((luck) => Array.from({ length: 40 }, () => luck + sd * rng.normal()));
    assert.equal(gradeNoise(rounds(0.005))?.grade, 'quiet');
    assert.equal(gradeNoise(rounds(0.02))?.grade, 'normal');
    assert.equal(gradeNoise(rounds(0.045))?.grade, 'noisy');
    assert.equal(gradeNoise(rounds(0.12))?.grade, 'hostile');
    assert.equal(gradeNoise([[0.1, 0.2]]), null);
  });

  it('is not blamed on the generator without a sign, and each sign is named with its number', () => {
    const calm = {
      eventLoopUtilization: 0.4,
      threadCpu: 0.4,
      loopDelayP99Ms: 0.1,
      p50LatencyMs: 5,
      throughputRps: 2000,
      nullServerRps: 60_000,
      serverCpuShare: 0.98,
      gainFromDoubling: 1.01,
      sendLagP99Ms: null,
      machineBusy: 0.6,
    };
    assert.deepEqual(generatorLimits(calm), []);
    const strained: [Partial<typeof calm> | { sendLagP99Ms: number }, RegExp][] = [
      [{ eventLoopUtilization: 0.9 }, /busy 90 % of the time/],
      [{ threadCpu: 0.9 }, /90 % of a core/],
      [{ loopDelayP99Ms: 0.6 }, /late by 0.6 ms/],
      [{ throughputRps: 45_000 }, /75 % of the most/],
      [{ serverCpuShare: 0.5 }, /only 50 % of its CPU/],
      [{ sendLagP99Ms: 1.4 }, /more than 1.4 ms late/],
      [{ machineBusy: 0.99 }, /all cores were busy/],
    ];
    for (const [sign, text] of strained) {
      const [warning, ...others] = generatorLimits({ ...calm, ...sign });
      assert.match(warning!.message, text);
      assert.deepEqual(others, []);
    }
  });
});
