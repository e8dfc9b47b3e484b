import type { FeedValues } from '../../core/model/feed';
import type { FeedCursor } from '../../core/request/feedCursor';
import { escapeFor } from '../../core/request/feedPlaces';
import type { FeedSlot } from '../../core/request/feedTemplate';

/** Writes the present value of one feed as it stands in one kind of place. */
export interface SlotBytes {
  /** Bytes of the present value. */
  length(): number;
  /** Writes the present value at `at` and answers with the offset after it. */
  write(target: Uint8Array, at: number): number;
}

/** Prepares a place of a request; `values` are those of its feed. */
export function slotBytes({ feed, place }: FeedSlot, values: FeedValues, cursor: FeedCursor): SlotBytes {
  if (values.kind === 'list') {
    const encoding = place === 'header' ? 'latin1' : 'utf8';
    return new PackedBytes(
      values.values.map((value) => Buffer.from(escapeFor(place, value), encoding)),
      () => cursor.positions[feed] ?? 0,
    );
  }
  // What is made on the way is digits, letters and hyphens, which nothing escapes.
  if (values.kind === 'range') return new DigitBytes(() => values.from + (cursor.positions[feed] ?? 0));
  const quotes = place === 'json-string' ? '"' : '';
  return new AsciiBytes(() => `${quotes}${cursor.texts[feed] ?? ''}${quotes}`);
}

/** All values of a list, encoded once, end to end in one block of memory. */
class PackedBytes implements SlotBytes {
  readonly #data: Uint8Array;
  readonly #ends: Uint32Array;
  readonly #position: () => number;

  constructor(encoded: readonly Uint8Array[], position: () => number) {
    this.#data = Buffer.concat(encoded);
    this.#ends = new Uint32Array(encoded.length + 1);
    let end = 0;
    for (const [index, { length }] of encoded.entries()) this.#ends[index + 1] = end += length;
    this.#position = position;
  }

  length(): number {
    const position = this.#position();
    return (this.#ends[position + 1] ?? 0) - (this.#ends[position] ?? 0);
  }

  write(target: Uint8Array, at: number): number {
    const position = this.#position();
    const to = this.#ends[position + 1] ?? 0;
    let put = at;
    // Values are short: a loop is faster than a view and a call.
    for (let from = this.#ends[position] ?? 0; from < to; from += 1) {
      target[put] = this.#data[from] ?? 0;
      put += 1;
    }
    return put;
  }
}

class DigitBytes implements SlotBytes {
  readonly #value: () => number;

  constructor(value: () => number) {
    this.#value = value;
  }

  length(): number {
    return countDigits(this.#value());
  }

  write(target: Uint8Array, at: number): number {
    return writeDigits(this.#value(), target, at);
  }
}

class AsciiBytes implements SlotBytes {
  readonly #text: () => string;

  constructor(text: () => string) {
    this.#text = text;
  }

  length(): number {
    return this.#text().length;
  }

  write(target: Uint8Array, at: number): number {
    const text = this.#text();
    for (let index = 0; index < text.length; index += 1) target[at + index] = text.charCodeAt(index);
    return at + text.length;
  }
}

/** Characters of a whole number, its sign included. */
export function countDigits(value: number): number {
  let count = value < 0 ? 2 : 1;
  for (let rest = Math.abs(value); rest >= 10; rest = Math.floor(rest / 10)) count += 1;
  return count;
}

/** Writes a whole number and answers with the offset after it. */
export function writeDigits(value: number, target: Uint8Array, at: number): number {
  const end = at + countDigits(value);
  let put = end - 1;
  let rest = Math.abs(value);
  do {
    const left = Math.floor(rest / 10);
    target[put] = 0x30 + rest - left * 10;
    rest = left;
    put -= 1;
  } while (rest > 0);
  if (value < 0) target[at] = 0x2d;
  return end;
}
