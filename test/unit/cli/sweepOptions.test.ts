import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseLevels } from '../../../src/core/plan/parseLevels';
import { parseSweepOptions } from '../../../src/cli/sweepOptions';

const URL_ = 'http://127.0.0.1:8000/';
const levels = (text: string): readonly number[] => parseLevels(text, '-c', Number);

describe('levels of a sweep', () => {
  it('go on as the three numbers before the dots do', () => {
    assert.deepEqual(levels('1,2,4,…,1000'), [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000]);
    assert.deepEqual(levels('10,20,30,...,60'), [10, 20, 30, 40, 50, 60]);
    assert.deepEqual(levels('1, 2, 3, …, 5, 10, 20, 40, …, 160'), [1, 2, 3, 4, 5, 10, 20, 40, 80, 160]);
    assert.deepEqual(levels('16,64'), [16, 64]);
  });
  const refused: readonly (readonly [string, RegExp])[] = [
    ['1,2,…,1000', /three numbers before …/],
    ['4,2', /2 does not rise/],
    ['1,2,4,…', /a number after the dots/],
    ['1,2,4,…,3', /3 does not rise/],
  ];
  for (const [text, sentence] of refused) {
    it(`are refused with a sentence: ${text}`, () => assert.throws(() => levels(text), sentence));
  }
});

describe('parseSweepOptions', () => {
  it('doubles up to 1000 connections for three seconds each by default', () => {
    const { plan } = parseSweepOptions([URL_]);
    assert.equal(plan.kind, 'connections');
    assert.deepEqual([plan.levels.length, plan.levels.at(-1), plan.profile.stop.durationMs], [11, 1000, 3000]);
  });
  it('takes the options of bench, wherever the list stands', () => {
    for (const args of [
      ['-c', '2,8', '-X', 'PUT', '-z', '1s', URL_, '--json'],
      [URL_, '--json', '-z', '1s', '--connections=2,8', '-X', 'PUT'],
    ]) {
      const { plan, method, url, json } = parseSweepOptions(args);
      assert.deepEqual([plan.levels, plan.profile.stop.durationMs], [[2, 8], 1000]);
      assert.deepEqual([method, url, json], ['PUT', URL_, true]);
    }
  });
  it('reads rates, with the most connections', () => {
    const { plan } = parseSweepOptions([URL_, '--rates', '100,200.5', '-c', '20']);
    assert.deepEqual([plan.kind, plan.levels, plan.maxConnections], ['rate', [100, 200.5], 20]);
    assert.equal(parseSweepOptions([URL_, '--rates', '1,2']).plan.maxConnections, 256);
  });
  const refused: readonly (readonly [string[], RegExp])[] = [
    [['-c', '1,x'], /-c\/--connections wants a whole number from 1 to 10000, not "x"/],
    [['--rates', '0'], /--rates wants requests per second/],
    [['-r', '5'], /--rates LIST or --connections LIST in the place/],
    [['--stages', '1s@4'], /in the place of --rate and --stages/],
    [['-n', '5'], /give -z\/--duration/],
    [['--rates', '1,2', '-c', '1,2'], /whole number from 1 to 10000, not "1,2"/],
    [['--rates', '1,2', '--pipelining', '2'], /does not go with --rates/],
    [['http://127.0.0.1:9/'], /sweep takes one URL/],
  ];
  for (const [args, sentence] of refused) {
    it(`refuses ${args.join(' ')} with a sentence`, () =>
      assert.throws(() => parseSweepOptions([URL_, ...args]), sentence));
  }
  it('wants a target', () => assert.throws(() => parseSweepOptions([]), /sweep wants either a URL/));
});
