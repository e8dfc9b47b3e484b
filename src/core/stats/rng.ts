/** A seeded source of randomness: the same seed gives the same numbers on every machine. */
export interface Rng {
  /** Uniform in [0, 1), 32 bits. */
  uniform(): number;
  /** Uniform integer in [0, bound). */
  integer(bound: number): number;
  coin(): boolean;
  /** Standard normal. */
  normal(): number;
  /** Exponential with the given mean. */
  exponential(mean: number): number;
}

/** Spreads one 32-bit seed over independent words, so that neighbouring seeds share nothing (Steele, Lea and Flood 2014, 32-bit finaliser). */
function seedWords(seed: number): () => number {
  let counter = seed | 0;
  return () => {
    counter = (counter + 0x9e3779b9) | 0;
    let word = Math.imul(counter ^ (counter >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return word ^ (word >>> 15);
  };
}

/** sfc32 of PractRand: three words that chase each other and a counter that keeps the period above 2^32. */
function smallFastCounter(seed: number): () => number {
  const word = seedWords(seed);
  let a = word();
  let b = word();
  let c = word();
  let counter = word();
  return () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
}

/** A generator for one session or one simulation; `seed` is any integer. */
export function createRng(seed: number): Rng {
  const next = smallFastCounter(seed);
  for (let i = 0; i < 12; i++) next();
  const uniform = () => next() / 2 ** 32;
  let spare: number | null = null;
  return {
    uniform,
    integer: (bound) => Math.floor(uniform() * bound),
    coin: () => next() >= 2 ** 31,
    exponential: (mean) => -mean * Math.log(1 - uniform()),
    /** Marsaglia's polar method: a point in the unit disc gives two independent normals. */
    normal() {
      if (spare !== null) {
        const kept = spare;
        spare = null;
        return kept;
      }
      for (;;) {
        const x = 2 * uniform() - 1;
        const y = 2 * uniform() - 1;
        const radius2 = x * x + y * y;
        if (radius2 >= 1 || radius2 === 0) continue;
        const stretch = Math.sqrt((-2 * Math.log(radius2)) / radius2);
        spare = y * stretch;
        return x * stretch;
      }
    },
  };
}
