/** Outcome of a reader that was given bytes: it wants more, it has the whole of its part, or the bytes are not HTTP. */
export const MORE = 0;
export const DONE = 1;
export const BROKEN = 2;
export type Outcome = typeof MORE | typeof DONE | typeof BROKEN;

export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const SPACE = 32;

function table(accepts: (byte: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (accepts(byte) ? 1 : 0));
}

/** `tchar` of RFC 9110 section 5.6.2: 1 for a byte that may stand in a field name or token. */
export const TOKEN = table((byte) => /[!#$%&'*+\-.^_`|~0-9A-Za-z]/.test(String.fromCharCode(byte)) && byte < 128);

/** Field values, RFC 9110 section 5.5: visible characters, space, tab and obs-text; no other control character. */
export const FIELD_VALUE = table((byte) => byte === TAB || (byte >= SPACE && byte !== 127));

/** `qdtext`, RFC 9110 section 5.6.4. */
export const QUOTED_TEXT = table((byte) => FIELD_VALUE[byte] === 1 && byte !== 0x22 && byte !== 0x5c);

/** Value of a hexadecimal digit, or 255. */
export const HEX = Uint8Array.from({ length: 256 }, (_, byte) => {
  const digit = parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(digit) ? 255 : digit;
});

/**
 * Recognises some words byte by byte, whatever their case, without keeping the bytes: `masks[position * 256 + byte]` has a
 * bit for each word that has this byte there. The masks of all positions are and-ed; `find` tells which word is left.
 */
export class WordSet {
  readonly #lengths: readonly number[];
  readonly #longest: number;
  readonly #masks: Uint8Array;

  /** At most eight words, in lower case. */
  constructor(words: readonly string[]) {
    this.#lengths = words.map((word) => word.length);
    this.#longest = Math.max(...this.#lengths);
    this.#masks = new Uint8Array(256 * this.#longest);
    words.forEach((word, index) => {
      for (let position = 0; position < word.length; position += 1) {
        for (const form of [word, word.toUpperCase()]) {
          const slot = position * 256 + form.charCodeAt(position);
          this.#masks[slot] = (this.#masks[slot] ?? 0) | (1 << index);
        }
      }
    });
  }

  /** Words that are still possible when `byte` stands at `position`, as bits. */
  narrow(possible: number, position: number, byte: number): number {
    return position < this.#longest ? possible & (this.#masks[position * 256 + byte] ?? 0) : 0;
  }

  /** The bit of the word that has exactly this length, or 0. */
  find(possible: number, length: number): number {
    if (possible === 0) return 0;
    for (let index = 0; index < this.#lengths.length; index += 1) {
      if ((possible & (1 << index)) !== 0 && this.#lengths[index] === length) return 1 << index;
    }
    return 0;
  }
}
