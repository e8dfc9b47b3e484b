import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decideSession } from '../../../src/core/compare/decideSession';
import { beginLiveSession, liveLook, liveProgress, liveStep } from '../../../src/core/compare/liveSession';
import { createRng } from '../../../src/core/stats/rng';
import { shortVerdict } from '../../../src/core/compare/shortVerdict';
import type { PairProgress } from '../../../src/core/model/pairPlan';
import { SESSION, sessionRounds } from './sessions';

const LABELS = { before: 'HEAD (4f2c1d9)', after: 'working tree' };
const BEGUN = beginLiveSession({ labels: LABELS, margin: 0.03, plannedRounds: 5 });

function measured(logRatios: readonly number[]): PairProgress {
  return { phase: 'measure', elapsedMs: 1000, logRatios, rps: { before: 100, after: 90 } };
}

describe('a comparison that goes on', () => {
  it('shows a band only when there are blocks enough for one', () => {
    const few = liveProgress(BEGUN, measured([-0.1, -0.11]), 0, 60);
    assert.equal(few.rounds[0]?.low, null);
    const many = liveProgress(few, measured([-0.1, -0.11, -0.09, -0.1, -0.12, -0.1, -0.1, -0.11]), 0, 50);
    const [round] = many.rounds;
    assert.equal(many.rounds.length, 1);
    assert.ok(round?.low && round.high && round.low < round.ratio && round.ratio < round.high);
  });

  it('keeps the rounds of the last look and replaces the one under way', () => {
    const looked = liveLook(BEGUN, decideSession(sessionRounds(createRng(1), 2, 0.9, 0.02), SESSION));
    assert.equal(looked.rounds.length, 2);
    const third = liveProgress(looked, measured([-0.1]), 2, 40);
    assert.deepEqual(
      third.rounds.map(({ blocks }) => blocks.length),
      [8, 8, 1],
    );
    assert.equal(liveProgress(third, measured([-0.1, -0.2]), 2, 39).rounds.length, 3);
    assert.match(third.look?.headline ?? '', /slower than HEAD/);
  });

  it('forgets the paces while servers are started', () => {
    const step = liveStep(liveProgress(BEGUN, measured([]), 0, 60), 'Starting HEAD…', 1);
    assert.deepEqual([step.sentence, step.round, step.rps], ['Starting HEAD', 2, null]);
  });
});

describe('a verdict in few words', () => {
  const said = (speed: number, noise: number, rounds = 3): string =>
    shortVerdict(decideSession(sessionRounds(createRng(3), rounds, speed, noise), { ...SESSION, labels: LABELS }));

  it('has a sign, a size and what it was compared with', () => {
    assert.match(said(1.12, 0.01), /^▲ 12 % faster than HEAD$/);
    assert.match(said(0.8, 0.01), /^▼ 20 % slower than HEAD$/);
    assert.equal(said(1, 0.005), '= no difference > 3 % from HEAD');
    assert.equal(said(0.97, 0.08, 1), '? cannot tell yet');
  });
});
