const STEPS = [1, 2, 2.5, 5, 10];
/** Finer, since an axis that starts at zero wastes its height when its top lies far above the data. */
const ZERO_STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The smallest step (one of `steps` times a power of ten) of which `count` reach `span`. Examples: (9.1, 4) → 2.5. */
function roundStep(span: number, count: number, steps: readonly number[] = STEPS): number {
  if (!(span > 0)) return 1;
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  return (steps.find((step) => step * power >= raw * (1 - 1e-9)) ?? 10) * power;
}

/** Marks from zero to above `max`, always `count` steps, so that two axes share their grid lines. Examples: (1880, 4) → 0, 500 … 2000. */
export function zeroTicks(max: number, count: number): number[] {
  const step = roundStep(max, count, ZERO_STEPS);
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
  if (decades < 1) return spaced(linearTicks(low, high, count + 3), (decades * 0.8) / count);
  const mantissas = decades * 3 <= count + 1 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power += 1) {
    ticks.push(...mantissas.map((mantissa) => clean(mantissa * 10 ** power)));
  }
  return ticks.filter((tick) => tick >= low && tick <= high);
}

/** Leaves out marks that stand closer than `decades` to the one before them. */
function spaced(ticks: readonly number[], decades: number): number[] {
  const kept: number[] = [];
  for (const tick of ticks) {
    const last = kept.at(-1);
    if (last === undefined || Math.log10(tick / last) >= decades) kept.push(tick);
  }
  return kept;
}

/** Takes away the dust of binary fractions, so that a mark reads 0.3 and not 0.30000000000000004. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}
