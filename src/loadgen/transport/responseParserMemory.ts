/** Longest head that is remembered, bytes. */
const REMEMBERED_BYTES = 2_048;

/**
 * Remembers the last head that was read and what it meant. A server under load sends the same head thousands of times
 * (only its Date changes, once a second), so that comparing it beats reading it; a head that differs in one byte is read
 * as usual. Fields hold the meaning of the remembered head.
 */
export class HeadMemory {
  status = 0;
  keepAlive = false;
  /** Framing of the body, as `ResponseParser` numbers it. */
  part = 0;
  bodyLength = 0;

  readonly #bytes = new Uint8Array(REMEMBERED_BYTES);
  readonly #words = new Int32Array(this.#bytes.buffer);
  #length = 0;
  readonly #received: Uint8Array | null;
  readonly #receivedWords: Int32Array;

  /** Heads at the start of `received`, if it is given, are compared four bytes at a time; it must begin where its memory does. */
  constructor(received: Uint8Array | null = null) {
    this.#received = received;
    this.#receivedWords =
      received === null ? new Int32Array(0) : new Int32Array(received.buffer, 0, received.length >> 2);
  }

  /** The offset after the head when `chunk` holds the remembered head at `from`, else 0. */
  match(chunk: Uint8Array, from: number, to: number): number {
    const length = this.#length;
    if (length === 0 || to - from < length) return 0;
    const bytes = this.#bytes;
    const inWords = from === 0 && chunk === this.#received ? length >> 2 : 0;
    // From the end: what differs between heads (a date, an identifier) is seldom in the first lines.
    for (let index = length - 1; index >= inWords << 2; index -= 1) {
      if (bytes[index] !== chunk[from + index]) return 0;
    }
    for (let index = inWords - 1; index >= 0; index -= 1) {
      if (this.#words[index] !== this.#receivedWords[index]) return 0;
    }
    return from + length;
  }

  /** Remembers the head in `chunk` from `from` to `end`; one that is too long is not remembered. */
  remember(chunk: Uint8Array, from: number, end: number): boolean {
    this.#length = 0;
    if (end - from > REMEMBERED_BYTES) return false;
    const bytes = this.#bytes;
    for (let index = from; index < end; index += 1) bytes[index - from] = chunk[index] ?? 0;
    this.#length = end - from;
    return true;
  }
}
