import { BROKEN, CR, DONE, FIELD_VALUE, LF, MORE, SPACE, TAB, TOKEN, WordSet } from './responseParserTables';
import type { Outcome } from './responseParserTables';

/** Longest head, or trailer section, in bytes; longer ones are malformed. Eight times what common servers can send. */
export const HEAD_LIMIT_BYTES = 65_536;

const VERSION = Uint8Array.from('HTTP/1.', (character) => character.charCodeAt(0));

const NAMES = new WordSet(['content-length', 'transfer-encoding', 'connection']);
const CONTENT_LENGTH = 1;
const TRANSFER_ENCODING = 2;
const CONNECTION = 4;

const LIST_WORDS = new WordSet(['chunked', 'close', 'keep-alive']);
const CHUNKED = 1;
const CLOSE = 2;
const KEEP_ALIVE = 4;
const ANY = 0xff;

/** What is expected next. */
const BEFORE_LINE = 0;
const VERSION_TEXT = 1;
const MINOR = 2;
const BEFORE_CODE = 3;
const CODE = 4;
const AFTER_CODE = 5;
const REASON = 6;
const LINE_FEED = 7;
const FIELD_START = 8;
const NAME = 9;
const BEFORE_VALUE = 10;
const VALUE = 11;
const LENGTH_VALUE = 12;
const LIST_VALUE = 13;
const LAST_LINE_FEED = 14;

/**
 * Reads the head of an answer, or the trailer section of a chunked body, from pieces of any size and keeps only what
 * framing needs. As strict as llhttp in its default mode, which undici uses: a line ends with CR LF and nothing else (RFC
 * 9112 section 2.2 lets a recipient accept a bare LF; llhttp does not), no folded lines (5.2), no space before the colon
 * (5.1), one Content-Length at most, and never one beside Transfer-Encoding (6.3). Stricter than llhttp: only HTTP/1.0 and
 * HTTP/1.1 (not RTSP, ICE, 0.9, 2.0), no status below 100, no Transfer-Encoding among the trailers.
 */
export class HeadReader {
  status = 0;
  /** 1 for HTTP/1.1, 0 for HTTP/1.0. */
  minorVersion = 1;
  /** -1 when there is none. */
  contentLength = -1;
  hasTransferEncoding = false;
  /** `chunked` is the last transfer coding. */
  isChunked = false;
  saysClose = false;
  saysKeepAlive = false;
  outcome: Outcome = MORE;

  #expects = BEFORE_LINE;
  #left = HEAD_LIMIT_BYTES;
  #isTrailer = false;
  #field = 0;
  /** Bytes matched so far of the version, digits of the code, length of the name or of the list word. */
  #position = 0;
  #possible = 0;
  #hasGap = false;

  /** Starts over for the next answer. `spentBytes` were used up by interim answers to the same request. */
  begin(spentBytes: number): void {
    this.status = 0;
    this.contentLength = -1;
    this.hasTransferEncoding = false;
    this.isChunked = false;
    this.saysClose = false;
    this.saysKeepAlive = false;
    this.outcome = MORE;
    this.#expects = BEFORE_LINE;
    this.#left = HEAD_LIMIT_BYTES - spentBytes;
    this.#isTrailer = false;
    this.#position = 0;
  }

  /** Goes on with the trailer section; what the head said stays. */
  beginTrailer(): void {
    this.outcome = MORE;
    this.#expects = FIELD_START;
    this.#left = HEAD_LIMIT_BYTES;
    this.#isTrailer = true;
  }

  /** Reads from `from` and answers with the offset after the last byte it took; see `outcome` for how it went. */
  read(chunk: Uint8Array, from: number, to: number): number {
    const stop = Math.min(to, from + this.#left);
    let at = from;
    while (at < stop && this.outcome === MORE) {
      const expects = this.#expects;
      // Most bytes of a head belong to values and reasons that mean nothing here.
      if (expects === VALUE) {
        while (at < stop && FIELD_VALUE[chunk[at] ?? 0] === 1) at += 1;
        if (at === stop) break;
      } else if (expects === REASON) {
        while (at < stop && chunk[at] !== CR && chunk[at] !== LF) at += 1;
        if (at === stop) break;
      }
      this.#take(expects, chunk[at] ?? 0);
      at += 1;
    }
    this.#left -= at - from;
    if (this.#left <= 0 && this.outcome === MORE) this.outcome = BROKEN;
    return at;
  }

  #take(expects: number, byte: number): void {
    switch (expects) {
      case NAME:
        if (TOKEN[byte] === 1) {
          this.#possible = NAMES.narrow(this.#possible, this.#position, byte);
          this.#position += 1;
        } else if (byte === 0x3a) this.#endName();
        else this.outcome = BROKEN;
        return;
      case BEFORE_VALUE:
        if (byte !== SPACE && byte !== TAB) this.#beginValue(byte);
        return;
      case VALUE:
        if (FIELD_VALUE[byte] !== 1) this.#expectLineEnd(byte);
        return;
      case REASON:
        this.#expectLineEnd(byte);
        return;
      case LENGTH_VALUE:
        this.#takeLength(byte);
        return;
      case LIST_VALUE:
        this.#takeListByte(byte);
        return;
      case LINE_FEED:
        if (byte === LF) this.#expects = FIELD_START;
        else this.outcome = BROKEN;
        return;
      case FIELD_START:
        // A line that starts with a space would continue the one before: obs-fold, RFC 9112 section 5.2.
        if (byte === CR) this.#expects = LAST_LINE_FEED;
        else if (TOKEN[byte] === 1) {
          this.#expects = NAME;
          this.#possible = NAMES.narrow(ANY, 0, byte);
          this.#position = 1;
        } else this.outcome = BROKEN;
        return;
      case LAST_LINE_FEED:
        this.outcome = byte === LF ? DONE : BROKEN;
        return;
      default:
        this.#takeStatusLine(expects, byte);
    }
  }

  /** RFC 9112 section 4: `HTTP/1.1 200 reason`. */
  #takeStatusLine(expects: number, byte: number): void {
    switch (expects) {
      case BEFORE_LINE:
        // Empty lines before an answer are stray ends of the one before; llhttp forgives them too.
        if (byte === CR || byte === LF) return;
        this.#expects = VERSION_TEXT;
        this.#position = 0;
        this.#takeStatusLine(VERSION_TEXT, byte);
        return;
      case VERSION_TEXT:
        if (byte !== VERSION[this.#position]) this.outcome = BROKEN;
        this.#position += 1;
        if (this.#position === VERSION.length) this.#expects = MINOR;
        return;
      case MINOR:
        this.minorVersion = byte - 0x30;
        if (this.minorVersion !== 0 && this.minorVersion !== 1) this.outcome = BROKEN;
        this.#expects = BEFORE_CODE;
        return;
      case BEFORE_CODE:
        if (byte !== SPACE) this.outcome = BROKEN;
        this.#expects = CODE;
        this.#position = 0;
        return;
      case CODE: {
        const digit = byte - 0x30;
        if (digit < 0 || digit > 9) this.outcome = BROKEN;
        this.status = this.status * 10 + digit;
        this.#position += 1;
        if (this.#position < 3) return;
        if (this.status < 100) this.outcome = BROKEN;
        this.#expects = AFTER_CODE;
        return;
      }
      default:
        if (byte === SPACE) this.#expects = REASON;
        else this.#expectLineEnd(byte);
    }
  }

  #expectLineEnd(byte: number): void {
    if (byte === CR) this.#expects = LINE_FEED;
    else this.outcome = BROKEN;
  }

  #endName(): void {
    this.#field = NAMES.find(this.#possible, this.#position);
    this.#expects = BEFORE_VALUE;
    const isFraming = this.#field === TRANSFER_ENCODING || this.#field === CONTENT_LENGTH;
    // Framing is not decided twice, and not after the body (RFC 9110 section 6.5.1).
    if (isFraming && (this.#isTrailer || this.contentLength >= 0)) this.outcome = BROKEN;
    if (this.#field === CONTENT_LENGTH && this.hasTransferEncoding) this.outcome = BROKEN;
  }

  /** `byte` is the first of the value that is not white space. */
  #beginValue(byte: number): void {
    this.#expects = VALUE;
    if (this.#field === CONTENT_LENGTH) {
      this.#expects = LENGTH_VALUE;
      this.contentLength = 0;
      this.#hasGap = false;
      // An empty value has no digit.
      if (byte === CR) this.outcome = BROKEN;
    } else if (this.#field === TRANSFER_ENCODING || this.#field === CONNECTION) {
      if (this.#field === TRANSFER_ENCODING) {
        // Several lines are one list, RFC 9110 section 5.3: the last coding of the last line decides.
        this.hasTransferEncoding = true;
        if (byte === CR) this.outcome = BROKEN;
      }
      this.#expects = LIST_VALUE;
      this.#beginWord();
    }
    if (this.outcome === MORE) this.#take(this.#expects, byte);
  }

  #takeLength(byte: number): void {
    const digit = byte - 0x30;
    if (byte === SPACE || byte === TAB) this.#hasGap = true;
    else if (byte === CR) this.#expects = LINE_FEED;
    else if (digit >= 0 && digit <= 9 && !this.#hasGap) {
      this.contentLength = this.contentLength * 10 + digit;
      if (this.contentLength > Number.MAX_SAFE_INTEGER) this.outcome = BROKEN;
    } else this.outcome = BROKEN;
  }

  #beginWord(): void {
    this.#position = 0;
    this.#possible = ANY;
    this.#hasGap = false;
  }

  #takeListByte(byte: number): void {
    if (byte === 0x2c || byte === CR) {
      this.#endWord();
      if (byte === CR) this.#expects = LINE_FEED;
    } else if (byte === SPACE || byte === TAB) {
      if (this.#position > 0) this.#hasGap = true;
    } else if (FIELD_VALUE[byte] === 1) {
      this.#possible = this.#hasGap ? 0 : LIST_WORDS.narrow(this.#possible, this.#position, byte);
      this.#position += 1;
    } else this.outcome = BROKEN;
  }

  #endWord(): void {
    const word = LIST_WORDS.find(this.#possible, this.#position);
    if (this.#field === TRANSFER_ENCODING) this.isChunked = word === CHUNKED;
    else if (word === CLOSE) this.saysClose = true;
    else if (word === KEEP_ALIVE) this.saysKeepAlive = true;
    this.#beginWord();
  }
}
