import { createRng, type Rng } from '../stats/rng';
import type { MixPlan } from '../model/mix';

/**
 * Draws the numbers of a mix's requests by their weights; the same plan draws the same sequence.
 *
 * Examples: weights 1 and 3 draw 0 about once in four times; one request draws 0 always.
 */
export class MixChoice {
  readonly #rng: Rng;
  /** Sums of the weights up to each request. */
  readonly #ends: Float64Array;
  readonly #total: number;

  constructor({ requests, seed, share }: MixPlan) {
    this.#rng = createRng(seed + (share?.index ?? 0));
    this.#ends = new Float64Array(requests.length);
    let end = 0;
    for (const [index, { weight }] of requests.entries()) this.#ends[index] = end += weight;
    this.#total = end;
  }

  next(): number {
    const chance = this.#rng.uniform() * this.#total;
    const last = this.#ends.length - 1;
    let drawn = 0;
    while (drawn < last && chance >= (this.#ends[drawn] ?? 0)) drawn += 1;
    return drawn;
  }
}
