import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseBenchOptions } from '../../../src/cli/benchOptions';
import { parseStages } from '../../../src/core/plan/parseStages';
import { checkProfile } from '../../../src/core/plan/checkProfile';

const URL_ = 'http://127.0.0.1:8000/';

describe('--stages', () => {
  it('reads steps and ramps of rates', () => {
    assert.deepEqual(parseStages('10s@100/s, 20s@100..1000/s,500ms@2000.5/s', '--stages'), {
      kind: 'open',
      peak: 2000.5,
      stages: [
        { durationMs: 10_000, from: 100, to: 100 },
        { durationMs: 20_000, from: 100, to: 1000 },
        { durationMs: 500, from: 2000.5, to: 2000.5 },
      ],
    });
  });

  it('makes a profile that can be run, of rates or of connections', () => {
    const rates = parseBenchOptions([URL_, '--stages', '1s@10..20/s', '-c', '8', '--arrivals', 'poisson']).profile;
    assert.deepEqual(rates.model, {
      kind: 'open',
      ratePerS: 20,
      arrivals: 'poisson',
      maxConnections: 8,
      stages: [{ durationMs: 1000, from: 10, to: 20 }],
    });
    const connections = parseBenchOptions([URL_, '--stages', '1s@4,2s@4..8', '--pipelining', '2']).profile;
    assert.equal(connections.model.kind === 'closed' && connections.model.connections, 8);
    assert.deepEqual(connections.stop, { durationMs: 3000, requests: null });
    checkProfile(rates);
    checkProfile(connections);
  });

  const refused: readonly (readonly [string, RegExp])[] = [
    ['10s', /stage 1, "10s", is not TIME@LEVEL or TIME@FROM\.\.TO: write '10s@16,30s@16\.\.256'/],
    ['10s@16,', /stage 2, "", is not/],
    ['10s@16,10s@5/s', /same unit/],
    ['10s@0,10s@0', /nothing/],
    ['10s@1.5', /whole number of connections up to 10000, not "1\.5"; for requests per second write 1\.5\/s/],
    ['10s@1..20000', /not "20000"/],
    ['10s@2000000/s', /at most 1000000 requests per second/],
    ['10x@5', /--stages: stage 1 wants a time like 10s/],
    ['1ms@5', /--stages: stage 1 must last from 10 ms/],
    ['10s@5..', /is not TIME@LEVEL/],
  ];
  for (const [text, sentence] of refused) {
    it(`refuses ${text} with a sentence`, () => assert.throws(() => parseStages(text, '--stages'), sentence));
  }

  it('refuses what the stages say themselves', () => {
    const connections = [URL_, '--stages', '1s@4'];
    assert.throws(() => parseBenchOptions([...connections, '-z', '1s']), /--duration does not go with --stages/);
    assert.throws(() => parseBenchOptions([...connections, '-n', '1']), /--requests does not go with --stages/);
    assert.throws(() => parseBenchOptions([...connections, '-c', '4']), /write rates like 100\/s/);
    assert.throws(() => parseBenchOptions([...connections, '--arrivals', 'poisson']), /rates like 100\/s/);
    assert.throws(() => parseBenchOptions([URL_, '--arrivals', 'poisson']), /goes with --rate or --stages/);
  });
});
