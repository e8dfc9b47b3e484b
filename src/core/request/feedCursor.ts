import { createRng, type Rng } from '../stats/rng';
import type { FeedPlan, FeedValues } from '../model/feed';
import { countOf } from '../plan/feedReport';

const HEX = '0123456789abcdef';

/**
 * Goes through the rows of a feed plan: the same plan gives the same values, whatever sends them. In order, the threads of
 * a run take turns; at random, each has its own numbers, and feeds of equal length stay together.
 */
export class FeedCursor {
  /** Where each feed stands in its values; meaningless for random ones. */
  readonly positions: Float64Array;
  /** The present values of random feeds. */
  readonly texts: string[];
  readonly #values: readonly FeedValues[];
  readonly #counts: readonly (number | null)[];
  readonly #isInOrder: boolean;
  readonly #step: number;
  readonly #rng: Rng;
  #row: number;

  constructor({ feeds, order, seed, share }: FeedPlan) {
    this.#values = feeds.map(({ values }) => values);
    this.#counts = this.#values.map(countOf);
    this.positions = new Float64Array(feeds.length);
    this.texts = feeds.map(() => '');
    this.#isInOrder = order === 'cycle';
    this.#step = share?.count ?? 1;
    this.#row = (share?.index ?? 0) - this.#step;
    this.#rng = createRng(seed + (share?.index ?? 0));
  }

  /** Moves on to the next row; called once before the first. */
  next(): void {
    this.#row += this.#step;
    const chance = this.#isInOrder ? 0 : fraction(this.#rng);
    for (let feed = 0; feed < this.positions.length; feed += 1) {
      const count = this.#counts[feed] ?? null;
      if (count === null) this.texts[feed] = this.#draw(this.#values[feed]);
      else this.positions[feed] = this.#isInOrder ? this.#row % count : Math.floor(chance * count);
    }
  }

  /** The present value of a feed, as it is before it is written anywhere. */
  readonly value = (feed: number): string => {
    const values = this.#values[feed];
    const at = this.positions[feed] ?? 0;
    if (values?.kind === 'list') return values.values[at] ?? '';
    return values?.kind === 'range' ? String(values.from + at) : (this.texts[feed] ?? '');
  };

  #draw(values: FeedValues | undefined): string {
    if (values?.kind !== 'random') return '';
    if (values.form === 'int')
      return String(values.from + Math.floor(fraction(this.#rng) * (values.to - values.from + 1)));
    if (values.form === 'hex') return this.#hex(values.digits);
    // RFC 9562 section 5.4: version 4, variant 10.
    const digits = this.#hex(32);
    const variant = HEX[8 + (parseInt(digits[16] ?? '0', 16) & 3)] ?? '8';
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
  }

  #hex(digits: number): string {
    let text = '';
    while (text.length < digits)
      text += Math.floor(this.#rng.uniform() * 2 ** 32)
        .toString(16)
        .padStart(8, '0');
    return text.slice(0, digits);
  }
}

/** Uniform in [0, 1) with 53 bits, so that every place of a long feed can be met. */
function fraction(rng: Rng): number {
  return (rng.integer(2 ** 26) * 2 ** 27 + rng.integer(2 ** 27)) / 2 ** 53;
}
