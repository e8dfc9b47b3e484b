/** A bend must stand out by this share of the curve's height, so that noise on a straight line is none. */
const LEAST_BEND = 0.1;

/**
 * The index of the knee of a rising curve that bends down (concave), by Kneedle (Satopää, Albrecht, Irwin and Raghavan:
 * Finding a "Kneedle" in a Haystack, 2011), or null. Both axes are brought to 0..1; a knee is a local maximum of y − x after
 * which y − x falls by `sensitivity` mean steps of x before it rises to the next one. Of several the one that stands out
 * most is taken. `xs` must rise; their steps need not be even.
 *
 * Examples: min(x, 32) at x = 1, 2, 4 … 1024 → the index of 32; a straight line → null.
 */
export function kneedle(xs: readonly number[], ys: readonly number[], sensitivity = 1): number | null {
  const across = normalize(xs);
  const differences = normalize(ys).map((y, index) => y - (across[index] ?? 0));
  const drop = sensitivity / Math.max(1, xs.length - 1);
  let best: number | null = null;
  for (let index = 1; index < xs.length - 1; index++) {
    const here = differences[index] ?? 0;
    const isPeak = here > (differences[index - 1] ?? 0) && here >= (differences[index + 1] ?? 0);
    if (!isPeak || here < LEAST_BEND || !fallsAfter(differences, index, here - drop)) continue;
    if (best === null || here > (differences[best] ?? 0)) best = index;
  }
  return best;
}

/** Whether the curve falls below the threshold before it is higher than at `peak` again. */
function fallsAfter(differences: readonly number[], peak: number, threshold: number): boolean {
  for (const value of differences.slice(peak + 1)) {
    if (value > (differences[peak] ?? 0)) return false;
    if (value < threshold) return true;
  }
  return false;
}

function normalize(values: readonly number[]): number[] {
  const low = Math.min(...values);
  const range = Math.max(...values) - low;
  return values.map((value) => (range === 0 ? 0 : (value - low) / range));
}
