import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodeRecord } from '../../../src/core/history/recordFile';
import { decodeSweep } from '../../../src/core/history/sweepFile';
import type { SweepKind } from '../../../src/core/model/sweep';
import { concludeSweep } from '../../../src/core/plan/concludeSweep';
import { checkOpenFiles, checkSweepPlan, DEFAULT_LEVELS, defaultLevelProfile } from '../../../src/core/plan/sweepPlan';
import { formatSweepText } from '../../../src/core/report/sweepText';
import { samplePoint, sampleSweep, workersAt } from '../../support/sampleSweep';

const sweepOf = (law: (level: number) => number, levels = DEFAULT_LEVELS): ReturnType<typeof sampleSweep> =>
  sampleSweep(levels.map((level) => samplePoint(level, law(level))));

describe('the sentence of a sweep', () => {
  const expected: readonly (readonly [string, (level: number) => number, RegExp])[] = [
    [
      'workers',
      (level) => workersAt(level, 32),
      /^Throughput stops growing at 32 connections; beyond it only the wait grows\.$/,
    ],
    [
      'a fall',
      (level) => workersAt(level, 32) / (1 + Math.max(0, level - 64) / 500),
      /^Throughput stops growing at 32 connections; beyond it, it falls\.$/,
    ],
    [
      'one worker',
      () => 700,
      /^Throughput does not grow beyond 1 connection, the lowest level: more of them only wait longer\.$/,
    ],
    ['no end', (level) => 10 * level, /^No knee within the range: throughput still grows at 1,000 connections\.$/],
    [
      'slow growth',
      (level) => 100 * Math.sqrt(level),
      /^Throughput grows more slowly beyond \d+ connections: the levels above bring up to \d+ % more\.$/,
    ],
  ];
  for (const [name, law, sentence] of expected) {
    it(`says what came out: ${name}`, () => assert.match(sweepOf(law).headline, sentence));
  }

  it('says that too few levels were measured, or nothing', () => {
    assert.match(sweepOf((level) => level, [1, 2, 4]).headline, /at least four/);
    assert.equal(concludeSweep('connections', []).headline, 'Nothing was measured.');
  });

  it('of rates names the highest that was met, or says that there is no limit or that the lowest is too much', () => {
    const rates = (levels: readonly number[], law: (level: number) => number): string => {
      const kind: SweepKind = 'rate';
      return concludeSweep(
        kind,
        levels.map((level) => samplePoint(level, law(level))),
      ).headline;
    };
    const most = (level: number): number => Math.min(level, 500);
    assert.match(rates([100, 400, 1600], most), /keeps up with 400 requests per second, and not with the next/);
    assert.match(rates([100, 400], most), /No limit within the range: .* 400 requests/);
    assert.match(rates([800, 1600], most), /does not keep up with 800 requests per second, the lowest/);
  });

  it('names the rule, the latencies at the knee and at the end, and the law where it fits', () => {
    const { details, fit } = sweepOf(
      (level) => (900 * level) / (1 + 0.03 * (level - 1) + 0.0004 * level * (level - 1)),
    );
    assert.match(details.join(' '), /Knee by Kneedle .* p50 is .* at 32 connections and .* at 1,000; p99/);
    assert.match(details.join(' '), /universal scalability law fits within 0 % .* peak at 49 connections/);
    assert.ok(fit);
    // A sharp corner is no curve of the law.
    assert.equal(sweepOf((level) => workersAt(level, 32)).fit, null);
  });

  it('warns of failures, of error answers and of a generator that was the limit, with their levels', () => {
    const points = DEFAULT_LEVELS.map((level) => {
      const point = samplePoint(level, workersAt(level, 32), {
        generator: { cpuPercent: 99, saturated: level >= 512 },
      });
      if (level === 256)
        return { ...point, summary: { ...point.summary, errors: { timeout: 3 }, statuses: { '503': 5 } } };
      return point;
    });
    const said = concludeSweep('connections', points).warnings.map(({ code, message }) => `${code}: ${message}`);
    assert.match(said[0] ?? '', /^failures: Requests failed at connections 256;/);
    assert.match(said[1] ?? '', /^bad-status: .* connections 256;/);
    assert.match(said[2] ?? '', /^generator-saturated: At connections 512, 1,000 .* the knee may be its own/);
    const heldUp = points.map((point) => ({ ...point, warnings: [{ code: 'machine-starved', message: '' }] }));
    assert.match(
      concludeSweep('connections', heldUp).warnings.at(-1)?.message ?? '',
      /^At connections 512, 1,000 this machine held up the load generator /,
    );
  });

  it('leaves a level that broke off out of the curve', () => {
    const points = [
      ...[1, 2, 4, 8].map((level) => samplePoint(level, 10 * level)),
      samplePoint(16, 1, { state: 'broken-off' }),
    ];
    assert.match(concludeSweep('connections', points).headline, /still grows at 8 connections/);
  });
});

describe('a sweep', () => {
  const sweep = sweepOf((level) => workersAt(level, 32));

  it('as text has a line for each level with the knee marked, then the sentence', () => {
    const lines = formatSweepText(sweep).split('\n');
    assert.equal(lines.filter((line) => /req\/s {2}/.test(line)).length, 11);
    assert.match(lines.find((line) => line.startsWith('>')) ?? '', /^> +32 +4\.0k req\/s +8\.0 ms +12\.8 ms +0 +95 %$/);
    assert.ok(lines.includes(sweep.headline));
  });

  it('comes back from its file as it was, and damage is told by name', () => {
    assert.deepEqual(decodeSweep(encodeRecord(sweep)), sweep);
    const damaged = (change: object): string => JSON.stringify({ ...sweep, ...change });
    assert.throws(() => decodeSweep('{'), /not valid JSON/);
    assert.throws(() => decodeSweep('[]'), /not an object/);
    assert.throws(() => decodeSweep(damaged({ schemaVersion: 2 })), /newer version/);
    assert.throws(() => decodeSweep(damaged({ id: '../x' })), /"id"/);
    assert.throws(() => decodeSweep(damaged({ kind: 'speed' })), /"kind"/);
    assert.throws(() => decodeSweep(damaged({ levels: 1 })), /"levels"/);
    assert.throws(() => decodeSweep(damaged({ points: [{ level: 1 }] })), /"points\[0\]"/);
  });

  it('that cannot be run is refused with a sentence', () => {
    const plan = {
      kind: 'connections',
      levels: [1, 2],
      profile: defaultLevelProfile(),
      pipelining: 1,
      maxConnections: 1,
    } as const;
    checkSweepPlan(plan);
    assert.throws(() => checkSweepPlan({ ...plan, levels: [1] }), /2 to 64 levels, not 1/);
    assert.throws(() => checkSweepPlan({ ...plan, levels: [2, 1] }), /must rise, and 1 does not/);
    assert.throws(
      () => checkSweepPlan({ ...plan, levels: [1, 20_000] }),
      /connections must be above 0 and at most 10000/,
    );
    checkOpenFiles(1000, null);
    checkOpenFiles(1000, 1040);
    assert.throws(
      () => checkOpenFiles(1000, 256),
      /1000 connections need about 1040 open files .* 256: raise .* at most 216/,
    );
  });
});
