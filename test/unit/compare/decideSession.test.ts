import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decideMany } from '../../../src/core/compare/decideMany';
import { decideSession } from '../../../src/core/compare/decideSession';
import { createRng } from '../../../src/core/stats/rng';
import type { ArmBlock, SessionRound } from '../../../src/core/compare/sessionData';
import { LatencyHistogram } from '../../../src/core/stats/histogram';
import { SESSION, sessionRounds } from './sessions';

/** The same rounds with one side's blocks changed; answers are 200s unless told otherwise. */
function changeSide(
  rounds: readonly SessionRound[],
  arm: 'before' | 'after',
  change: (block: ArmBlock, index: number) => Partial<ArmBlock>,
): SessionRound[] {
  return rounds.map((round) => ({
    ...round,
    blocks: round.blocks.map((block, index) => {
      const changed = change(block[arm], index);
      const statuses = changed.requests === undefined ? block[arm].statuses : { '200': changed.requests };
      return { ...block, [arm]: { ...block[arm], statuses, ...changed } };
    }),
  }));
}

function latencies(rng: ReturnType<typeof createRng>, scale: number, requests = 400): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (let i = 0; i < requests; i++) histogram.record(5000 * scale * Math.exp(0.3 * rng.normal()));
  return histogram;
}

describe('a side-by-side session', () => {
  it('says faster with the interval in the sentence, and that it is clearly so', () => {
    const comparison = decideSession(sessionRounds(createRng(1), 3, 1.12, 0.01, 0.003), SESSION);
    assert.equal(comparison.verdict, 'faster');
    assert.equal(comparison.clearly, true);
    assert.match(comparison.headline, /^1[123](\.\d)? % faster than HEAD \(95 %: [\d.]+ to [\d.]+ %\)$/);
    assert.equal(comparison.regression, false);
    assert.equal(comparison.secondsNeeded, null);
    assert.equal(comparison.kind, 'side-by-side');
    assert.match(comparison.details[0]!, /^3 launches of each side, 48 s measured\.$/);
    const [main] = comparison.metrics;
    assert.ok(main!.low! < 1.12 && 1.12 < main!.high! && main!.ratio > 1.1);
    assert.equal(comparison.rounds.length, 3);
    assert.equal(comparison.rounds[0]!.blocks.length, 8);
    assert.deepEqual(
      comparison.looks.map(({ rounds, alpha }) => [rounds, alpha]),
      [1, 2, 3].map((rounds) => [rounds, 0.01]),
    );
  });

  it('says slower, which is a regression', () => {
    const comparison = decideSession(sessionRounds(createRng(2), 3, 0.94, 0.01), SESSION);
    assert.equal(comparison.verdict, 'slower');
    assert.equal(comparison.regression, true);
    assert.match(comparison.headline, /% slower than HEAD \(95 %: /);
  });

  it('says what it knows of launches on this machine, and that it does not know when that may help', () => {
    const learned = { sigma: 0.004, degreesOfFreedom: 12, learnedFrom: 'calibration' } as const;
    const rounds = sessionRounds(createRng(4), 1, 0.975, 0.02);
    const known = decideSession(rounds, { ...SESSION, prior: learned });
    assert.ok(
      known.details.includes(
        'Launches of the same code differ by about 0.4 % on this machine, as its calibration showed.',
      ),
    );
    const unknown = decideSession(rounds, SESSION);
    assert.match(unknown.details.join(' '), /here is not known: 0\.5 % is assumed until a calibration\./);
    const decided = decideSession(sessionRounds(createRng(1), 3, 1.12, 0.01, 0.003), SESSION);
    assert.doesNotMatch(decided.details.join(' '), /not known/);
  });

  it('says "no difference" only with the interval inside the margin, and names a real but small change', () => {
    const same = decideSession(sessionRounds(createRng(3), 5, 1, 0.01), SESSION);
    assert.equal(same.verdict, 'equivalent');
    assert.match(same.headline, /^No difference larger than 3 % from HEAD \(95 %: −[\d.]+ to \+[\d.]+ %\)$/);
    const small = decideSession(sessionRounds(createRng(3), 20, 1.012, 0.004), SESSION);
    assert.equal(small.verdict, 'equivalent');
    assert.ok(small.details.includes('There is a change, but it is smaller than 3 %.'));
  });

  it('says how many more seconds are needed when it cannot tell yet', () => {
    const comparison = decideSession(sessionRounds(createRng(4), 1, 0.975, 0.02), SESSION);
    assert.equal(comparison.verdict, 'inconclusive');
    assert.ok(comparison.secondsNeeded !== null && comparison.secondsNeeded % 24 === 0);
    assert.equal(comparison.headline, `Not sure yet: needs about ${comparison.secondsNeeded} s more`);
  });

  it('says that the machine is too noisy when twenty rounds would not decide', () => {
    const comparison = decideSession(sessionRounds(createRng(5), 1, 1, 0.3), SESSION);
    assert.equal(comparison.secondsNeeded, null);
    assert.match(
      comparison.headline,
      /^Cannot tell: this machine is too noisy now; the smallest change it can see is \d/,
    );
    assert.equal(comparison.noise?.grade, 'hostile');
    assert.ok(comparison.smallestDetectable! > 0.05);
  });

  it('gives the same comparison for the same rounds and seed, as JSON without gaps', () => {
    const rounds = sessionRounds(createRng(6), 2, 1.02, 0.02);
    const text = JSON.stringify(decideSession(rounds, SESSION));
    assert.equal(JSON.stringify(decideSession(rounds, SESSION)), text);
    assert.ok(!text.includes('undefined'));
  });

  it('labels a quick look and does not promise what restarts would bring', () => {
    const options = { ...SESSION, plan: { quick: true, extendable: false } };
    const comparison = decideSession(sessionRounds(createRng(7), 1, 1.1, 0.01), options);
    assert.equal(comparison.kind, 'quick');
    assert.equal(comparison.looks[0]!.alpha, 0.05);
    assert.match(comparison.details[0]!, /quick look at one launch/);
  });

  it('leaves out a voided round and says why', () => {
    const [good, bad] = sessionRounds(createRng(8), 2, 1.1, 0.01);
    const voided = { ...bad!, voided: 'the computer slept.' };
    const comparison = decideSession([good!, voided], SESSION);
    assert.equal(comparison.rounds.length, 1);
    assert.ok(comparison.warnings.some(({ message }) => message === 'Round 2 was left out: the computer slept.'));
    assert.throws(() => decideSession([voided], SESSION), { code: 'nothing-to-compare' });
  });

  it('drops the first two blocks of every round when they differ alike, and says so', () => {
    const cold = changeSide(sessionRounds(createRng(9), 4, 1, 0.004), 'after', ({ requests }, index) => ({
      requests: index < 2 ? requests * 0.8 : requests,
    }));
    const comparison = decideSession(cold, SESSION);
    assert.ok(comparison.warnings.some(({ code }) => code === 'warm-up-dropped'));
    assert.equal(comparison.rounds[0]!.droppedBlocks, 2);
    assert.equal(comparison.rounds[0]!.blocks.length, 8);
    assert.ok(Math.abs(comparison.metrics[0]!.ratio - 1) < 0.01);
  });
});

describe('answers come before speed', () => {
  const fast = sessionRounds(createRng(10), 3, 1.5, 0.01);

  it('replaces the verdict when a side fails more, and calls that a regression', () => {
    const failing = changeSide(fast, 'after', ({ requests }) => ({ failures: requests * 0.021 }));
    const comparison = decideSession(failing, SESSION);
    assert.equal(comparison.verdict, 'inconclusive');
    assert.equal(comparison.blocker?.code, 'more-failures');
    assert.equal(comparison.regression, true);
    assert.equal(comparison.headline, 'working tree fails 2.1 % of its requests, so the speeds are not comparable');
    assert.ok(comparison.metrics.every(({ verdict }) => verdict === 'inconclusive'));
    const mended = changeSide(fast, 'before', () => ({ failures: 21 }));
    assert.equal(decideSession(mended, SESSION).regression, false);
  });

  it('names another status', () => {
    const other = changeSide(fast, 'after', ({ requests }) => ({ statuses: { '404': requests } }));
    const { blocker, regression } = decideSession(other, SESSION);
    assert.match(
      blocker!.message,
      /^working tree answers 404 to 100 % of the requests, HEAD to 0 %: not the same work/,
    );
    assert.equal(regression, true);
  });

  it('names another size, and tolerates one per cent', () => {
    const smaller = changeSide(fast, 'after', () => ({ bodyBytes: 105.6 }));
    const { blocker, regression } = decideSession(smaller, SESSION);
    assert.match(blocker!.message, /^The answers of working tree are 12 % smaller: not the same work/);
    assert.equal(regression, false);
    assert.equal(
      decideSession(
        changeSide(fast, 'after', () => ({ bodyBytes: 121 })),
        SESSION,
      ).blocker,
      null,
    );
  });

  it('does not mind the same few failures on both sides, or fewer than five', () => {
    const alike = changeSide(
      changeSide(fast, 'after', () => ({ failures: 3 })),
      'before',
      () => ({ failures: 2 }),
    );
    assert.equal(decideSession(alike, SESSION).blocker, null);
    const four = changeSide(fast, 'after', (_, index) => ({ failures: index === 0 ? 1 : 0 }));
    assert.equal(decideSession(four, SESSION).blocker, null);
  });

  it('says which side was silent, even when nothing can be measured', () => {
    const dead = changeSide(fast, 'after', () => ({ requests: 0, statuses: {} }));
    const comparison = decideSession(dead, SESSION);
    assert.equal(comparison.blocker?.code, 'silent');
    assert.deepEqual(comparison.metrics, []);
    assert.equal(comparison.regression, true);
  });
});

describe('the other metrics', () => {
  function withLatencies(scale: number, requests?: number): SessionRound[] {
    const rng = createRng(21);
    const rounds = sessionRounds(rng, 3, 1 / scale, 0.01);
    return changeSide(
      changeSide(rounds, 'before', () => ({ latencies: latencies(rng, 1, requests) })),
      'after',
      () => ({ latencies: latencies(rng, scale, requests), cpuS: 0.7 }),
    );
  }

  it('are judged where enough was measured, and said to be too few where not', () => {
    const { metrics } = decideSession(withLatencies(0.8), SESSION);
    const of = (name: string) => metrics.find((metric) => metric.name === name)!;
    assert.equal(of('p50').verdict, 'faster');
    assert.ok(Math.abs(of('p50').before - 5) < 0.1, String(of('p50').before));
    assert.equal(of('p99').note, null);
    assert.equal(of('p999').verdict, 'inconclusive');
    assert.match(of('p999').note!, /^Too few requests to judge: needs about \d+ s more\.$/);
    assert.equal(of('cpuPerRequest').verdict, 'faster');
    assert.ok(Math.abs(of('cpuPerRequest').before - 0.8) < 0.01);
  });

  it('let a latency decide under an open load, and keep the set rate out of it', () => {
    const comparison = decideSession(withLatencies(1.25), { ...SESSION, primary: 'p50' });
    assert.equal(comparison.verdict, 'slower');
    assert.equal(comparison.metrics[0]!.name, 'p50');
    assert.match(comparison.headline, /^Median latency 2\d % longer than HEAD/);
    const throughput = comparison.metrics.find(({ name }) => name === 'throughput')!;
    assert.equal(throughput.verdict, 'inconclusive');
    assert.match(throughput.note!, /rate was set/);
  });

  it('names the side that stops now and then', () => {
    const stopping = changeSide(sessionRounds(createRng(12), 3, 1, 0.01), 'after', (_, index) => ({
      stops: index % 2,
    }));
    const comparison = decideSession(stopping, SESSION);
    assert.deepEqual(comparison.stops, { before: 0, after: 12, worse: 'after' });
    assert.match(comparison.headline, /; working tree pauses now and then$/);
    const unseen = changeSide(stopping, 'after', () => ({ stops: null }));
    assert.equal(decideSession(unseen, SESSION).stops, null);
  });

  it('name a side that loses its time in few blocks of a long session', () => {
    const rare = changeSide(sessionRounds(createRng(13), 20, 1, 0.003), 'after', ({ requests }, index) => ({
      requests: index === 5 ? requests * 0.4 : requests,
    }));
    assert.match(decideSession(rare, SESSION).headline, /working tree pauses now and then$/);
  });

  it('need more to be called changed when more of them are looked at', () => {
    const rng = createRng(31);
    const rounds = sessionRounds(rng, 3, 1, 0.01).map((round) => ({
      ...round,
      blocks: round.blocks.map((block) => ({
        before: { ...block.before, latencies: latencies(rng, 1, 500) },
        after: { ...block.after, cpuS: 0.8 * 0.975 * Math.exp(0.03 * rng.normal()), latencies: latencies(rng, 1, 500) },
      })),
    }));
    const withoutLatencies = changeSide(rounds, 'before', () => ({ latencies: null }));
    const cpu = (of: readonly SessionRound[]) =>
      decideSession(of, SESSION).metrics.find(({ name }) => name === 'cpuPerRequest')!;
    assert.equal(cpu(withoutLatencies).verdict, 'faster');
    assert.equal(cpu(rounds).verdict, 'inconclusive');
    assert.equal(cpu(rounds).high, cpu(withoutLatencies).high);
  });
});

describe('many endpoints', () => {
  it('find the one that changed and call no other, however many there are', () => {
    let wrong = 0;
    for (let seed = 0; seed < 20; seed++) {
      const endpoints = Array.from({ length: 12 }, (_, index) => ({
        id: `e${index}`,
        rounds: sessionRounds(createRng(1000 + seed * 50 + index), 3, index === 4 ? 0.85 : 1, 0.02, 0.005),
      }));
      for (const { id, verdict } of decideMany(endpoints, SESSION)) {
        if (id === 'e4') assert.equal(verdict, 'slower');
        else if (verdict === 'slower' || verdict === 'faster') wrong++;
      }
    }
    assert.ok(wrong <= 2, `${wrong} of 220 unchanged endpoints were called changed`);
  });

  it('call a faint change only when few were looked at', () => {
    const faint = { id: 'faint', rounds: sessionRounds(createRng(40), 3, 1.03, 0.03) };
    const unchanged = Array.from({ length: 15 }, (_, index) => ({
      id: `e${index}`,
      rounds: sessionRounds(createRng(50 + index), 3, 1, 0.03),
    }));
    const verdictOf = (endpoints: readonly (typeof faint)[]) =>
      decideMany(endpoints, SESSION).find(({ id }) => id === 'faint')!.verdict;
    assert.equal(verdictOf([faint]), 'faster');
    assert.equal(verdictOf([faint, ...unchanged]), 'inconclusive');
  });
});
