import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRng, type Rng } from '../../../src/core/stats/rng';
import { LatencyHistogram } from '../../../src/core/stats/histogram';
import { relativeHalfWidth, relativePrecision, type PrecisionRow } from '../../../src/core/stats/precision';
import { PrecisionWatch } from '../../../src/loadgen/precisionWatch';

const NO_LATENCIES = new LatencyHistogram().toColumns();
const WANTED = 0.02;

function countsOf(requests: readonly number[]): PrecisionRow[] {
  return requests.map((count) => ({ requests: count, latencies: NO_LATENCIES }));
}

/** Rows of 100 ms around 1,000 requests whose noise is remembered from row to row by `correlation`. */
function* noisyRows(rng: Rng, sd: number, correlation: number): Generator<number> {
  let noise = rng.normal() * sd;
  for (;;) {
    noise = correlation * noise + Math.sqrt(1 - correlation ** 2) * sd * rng.normal();
    yield 1000 * (1 + noise);
  }
}

interface Stopped {
  readonly isReached: boolean;
  readonly elapsedMs: number;
  readonly error: number;
}

/** One run that ends by precision, at 60 s at the latest. */
function stopByPrecision(rng: Rng, sd: number, correlation: number): Stopped {
  const watch = new PrecisionWatch({ metric: 'throughput', halfWidth: WANTED, minMs: 5000 });
  const requests: number[] = [];
  let isReached = false;
  for (const count of noisyRows(rng, sd, correlation)) {
    requests.push(count);
    isReached = watch.isReached(requests.length * 100, () => countsOf(requests));
    if (isReached || requests.length === 600) break;
  }
  const mean = requests.reduce((sum, count) => sum + count, 0) / requests.length;
  return { isReached, elapsedMs: requests.length * 100, error: Math.abs(mean / 1000 - 1) };
}

describe('precision', () => {
  it('is nothing to tell with too little', () => {
    assert.equal(relativePrecision(countsOf([1, 2, 3, 4, 5, 6, 7]), 'throughput'), null);
    assert.equal(relativePrecision(countsOf(Array.from({ length: 20 }, () => 0)), 'throughput'), null);
    assert.equal(relativeHalfWidth([5, 5, 5, 5], 5), 0);
  });

  it('is that of Student for values that know nothing of each other', () => {
    // Mean 10, sd 1.0954, n = 6; the deviations alternate, so no correlation is taken off.
    const halfWidth = relativeHalfWidth([9, 11, 9, 11, 9, 11], 10) ?? 0;
    assert.ok(Math.abs(halfWidth - (2.570582 * 1.095445) / Math.sqrt(6) / 10) < 1e-6, String(halfWidth));
  });

  it('is wider where neighbours resemble each other', () => {
    const shuffled = relativeHalfWidth([9, 11, 9, 11, 9, 11, 9, 11], 10) ?? 0;
    const wandering = relativeHalfWidth([9, 9, 9, 9, 11, 11, 11, 11], 10) ?? 0;
    assert.ok(wandering > 2 * shuffled, `${wandering} and ${shuffled}`);
  });

  it('of a percentile shrinks with the root of the length, and wants answers above it', () => {
    const rng = createRng(3);
    const rows = Array.from({ length: 320 }, (): PrecisionRow => {
      const histogram = new LatencyHistogram();
      for (let each = 0; each < 100; each++) histogram.record(1000 + rng.exponential(500));
      return { requests: 100, latencies: histogram.toColumns() };
    });
    assert.equal(relativePrecision(rows.slice(0, 20), 'p99'), null);
    const short = relativePrecision(rows.slice(0, 80), 'p50') ?? 1;
    const long = relativePrecision(rows, 'p50') ?? 1;
    assert.ok(long < 0.75 * short && long > 0.002, `${short} then ${long}`);
    assert.ok((relativePrecision(rows, 'p99') ?? 0) > long);
  });

  for (const [name, sd, correlation] of [
    ['independent noise', 0.08, 0],
    ['noise that lasts a fifth of a second', 0.05, 0.6],
    ['noise that lasts half a second', 0.05, 0.8],
  ] as const) {
    it(`keeps its promise when a run stops by it: ${name}`, () => {
      const rng = createRng(2024);
      const runs = Array.from({ length: 300 }, () => stopByPrecision(rng, sd, correlation));
      const reached = runs.filter(({ isReached }) => isReached);
      const wrong = reached.filter(({ error }) => error > WANTED);
      assert.ok(reached.length > 200, `${reached.length} of 300 stopped early`);
      // Five in a hundred are promised; three standard errors of 300 runs on top.
      assert.ok(
        wrong.length <= 0.05 * 300 + 11,
        `${wrong.length} of ${reached.length} were further off than asked for`,
      );
    });
  }

  it('stops early in quiet, later in noise, and never where the level wanders', () => {
    const rng = createRng(7);
    const mean = (runs: readonly Stopped[]) => runs.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0) / runs.length;
    const many = (sd: number, correlation: number) =>
      Array.from({ length: 60 }, () => stopByPrecision(rng, sd, correlation));
    const quiet = mean(many(0.01, 0));
    const noisy = mean(many(0.1, 0));
    assert.ok(quiet < 7000, `quiet ${quiet} ms`);
    assert.ok(noisy > 2 * quiet, `noisy ${noisy} ms`);
    const wandering = many(0.3, 0.99).filter(({ isReached }) => isReached);
    assert.ok(wandering.length <= 3, `${wandering.length} of 60 stopped although the level wandered`);
  });
});
