const STEPS = [1, 2, 2.5, 5, 10];

/** The smallest round step (1, 2, 2.5 or 5 times a power of ten) of which `count` reach `span`. Examples: (9.1, 4) → 2.5. */
export function roundStep(span: number, count: number): number {
  if (!(span > 0)) return 1;
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  return (STEPS.find((step) => step * power >= raw * (1 - 1e-9)) ?? 10) * power;
}

/** Marks from zero to above `max`, always `count` steps, so that two axes share their grid lines. Examples: (1880, 4) → 0, 500 … 2000. */
export function zeroTicks(max: number, count: number): number[] {
  const step = roundStep(max, count);
  return Array.from({ length: count + 1 }, (_, index) => clean(index * step));
}

/** Round marks within `low` to `high`, about `count` of them. */
export function linearTicks(low: number, high: number, count: number): number[] {
  const step = roundStep(high - low, count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => clean((first + index) * step));
}

/**
 * Marks for a logarithmic axis from `low` to `high` (both above zero): 1, 2, 5 of each decade, powers of ten alone over
 * many decades, evenly spaced ones within less than one.
 */
export function logTicks(low: number, high: number, count: number): number[] {
  const decades = Math.log10(high / low);
  if (decades < 1) return linearTicks(low, high, count);
  const mantissas = decades * 3 <= count * 1.5 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power += 1) {
    ticks.push(...mantissas.map((mantissa) => clean(mantissa * 10 ** power)));
  }
  return ticks.filter((tick) => tick >= low && tick <= high);
}

/** Takes away the dust of binary fractions, so that a mark reads 0.3 and not 0.30000000000000004. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}
