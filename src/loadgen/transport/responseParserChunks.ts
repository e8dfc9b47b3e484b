import { BROKEN, CR, DONE, FIELD_VALUE, HEX, LF, MORE, QUOTED_TEXT, SPACE, TOKEN } from './responseParserTables';
import type { Outcome } from './responseParserTables';

/** Longest chunk-size line in bytes, extensions included; longer ones are malformed. */
export const CHUNK_LINE_LIMIT_BYTES = 16_384;

/** What is expected next. */
const FIRST_DIGIT = 0;
const DIGIT = 1;
const EXTENSION_START = 2;
const EXTENSION_NAME = 3;
const EXTENSION_VALUE = 4;
const QUOTED = 5;
const QUOTED_PAIR = 6;
const AFTER_QUOTED = 7;
const LINE_FEED = 8;
const DATA = 9;
const DATA_END_CR = 10;
const DATA_END_LF = 11;

/** Takes a part of a body, from `from` to `to` of a chunk that is the reader's own. */
export interface DataSink {
  data(chunk: Uint8Array, from: number, to: number): void;
}

/**
 * Reads the chunks of a chunked body up to and including the line of the last one (RFC 9112 section 7.1); the trailer
 * section that follows is for the head reader. Extensions are checked and dropped. As strict as llhttp: no white space
 * after the size, CR LF at every line's end and after the data.
 */
export class ChunkReader {
  outcome: Outcome = MORE;
  /** Bytes of data, without sizes and line ends. */
  dataBytes = 0;

  #expects = FIRST_DIGIT;
  #sizeBytes = 0;
  #lineLeft = CHUNK_LINE_LIMIT_BYTES;

  begin(): void {
    this.outcome = MORE;
    this.dataBytes = 0;
    this.#beginChunk();
  }

  /**
   * Reads from `from` and answers with the offset after the last byte it took; see `outcome` for how it went. `sink` is
   * given the data as it comes.
   */
  read(chunk: Uint8Array, from: number, to: number, sink: DataSink | null): number {
    let at = from;
    while (at < to && this.outcome === MORE) {
      if (this.#expects === DATA) {
        const taken = Math.min(this.#sizeBytes, to - at);
        sink?.data(chunk, at, at + taken);
        this.#sizeBytes -= taken;
        this.dataBytes += taken;
        at += taken;
        if (this.#sizeBytes === 0) this.#expects = DATA_END_CR;
        continue;
      }
      this.#take(chunk[at] ?? 0);
      at += 1;
      this.#lineLeft -= 1;
      if (this.#lineLeft < 0) this.outcome = BROKEN;
    }
    return at;
  }

  #beginChunk(): void {
    this.#expects = FIRST_DIGIT;
    this.#sizeBytes = 0;
    this.#lineLeft = CHUNK_LINE_LIMIT_BYTES;
  }

  #take(byte: number): void {
    switch (this.#expects) {
      case FIRST_DIGIT:
      case DIGIT:
        this.#takeSize(byte);
        return;
      case LINE_FEED:
        if (byte !== LF) this.outcome = BROKEN;
        else if (this.#sizeBytes === 0) this.outcome = DONE;
        else this.#expects = DATA;
        return;
      case DATA_END_CR:
        if (byte === CR) this.#expects = DATA_END_LF;
        else this.outcome = BROKEN;
        return;
      case DATA_END_LF:
        if (byte === LF) this.#beginChunk();
        else this.outcome = BROKEN;
        return;
      default:
        this.#takeExtension(byte);
    }
  }

  #takeSize(byte: number): void {
    const digit = HEX[byte] ?? 255;
    if (digit !== 255) {
      this.#sizeBytes = this.#sizeBytes * 16 + digit;
      if (this.#sizeBytes > Number.MAX_SAFE_INTEGER) this.outcome = BROKEN;
      this.#expects = DIGIT;
    } else if (this.#expects === FIRST_DIGIT) this.outcome = BROKEN;
    else this.#endPart(byte);
  }

  /** RFC 9112 section 7.1.1, without the optional white space that llhttp refuses. */
  #takeExtension(byte: number): void {
    switch (this.#expects) {
      case EXTENSION_START:
        this.#expects = EXTENSION_NAME;
        if (byte === CR || byte === SPACE) this.outcome = BROKEN;
        else this.#takeExtension(byte);
        return;
      case EXTENSION_NAME:
        if (TOKEN[byte] === 1) return;
        if (byte === 0x3d) this.#expects = EXTENSION_VALUE;
        else this.#endPart(byte);
        return;
      case EXTENSION_VALUE:
        if (TOKEN[byte] === 1) return;
        if (byte === 0x22) this.#expects = QUOTED;
        else this.#endPart(byte);
        return;
      case QUOTED:
        if (QUOTED_TEXT[byte] === 1) return;
        if (byte === 0x22) this.#expects = AFTER_QUOTED;
        else if (byte === 0x5c) this.#expects = QUOTED_PAIR;
        else this.outcome = BROKEN;
        return;
      case QUOTED_PAIR:
        if (FIELD_VALUE[byte] !== 1) this.outcome = BROKEN;
        this.#expects = QUOTED;
        return;
      default:
        this.#endPart(byte);
    }
  }

  #endPart(byte: number): void {
    if (byte === 0x3b) this.#expects = EXTENSION_START;
    else if (byte === CR) this.#expects = LINE_FEED;
    else this.outcome = BROKEN;
  }
}
