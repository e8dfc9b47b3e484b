import { ChunkReader, type DataSink } from './responseParserChunks';
import { HeadReader } from './responseParserHead';
import type { HeadMemory } from './responseParserMemory';
import { BROKEN, DONE } from './responseParserTables';

/** `parsing`: wants more bytes. `complete`: one whole answer was read; call `next`. `malformed`: not HTTP; the parser is done for. */
export const PARSING = 0;
export const COMPLETE = 1;
export const MALFORMED = 2;

/** Takes the head of an answer as it came, then its body without framing. */
export interface AnswerSink extends DataSink {
  head(chunk: Uint8Array, from: number, to: number): void;
}

const HEAD = 0;
const LENGTH = 1;
const CHUNKS = 2;
const TRAILER = 3;
const UNTIL_CLOSE = 4;

export interface ResponseParserOptions {
  /** The request was HEAD: answers have a head only, whatever it promises (RFC 9112 section 6.3, rule 1). */
  readonly isHead: boolean;
  /** Remembers heads seen before; may be shared by every parser of one thread with the same options. */
  readonly memory: HeadMemory;
}

/**
 * Reads the answers of one connection from pieces of any size; allocates nothing per answer. Interim answers (1xx) are
 * read over; their bytes count towards the answer that follows. 204 and 304 never have a body, even when Content-Length
 * says so (RFC 9112 section 6.3, rule 1; llhttp would wait for it). The same bytes give the same answers however they are cut.
 *
 * Examples:
 *   push('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi')      → complete, status 200, bodyBytes 2, keepAlive
 *   push('HTTP/1.0 200 OK\r\n\r\nhi'), endOfStream()            → complete, status 200, bodyBytes 2, not keepAlive
 *   push('HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nhi')     → malformed (space before the colon)
 */
export class ResponseParser {
  state: typeof PARSING | typeof COMPLETE | typeof MALFORMED = PARSING;
  status = 0;
  /** Bytes of the answer that are not body: heads, chunk sizes, trailers. With `bodyBytes` all that came over the connection. */
  headBytes = 0;
  bodyBytes = 0;
  /** The connection can carry another answer (RFC 9112 section 9.3). */
  keepAlive = false;
  /** Hears the bytes of the answer under way; `next` takes it away. */
  sink: AnswerSink | null = null;

  #options: ResponseParserOptions;
  readonly #head = new HeadReader();
  readonly #chunks = new ChunkReader();
  #part = HEAD;
  #bodyLeft = 0;

  constructor(options: ResponseParserOptions) {
    this.#options = options;
  }

  /** What the answer that begins is to be read by. */
  expect(options: ResponseParserOptions): void {
    this.#options = options;
  }

  /** Makes ready for the next answer on the same connection, or for a new connection. */
  next(): void {
    this.state = PARSING;
    this.status = 0;
    this.headBytes = 0;
    this.bodyBytes = 0;
    this.keepAlive = false;
    this.sink = null;
    this.#part = HEAD;
    this.#head.begin(0);
  }

  /** Reads `chunk` from offset `from` up to `to`, one answer at most; answers with the offset after the last byte that belongs to it. */
  push(chunk: Uint8Array, from: number, to: number): number {
    let at = from;
    if (this.#part === HEAD && this.headBytes === 0) {
      const memory = this.#options.memory;
      const headEnd = memory.match(chunk, from, to);
      if (headEnd > 0) {
        this.status = memory.status;
        this.keepAlive = memory.keepAlive;
        this.headBytes = headEnd - from;
        this.sink?.head(chunk, from, headEnd);
        this.#beginBody(memory.part, memory.bodyLength);
        at = headEnd;
      }
    }
    while (at < to && this.state === PARSING) at = this.#step(chunk, at, to);
    return at;
  }

  /** The server closed the connection: that completes a body without a stated length, and nothing else. */
  endOfStream(): void {
    if (this.#part === UNTIL_CLOSE) this.state = COMPLETE;
  }

  #step(chunk: Uint8Array, from: number, to: number): number {
    switch (this.#part) {
      case HEAD:
        return this.#readHead(chunk, from, to);
      case LENGTH: {
        const taken = Math.min(this.#bodyLeft, to - from);
        this.sink?.data(chunk, from, from + taken);
        this.bodyBytes += taken;
        this.#bodyLeft -= taken;
        if (this.#bodyLeft === 0) this.state = COMPLETE;
        return from + taken;
      }
      case CHUNKS: {
        const before = this.#chunks.dataBytes;
        const end = this.#chunks.read(chunk, from, to, this.sink);
        const data = this.#chunks.dataBytes - before;
        this.bodyBytes += data;
        this.headBytes += end - from - data;
        if (this.#chunks.outcome === BROKEN) this.state = MALFORMED;
        else if (this.#chunks.outcome === DONE) {
          this.#part = TRAILER;
          this.#head.beginTrailer();
        }
        return end;
      }
      case TRAILER: {
        const end = this.#head.read(chunk, from, to);
        this.headBytes += end - from;
        if (this.#head.outcome === BROKEN) this.state = MALFORMED;
        else if (this.#head.outcome === DONE) {
          // A trailer may still say that the connection will close.
          this.keepAlive = this.keepAlive && !this.#head.saysClose;
          this.state = COMPLETE;
        }
        return end;
      }
      default:
        this.sink?.data(chunk, from, to);
        this.bodyBytes += to - from;
        return to;
    }
  }

  #readHead(chunk: Uint8Array, from: number, to: number): number {
    const isFresh = this.headBytes === 0;
    const end = this.#head.read(chunk, from, to);
    this.headBytes += end - from;
    this.sink?.head(chunk, from, end);
    if (this.#head.outcome === BROKEN) this.state = MALFORMED;
    else if (this.#head.outcome === DONE) this.#endHead(isFresh ? chunk : null, from, end);
    return end;
  }

  /** Chooses the framing of the body: RFC 9112 section 6.3. `chunk` is given when it holds the whole head. */
  #endHead(chunk: Uint8Array | null, from: number, end: number): void {
    const head = this.#head;
    // Nobody asked for another protocol (RFC 9110 section 7.8).
    if (head.status === 101) {
      this.state = MALFORMED;
      return;
    }
    if (head.status < 200) {
      // Over a connection that closes after this (RFC 9112 section 9.6) the answer that it announces cannot come.
      if (head.saysClose || !(head.minorVersion === 1 || head.saysKeepAlive)) this.state = MALFORMED;
      else head.begin(this.headBytes);
      return;
    }
    const hasNoBody = this.#options.isHead || head.status === 204 || head.status === 304;
    const endsWithClose = !hasNoBody && head.contentLength < 0 && !head.isChunked;
    // HTTP/1.0 knows no Transfer-Encoding: section 6.1 has the connection closed after such an answer.
    const persists = head.minorVersion === 1 || (head.saysKeepAlive && !head.hasTransferEncoding);
    this.status = head.status;
    this.keepAlive = persists && !endsWithClose && !head.saysClose;
    const part = hasNoBody ? LENGTH : head.isChunked ? CHUNKS : endsWithClose ? UNTIL_CLOSE : LENGTH;
    const bodyLength = hasNoBody ? 0 : head.contentLength;
    const memory = this.#options.memory;
    if (chunk !== null && memory.remember(chunk, from, end)) {
      memory.status = this.status;
      memory.keepAlive = this.keepAlive;
      memory.part = part;
      memory.bodyLength = bodyLength;
    }
    this.#beginBody(part, bodyLength);
  }

  #beginBody(part: number, bodyLength: number): void {
    this.#part = part;
    if (part === CHUNKS) this.#chunks.begin();
    else if (part === LENGTH) {
      this.#bodyLeft = bodyLength;
      if (bodyLength === 0) this.state = COMPLETE;
    }
  }
}
