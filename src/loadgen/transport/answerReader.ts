import { createHash, type Hash } from 'node:crypto';

/** Bytes of a body that go into its hash. */
const HASHED_BYTES = 1024 * 1024;
const HEAD_BYTES = 16_384;

/** Takes the bytes of one answer as they come. Chunks belong to the caller and are copied where they are kept. */
export class AnswerReader {
  readonly isSample: boolean;
  #head = '';
  #contentType: string | null = null;
  readonly #hash: Hash | null;
  readonly #keptLimit: number;
  readonly #kept: Buffer[] = [];
  #keptBytes = 0;
  #hashedBytes = 0;
  #digest: string | null = null;

  /** `keptLimit`: the longest body that `body` gives back; 0 keeps nothing. */
  constructor(isSample: boolean, wantsHash: boolean, keptLimit: number) {
    this.isSample = isSample;
    this.#hash = wantsHash ? createHash('sha256') : null;
    this.#keptLimit = keptLimit;
  }

  /** The empty string where there is none. */
  get contentType(): string {
    return this.#contentType ?? /^content-type:[ \t]*([^\r\n]*)/im.exec(this.#head)?.[1]?.trim() ?? '';
  }

  /** A part of the head as it came over the connection, from `from` to `to`. */
  head(chunk: Uint8Array, from: number, to: number): void {
    if (!this.isSample || this.#head.length + to - from > HEAD_BYTES) return;
    this.#head += Buffer.from(chunk.buffer, chunk.byteOffset + from, to - from).toString('latin1');
  }

  /** The head where a library has read it. */
  headers(pairs: readonly (readonly [name: string, value: string])[]): void {
    this.#contentType = pairs.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null;
  }

  /** A part of the body, without chunk framing. */
  data(chunk: Uint8Array, from: number, to: number): void {
    if (this.#hash && this.#hashedBytes < HASHED_BYTES) {
      const end = Math.min(to, from + HASHED_BYTES - this.#hashedBytes);
      this.#hash.update(chunk.subarray(from, end));
      this.#hashedBytes += end - from;
    }
    if (this.#keptLimit > 0) {
      this.#keptBytes += to - from;
      if (this.#keptBytes <= this.#keptLimit) this.#kept.push(Buffer.from(chunk.subarray(from, to)));
      else this.#kept.length = 0;
    }
  }

  /** SHA-256 of the body (of its first MiB) as hex digits; the empty string when it was not asked for. */
  hash(): string {
    this.#digest ??= this.#hash?.digest('hex') ?? '';
    return this.#digest;
  }

  /** The whole body, or null when it was longer than the limit. */
  body(): Buffer | null {
    return this.#keptBytes > this.#keptLimit ? null : Buffer.concat(this.#kept);
  }
}
