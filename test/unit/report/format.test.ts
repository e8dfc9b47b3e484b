import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatLatency,
  formatPercentChange,
  formatRate,
  formatShare,
} from '../../../src/core/report/format';

function check<T>(format: (value: T) => string, expected: readonly (readonly [T, string])[]): void {
  for (const [value, text] of expected) assert.equal(format(value), text, `of ${String(value)}`);
}

describe('formatLatency', () => {
  it('chooses the unit after rounding, so that no text reads 1000 µs or 1000 ms', () => {
    check(formatLatency, [
      [0, '0 ms'],
      [0.85, '850 µs'],
      [0.9994, '999 µs'],
      [0.9996, '1.0 ms'],
      [1.94, '1.9 ms'],
      [99.94, '99.9 ms'],
      [99.96, '100 ms'],
      [999.4, '999 ms'],
      [999.6, '1.0 s'],
      [1234, '1.2 s'],
      [125_000, '125 s'],
    ]);
  });

  it('writes differences with a minus sign and what is no number as a dash', () => {
    check(formatLatency, [
      [-1.1, '−1.1 ms'],
      [-0.75, '−750 µs'],
      [NaN, '—'],
    ]);
  });
});

it('formatRate fits a lens and says its unit', () => {
  check(formatRate, [
    [0, '0 req/s'],
    [3.25, '3.3 req/s'],
    [842.4, '842 req/s'],
    [999.7, '1.0k req/s'],
    [8234, '8.2k req/s'],
    [99_960, '100k req/s'],
    [1_250_000, '1.3M req/s'],
  ]);
});

it('formatCount separates thousands and keeps a decimal only for small numbers', () => {
  check(formatCount, [
    [1842.3, '1,842'],
    [44208, '44,208'],
    [3.25, '3.3'],
    [0.04, '0.04'],
    [0, '0'],
    [-191, '−191'],
  ]);
});

it('formatBytes counts in decimal units', () => {
  check(formatBytes, [
    [812, '812 B'],
    [999.6, '1.0 kB'],
    [1_234_567, '1.2 MB'],
    [-788_000, '−788 kB'],
    [5e12, '5.0 TB'],
  ]);
});

it('formatPercentChange always says which way, and nothing where it rounds to nothing', () => {
  check(formatPercentChange, [
    [0.12, '+12.0 %'],
    [-0.113, '−11.3 %'],
    [0.0002, '0.0 %'],
    [-0.0004, '0.0 %'],
    [14.2, '+1,420 %'],
    [null, '—'],
  ]);
});

it('formatShare never rounds a part away or up to the whole', () => {
  check(formatShare, [
    [0, '0 %'],
    [0.0004, '<0.1 %'],
    [0.049, '4.9 %'],
    [0.42, '42 %'],
    [0.9996, '>99.9 %'],
    [1, '100 %'],
  ]);
});

it('formatDuration speaks in at most two units', () => {
  check(formatDuration, [
    [450, '450 ms'],
    [3200, '3.2 s'],
    [10_000, '10 s'],
    [59_960, '1 min'],
    [65_000, '1 min 5 s'],
    [7_380_000, '2 h 3 min'],
  ]);
});
