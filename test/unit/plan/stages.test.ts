import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { ClosedLoad, LoadModel, LoadProfile, LoadStage, OpenLoad } from '../../../src/core/model/loadProfile';
import { Arrivals } from '../../../src/core/plan/arrivals';
import { checkProfile } from '../../../src/core/plan/checkProfile';
import { defaultProfile } from '../../../src/core/plan/defaultProfile';
import { shareOf } from '../../../src/core/plan/shareOf';
import { levelAt, peakLevel, stagesMs } from '../../../src/core/plan/stages';
import { dueInStage } from '../../support/dueInStage';

const stagesOf = (levels: fc.Arbitrary<number>): fc.Arbitrary<LoadStage[]> =>
  fc.array(fc.record({ durationMs: fc.integer({ min: 50, max: 3000 }), from: levels, to: levels }), {
    minLength: 1,
    maxLength: 5,
  });

function open(stages: readonly LoadStage[]): OpenLoad {
  return { kind: 'open', ratePerS: peakLevel(stages), arrivals: 'constant', maxConnections: 10, stages };
}

function allArrivals({ stages = [], offset = 0.5, arrivals }: OpenLoad, random = (): number => 0.5): number[] {
  const source = new Arrivals({ stages, arrivals, offset, random });
  const times: number[] = [];
  for (let us = source.nextUs(); us < Infinity; us = source.nextUs()) times.push(us);
  return times;
}

describe('arrivals', () => {
  it('are evenly spaced under a steady rate, half a gap after its begin', () => {
    assert.deepEqual(
      allArrivals(open([{ durationMs: 1000, from: 5, to: 5 }])),
      [100_000, 300_000, 500_000, 700_000, 900_000],
    );
  });

  it('are as many as the area below any rate, to the nearest one, in order, none beyond the end', () => {
    fc.assert(
      fc.property(stagesOf(fc.integer({ min: 0, max: 400 })), (stages) => {
        const times = allArrivals(open(stages));
        const area = stages.reduce((sum, stage) => sum + dueInStage(stage), 0);
        assert.ok(Math.abs(times.length - area) <= 0.5 + 1e-6, `${times.length} arrivals, area ${area}`);
        assert.ok(times.every((us, index) => us >= (times[index - 1] ?? 0) && us <= stagesMs(stages) * 1000));
      }),
    );
  });

  it('come where the area below a ramp has grown by one', () => {
    const stage = { durationMs: 2000, from: 0, to: 100 };
    allArrivals(open([stage])).forEach((us, index) => {
      const s = us / 1_000_000;
      assert.ok(Math.abs(25 * s * s - (index + 0.5)) < 1e-6);
    });
  });

  it('by chance have the rate of the ramp', () => {
    let state = 1;
    const random = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
    const times = allArrivals({ ...open([{ durationMs: 10_000, from: 0, to: 2000 }]), arrivals: 'poisson' }, random);
    const early = times.filter((us) => us < 5_000_000).length;
    assert.ok(Math.abs(times.length - 10_000) < 400, `${times.length}`);
    assert.ok(Math.abs(early - 2500) < 200, `${early}`);
  });

  it('that are left until a moment can be counted without taking them', () => {
    const source = new Arrivals({
      ...open([{ durationMs: 1000, from: 0, to: 100 }]),
      stages: [{ durationMs: 1000, from: 0, to: 100 }],
      offset: 0.5,
      random: Math.random,
    });
    for (let taken = 0; taken < 10; taken++) source.nextUs();
    assert.equal(source.countUntil(1_000_000), 41);
    assert.equal(source.countUntil(100_000), 0);
  });
});

describe('shares of a load', () => {
  it('of an open loop are together the arrivals of the whole', () => {
    fc.assert(
      fc.property(stagesOf(fc.integer({ min: 0, max: 200 })), fc.integer({ min: 1, max: 5 }), (stages, count) => {
        const whole = allArrivals(open(stages));
        const parts = shares(open(stages), count)
          .flatMap((share) => (share.kind === 'open' ? allArrivals(share) : []))
          .sort((a, b) => a - b);
        // One that lies on the very end may fall to either side.
        assert.ok(Math.abs(parts.length - whole.length) <= 1);
        parts.slice(0, whole.length - 1).forEach((us, at) => assert.ok(Math.abs(us - (whole[at] ?? 0)) < 2));
      }),
    );
  });

  it('of a closed loop are together the connections of the whole at every moment', () => {
    fc.assert(
      fc.property(stagesOf(fc.integer({ min: 0, max: 50 })), fc.integer({ min: 1, max: 5 }), (stages, count) => {
        const model: ClosedLoad = { kind: 'closed', connections: peakLevel(stages), pipelining: 1, stages };
        const parts = shares(model, count);
        const connections = parts.map((share) => (share.kind === 'closed' ? share.connections : 0));
        assert.equal(
          connections.reduce((sum, each) => sum + each),
          model.connections,
        );
        for (let ms = 13; ms < stagesMs(stages); ms += 97) {
          const inUse = parts.map((share) => Math.floor(levelAt(share.stages ?? [], ms) + 1e-9));
          assert.equal(
            inUse.reduce((sum, each) => sum + each),
            Math.floor(levelAt(stages, ms) + 1e-9),
          );
          assert.ok(inUse.every((each, index) => each <= (connections[index] ?? 0)));
        }
      }),
    );
  });

  it('without stages split connections and rate, and one share is the whole', () => {
    const closed = shares({ kind: 'closed', connections: 10, pipelining: 2 }, 4);
    assert.deepEqual(
      closed,
      [3, 3, 2, 2].map((connections) => ({ kind: 'closed', connections, pipelining: 2 })),
    );
    assert.deepEqual(shares({ kind: 'closed', connections: 7, pipelining: 1 }, 1), [
      { kind: 'closed', connections: 7, pipelining: 1 },
    ]);
    assert.deepEqual(
      shares({ kind: 'open', ratePerS: 100, arrivals: 'constant', maxConnections: 5 }, 2).map((share) => [
        share.kind === 'open' && share.ratePerS,
        share.kind === 'open' && share.maxConnections,
        share.kind === 'open' && share.offset,
      ]),
      [
        [50, 3, 0.25],
        [50, 2, 0.75],
      ],
    );
  });
});

describe('stages that cannot be run', () => {
  const ok: LoadStage = { durationMs: 1000, from: 1, to: 4 };
  const profile = (stages: readonly LoadStage[], changes: Partial<LoadProfile> = {}): LoadProfile => ({
    ...defaultProfile(),
    model: { kind: 'closed', connections: 4, pipelining: 1, stages },
    stop: { durationMs: stagesMs(stages), requests: null },
    ...changes,
  });
  const refused: readonly (readonly [string, LoadProfile, RegExp])[] = [
    ['none', profile([]), /1 to 100 stages, not 0/],
    ['no time', profile([ok, { ...ok, durationMs: 0 }]), /Stage 2 must last longer than 0 ms/],
    ['half a connection', profile([{ ...ok, from: 1.5 }]), /Stage 1 must have a whole number of connections/],
    ['less than nothing', profile([{ ...ok, from: -1 }]), /from 0 to 10000, not -1/],
    ['nothing at all', profile([{ ...ok, from: 0, to: 0 }]), /nothing would be sent/],
    ['another most', profile([{ ...ok, to: 5 }]), /reach 5 connections/],
    ['a count', profile([ok], { stop: { durationMs: 1000, requests: 5 } }), /leave out the number of requests/],
    ['another length', profile([ok], { stop: { durationMs: 900, requests: null } }), /last 1000 ms together/],
  ];
  for (const [name, wrong, sentence] of refused) {
    it(`are refused with a sentence: ${name}`, () => assert.throws(() => checkProfile(wrong), sentence));
  }
  it('and those that can are not', () => checkProfile(profile([ok, { durationMs: 5, from: 0, to: 0 }])));
});

function shares(model: LoadModel, count: number): LoadModel[] {
  return Array.from({ length: count }, (_, index) => shareOf(model, index, count));
}
