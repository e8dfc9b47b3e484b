import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  axisToPercentile,
  barEdgesUs,
  hasEnoughSamples,
  latencyBars,
  latencyCurve,
  percentileToAxis,
  samplesBeyond,
  summaryCurve,
} from '../../../src/core/report/percentileCurve';
import { LatencyHistogram, decodeHistogram } from '../../../src/core/stats/histogram';
import { summarizeLatency } from '../../../src/core/stats/summarizeLatency';

function histogramOf(valuesUs: readonly number[]): LatencyHistogram {
  const histogram = new LatencyHistogram();
  for (const value of valuesUs) histogram.record(value);
  return histogram;
}

const TEN_THOUSAND = histogramOf(Array.from({ length: 10_000 }, (_, index) => 1000 + index));

describe('samplesBeyond', () => {
  it('is exact where binary fractions are not', () => {
    assert.equal(samplesBeyond(10_000, 99.9), 10);
    assert.equal(samplesBeyond(100, 90), 10);
    assert.equal(samplesBeyond(1842, 99), 18);
  });

  it('calls a percentile reliable from ten answers beyond it on', () => {
    assert.equal(hasEnoughSamples(10_000, 99.9), true);
    assert.equal(hasEnoughSamples(9_999, 99.9), false);
  });
});

it('the logarithmic axis puts 90, 99 and 99.9 one step apart, both ways', () => {
  for (const [percentile, position] of [
    [90, 1],
    [99, 2],
    [99.9, 3],
  ] as const) {
    assert.ok(Math.abs(percentileToAxis(percentile) - position) < 1e-9);
    assert.ok(Math.abs(axisToPercentile(position) - percentile) < 1e-9);
  }
});

describe('latencyCurve', () => {
  it('starts at the median, never falls, and ends where one answer is left', () => {
    const curve = latencyCurve(TEN_THOUSAND);
    assert.equal(curve[0]?.latencyMs, TEN_THOUSAND.percentileUs(50) / 1000);
    assert.ok(curve.every((point, index) => index === 0 || point.latencyMs >= curve[index - 1]!.latencyMs));
    assert.ok(Math.abs(curve.at(-1)!.percentile - 99.99) < 1e-6);
  });

  it('marks what lies beyond the tenth-slowest answer as unreliable', () => {
    for (const point of latencyCurve(TEN_THOUSAND)) assert.equal(point.isReliable, point.percentile < 99.9 + 1e-9);
  });

  it('survives being stored', () => {
    const stored = latencyCurve(decodeHistogram(TEN_THOUSAND.encode()));
    for (const [index, point] of latencyCurve(TEN_THOUSAND).entries()) {
      assert.ok(Math.abs(stored[index]!.latencyMs / point.latencyMs - 1) < 0.002);
    }
  });

  it('draws one answer and none', () => {
    assert.equal(latencyCurve(histogramOf([2000])).at(-1)?.latencyMs, 2);
    assert.deepEqual(latencyCurve(histogramOf([])), []);
  });
});

it('a summary gives the percentiles that have an answer beyond them', () => {
  const curve = summaryCurve(summarizeLatency(TEN_THOUSAND), 500);
  assert.deepEqual(
    curve.map((point) => point.percentile),
    [50, 75, 90, 95, 99],
  );
});

describe('latencyBars', () => {
  it('counts every answer exactly once', () => {
    const bars = latencyBars(TEN_THOUSAND, barEdgesUs([TEN_THOUSAND], 48));
    assert.equal(
      bars.reduce((sum, bar) => sum + bar.count, 0),
      10_000,
    );
    assert.ok(Math.abs(bars.reduce((sum, bar) => sum + bar.share, 0) - 1) < 1e-9);
  });

  it('shares edges between two runs, so that nothing falls off either end', () => {
    const slow = histogramOf([50_000, 60_000]);
    const edges = barEdgesUs([TEN_THOUSAND, slow], 48);
    for (const run of [TEN_THOUSAND, slow]) {
      assert.equal(
        latencyBars(run, edges).reduce((sum, bar) => sum + bar.count, 0),
        run.count,
      );
    }
    assert.equal(latencyBars(slow, edges)[0]?.count, 0);
  });

  it('has ascending whole edges even where all answers took the same few microseconds', () => {
    const edges = barEdgesUs([histogramOf([3, 3, 4])], 48);
    assert.ok(edges.every((edge, index) => Number.isInteger(edge) && (index === 0 || edge > edges[index - 1]!)));
    assert.deepEqual(barEdgesUs([histogramOf([])], 48), []);
  });
});
