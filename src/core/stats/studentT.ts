/** ln Γ(x) for x > 0: Stirling's series (DLMF 5.11.1) after lifting x above 12 with Γ(x+1) = xΓ(x). Error below 1e-13. */
export function logGamma(x: number): number {
  let lifted = x;
  let product = 1;
  while (lifted < 12) product *= lifted++;
  const inverse2 = 1 / (lifted * lifted);
  const series =
    (1 / 12 - inverse2 * (1 / 360 - inverse2 * (1 / 1260 - inverse2 * (1 / 1680 - inverse2 / 1188)))) / lifted;
  return (lifted - 0.5) * Math.log(lifted) - lifted + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product);
}

/** The continued fraction of the incomplete beta function (DLMF 8.17.22), evaluated by Lentz's method; converges for x < (a+1)/(a+b+2). */
function betaFraction(a: number, b: number, x: number): number {
  const awayFromZero = (value: number) => (Math.abs(value) < 1e-300 ? 1e-300 : value);
  let numerator = 1;
  let denominator = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let fraction = denominator;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let change = 1;
    for (const coefficient of [even, odd]) {
      denominator = 1 / awayFromZero(1 + coefficient * denominator);
      numerator = awayFromZero(1 + coefficient / numerator);
      change = numerator * denominator;
      fraction *= change;
    }
    if (Math.abs(change - 1) < 1e-14) break;
  }
  return fraction;
}

/** Regularised incomplete beta function I_x(a, b), from 0 at x = 0 to 1 at x = 1 (DLMF 8.17). */
export function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(b, a, 1 - x);
  const logFront = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  return (Math.exp(logFront) * betaFraction(a, b, x)) / a;
}

/** Chance that |T| exceeds |t| for Student's t with `df` degrees of freedom: I_{df/(df+t²)}(df/2, 1/2). */
export function tTwoSidedP(t: number, df: number): number {
  if (!Number.isFinite(t)) return Number.isNaN(t) ? NaN : 0;
  return incompleteBeta(df / 2, 0.5, df / (df + t * t));
}

/** The t with P(T ≤ t) = p, 0 < p < 1: Newton's method kept inside a shrinking bracket. Error below 1e-9. */
export function tQuantile(p: number, df: number): number {
  if (p === 0.5) return 0;
  if (p < 0.5) return -tQuantile(1 - p, df);
  const target = 2 * (1 - p);
  const logDensityAtZero = logGamma((df + 1) / 2) - logGamma(df / 2) - 0.5 * Math.log(df * Math.PI);
  let low = 0;
  let high = 2;
  while (tTwoSidedP(high, df) > target) high *= 2;
  let t = (low + high) / 2;
  for (let i = 0; i < 200; i++) {
    const excess = tTwoSidedP(t, df) - target;
    if (excess > 0) low = t;
    else high = t;
    const density = 2 * Math.exp(logDensityAtZero - ((df + 1) / 2) * Math.log1p((t * t) / df));
    const newton = t + excess / density;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - t) < 1e-12 * (1 + t)) return next;
    t = next;
  }
  return t;
}
