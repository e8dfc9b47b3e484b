import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { build, decodeFromCompressedBase64 } from 'hdr-histogram-js';
import { decodeHistogram, LatencyHistogram, MAX_LATENCY_US } from '../../../src/core/stats/histogram';
import { summarizeLatency } from '../../../src/core/stats/summarizeLatency';

const PERCENTILES = [1, 50, 75, 90, 95, 99, 99.9, 99.99, 100];
const latencies = fc.array(
  fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: MAX_LATENCY_US }), fc.constant(2048)),
  { minLength: 1, maxLength: 400 },
);

function histogramOf(values: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

function libraryOf(values: readonly number[]): ReturnType<typeof build> {
  const library = build({
    bitBucketSize: 64,
    highestTrackableValue: MAX_LATENCY_US,
    numberOfSignificantValueDigits: 3,
  });
  for (const value of values) library.recordValue(value);
  return library;
}

describe('a latency histogram', () => {
  it('says what HdrHistogram says, at every percentile', () => {
    fc.assert(
      fc.property(latencies, (values) => {
        const ours = histogramOf(values);
        const library = libraryOf(values);
        const largest = Math.max(...values);
        for (const percentile of PERCENTILES) {
          assert.equal(ours.percentileUs(percentile), Math.min(library.getValueAtPercentile(percentile), largest));
        }
      }),
    );
  });

  it('is within 0.1 % of the exact order statistic, and exact at both ends and in the mean', () => {
    fc.assert(
      fc.property(latencies, (values) => {
        const ours = histogramOf(values);
        const sorted = values.toSorted((a, b) => a - b);
        for (const percentile of PERCENTILES) {
          const exact = sorted[Math.max(0, Math.ceil((percentile / 100) * sorted.length - 1e-9) - 1)] ?? 0;
          const measured = ours.percentileUs(percentile);
          assert.ok(measured >= exact && measured <= exact * 1.001, `${percentile}: ${measured} for ${exact}`);
        }
        assert.equal(ours.minUs, sorted[0]);
        assert.equal(ours.maxUs, sorted.at(-1));
        assert.ok(Math.abs(ours.meanUs - values.reduce((sum, value) => sum + value, 0) / values.length) < 0.01);
      }),
    );
  });

  it('has the standard deviation of the values within 0.2 %', () => {
    const values = Array.from({ length: 5000 }, (_, index) => 500 + ((index * 7919) % 10_007));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const exact = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    assert.ok(Math.abs(histogramOf(values).stdevUs / exact - 1) < 0.002);
  });

  it('merges without loss, in whatever pieces', () => {
    fc.assert(
      fc.property(latencies, latencies, (first, second) => {
        const merged = histogramOf(first);
        merged.add(histogramOf(second));
        const columns = histogramOf(first);
        columns.addColumns(structuredClone(histogramOf(second).toColumns()));
        const whole = histogramOf([...first, ...second]);
        for (const one of [merged, columns]) {
          assert.deepEqual([...one.buckets()], [...whole.buckets()]);
          assert.deepEqual(summarizeLatency(one), summarizeLatency(whole));
        }
      }),
    );
  });

  it('is empty again after a reset', () => {
    const histogram = histogramOf([3, 70_000, 5]);
    histogram.reset();
    assert.deepEqual([...histogram.buckets()], []);
    histogram.record(9);
    assert.deepEqual([...histogram.buckets()], [{ lowUs: 9, highUs: 9, count: 1 }]);
  });

  it('counts what is out of range at the ends of the range', () => {
    const histogram = histogramOf([0, -5, 0.4, 1e12]);
    assert.deepEqual([histogram.minUs, histogram.maxUs, histogram.count], [1, MAX_LATENCY_US, 4]);
  });

  it('is all zero and an empty string when nothing was recorded', () => {
    const empty = new LatencyHistogram();
    assert.ok(Object.values(summarizeLatency(empty)).every((value) => value === 0));
    assert.equal(empty.encode(), '');
    assert.equal(decodeHistogram('').count, 0);
    empty.add(new LatencyHistogram());
    empty.addColumns(new LatencyHistogram().toColumns());
    assert.equal(empty.count, 0);
  });
});

describe('the stored form of a histogram', () => {
  it('is read by HdrHistogram with the same percentiles', () => {
    fc.assert(
      fc.property(latencies, (values) => {
        const library = decodeFromCompressedBase64(histogramOf(values).encode());
        const expected = libraryOf(values);
        assert.equal(library.totalCount, values.length);
        for (const percentile of PERCENTILES) {
          assert.equal(library.getValueAtPercentile(percentile), expected.getValueAtPercentile(percentile));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('comes back bucket for bucket', () => {
    fc.assert(
      fc.property(latencies, (values) => {
        const histogram = histogramOf(values);
        const back = decodeHistogram(histogram.encode());
        assert.deepEqual([...back.buckets()], [...histogram.buckets()]);
        assert.equal(back.encode(), histogram.encode());
      }),
      { numRuns: 40 },
    );
  });

  it('raises a sentence when it is damaged', () => {
    for (const text of ['nonsense', 'AAAA', histogramOf([1, 2, 3]).encode().slice(0, -9)]) {
      assert.throws(() => decodeHistogram(text), { code: 'bad-histogram' });
    }
  });
});
