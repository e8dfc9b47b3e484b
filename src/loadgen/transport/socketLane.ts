import type { ErrorKind } from '../../core/model/run';
import type { AnswerInspector } from './answerInspector';
import type { AnswerReader } from './answerReader';
import { nowUs } from './clock';
import type { RequestSource } from './requestSource';
import { COMPLETE, MALFORMED, PARSING, ResponseParser } from './responseParser';
import type { ResponseParserOptions } from './responseParser';
import { CR, LF } from './responseParserTables';
import type { Connection, ConnectionListener, Connector } from './socketConnection';
import type { LaneListener } from './transport';
import type { WriteBatch } from './writeBatch';

const FIRST_BACKOFF_MS = 10;
const MAX_BACKOFF_MS = 1_000;

const CLOSED = 0;
const CONNECTING = 1;
const OPEN = 2;

/** How answers to one request of a mix are read; each has heads of its own to remember. */
export interface MixedAnswers {
  readonly parser: ResponseParserOptions;
  readonly inspector: AnswerInspector | null;
}

/** What all lanes of a transport share. */
export interface LaneContext {
  readonly connector: Connector;
  readonly listener: LaneListener;
  readonly parser: ResponseParserOptions;
  readonly requests: RequestSource;
  readonly pipelining: number;
  readonly timeoutUs: number;
  readonly inspector: AnswerInspector | null;
  /** By the number of the request; null without a mix. */
  readonly mix: readonly MixedAnswers[] | null;
  readonly batch: WriteBatch;
}

/**
 * One connection at a time and the requests on it. Requests are answered in order (RFC 9112 section 9.3.2), so that a ring
 * of start times is all that is kept about them. Requests that are given while bytes are being read go out as one write.
 */
export class SocketLane implements ConnectionListener {
  readonly #index: number;
  readonly #shared: LaneContext;
  readonly #parser: ResponseParser;
  /** When each request began, oldest at `#oldest`; `#written` of them are with the server, `#waiting` follow. */
  readonly #startsUs: Float64Array;
  /** Which request of a mix each is, in the same places; all 0 without one. */
  readonly #items: Uint8Array;
  #oldest = 0;
  #written = 0;
  #waiting = 0;

  #connection: Connection | null = null;
  #state = CLOSED;
  #connectStartUs = 0;
  #firstByteUs = 0;
  /** What looks into the answers, or into the one under way of a mix. */
  #inspector: AnswerInspector | null;
  #reader: AnswerReader | null = null;
  #isBatching = false;
  #isOver = false;
  /** Failures since the last answer. */
  #failures = 0;
  #readyAtUs = 0;

  constructor(index: number, shared: LaneContext) {
    this.#index = index;
    this.#shared = shared;
    this.#parser = new ResponseParser(shared.parser);
    this.#startsUs = new Float64Array(shared.pipelining);
    this.#items = new Uint8Array(shared.pipelining);
    this.#inspector = shared.inspector;
  }

  /** `item`: which request of the mix. */
  send(item: number): void {
    if (this.#isOver) return;
    if (this.#shared.mix !== null) this.#items[this.#placeOf(this.#written + this.#waiting)] = item;
    if (this.#state !== OPEN) this.#putStart(nowUs());
    this.#waiting += 1;
    if (this.#state === CLOSED) this.#connect();
    else if (this.#state === OPEN && !this.#isBatching) this.flush();
  }

  /** Ends what is too late, and a back-off that is over. */
  sweep(atUs: number): void {
    if (this.#readyAtUs > 0 && atUs >= this.#readyAtUs) {
      this.#readyAtUs = 0;
      this.#ready();
    }
    const oldestUs = this.#startsUs[this.#oldest] ?? 0;
    if ((this.#written > 0 || this.#state === CONNECTING) && atUs - oldestUs >= this.#shared.timeoutUs)
      this.#fail('timeout', atUs);
  }

  /** Closes the connection when nothing is on it. */
  rest(): void {
    if (this.#written + this.#waiting === 0) this.#drop();
  }

  /** Closes the connection at once and for good; answers with the requests that were on it. */
  close(): number {
    const lost = this.#written + this.#waiting;
    this.#isOver = true;
    this.#readyAtUs = 0;
    this.#drop();
    this.#written = 0;
    this.#waiting = 0;
    return lost;
  }

  opened(): void {
    this.#state = OPEN;
    this.#shared.listener.connected(this.#index, nowUs() - this.#connectStartUs);
    this.#write();
  }

  received(bytes: number): void {
    const atUs = nowUs();
    if (this.#written === 0) {
      // Nobody asked: what follows on this connection would be taken for the answer to the next request.
      if (!isOnlyLineEnds(this.#shared.connector.buffer, 0, bytes)) this.#replace();
      return;
    }
    this.#isBatching = true;
    const hasSettled = this.#read(bytes, atUs);
    if (hasSettled) this.#ready();
    this.#isBatching = false;
    if (this.#waiting > 0) this.#shared.batch.add(this);
  }

  ended(): void {
    const atUs = nowUs();
    this.#parser.endOfStream();
    const isAnswer = this.#written > 0 && this.#parser.state === COMPLETE;
    if (isAnswer) this.#answered(atUs);
    if (this.#written > 0) this.#fail('reset', atUs);
    else {
      this.#replace();
      if (isAnswer) this.#ready();
    }
  }

  broke(kind: ErrorKind): void {
    if (this.#written > 0 || this.#state === CONNECTING) this.#fail(kind, nowUs());
    else this.#replace();
  }

  /** Gives up a connection on which no request is under way; one that has not been written yet goes over a new one. */
  #replace(): void {
    this.#drop();
    if (this.#waiting === 0) return;
    for (let position = 0; position < this.#waiting; position += 1) this.#putStartAt(position, nowUs());
    this.#connect();
  }

  #connect(): void {
    this.#state = CONNECTING;
    this.#connectStartUs = nowUs();
    this.#connection = this.#shared.connector.connect(this);
  }

  /** Writes what waits, and takes the time for it. */
  flush(): void {
    if (this.#waiting === 0) return;
    if (this.#state === CLOSED) this.#replace();
    if (this.#state !== OPEN) return;
    const startUs = nowUs();
    for (let slot = this.#waiting; slot > 0; slot -= 1) this.#putStartAt(this.#waiting - slot, startUs);
    this.#write();
  }

  #write(): void {
    const { requests, listener } = this.#shared;
    const count = this.#waiting;
    this.#waiting = 0;
    this.#written += count;
    const before = this.#written - count;
    this.#connection?.write(requests.take(count, this.#items, this.#oldest + before));
    for (let sent = 0; sent < count; sent += 1) {
      const item = this.#shared.mix === null ? 0 : this.#itemAt(before + sent);
      listener.sent(this.#index, requests.sizeOf(sent), item);
    }
  }

  #putStart(startUs: number): void {
    this.#putStartAt(this.#waiting, startUs);
  }

  #putStartAt(position: number, startUs: number): void {
    this.#startsUs[this.#placeOf(this.#written + position)] = startUs;
  }

  /** Where in the rings the request stands that follows the oldest one by so many. */
  #placeOf(position: number): number {
    return (this.#oldest + position) % this.#startsUs.length;
  }

  #itemAt(position: number): number {
    return this.#items[this.#placeOf(position)] ?? 0;
  }

  /** An answer to the oldest request begins. */
  #expect({ parser, inspector }: MixedAnswers): void {
    this.#parser.expect(parser);
    this.#inspector = inspector;
  }

  /** Takes the answers out of the receive buffer; true when there was one and the lane can go on. */
  #read(bytes: number, atUs: number): boolean {
    const { buffer } = this.#shared.connector;
    const parser = this.#parser;
    let hasSettled = false;
    let at = 0;
    while (at < bytes) {
      if (this.#firstByteUs === 0) {
        this.#firstByteUs = atUs;
        const mixed = this.#shared.mix?.[this.#items[this.#oldest] ?? 0];
        if (mixed !== undefined) this.#expect(mixed);
        this.#reader = this.#inspector?.begin() ?? null;
        parser.sink = this.#reader;
      }
      at = parser.push(buffer, at, bytes);
      if (parser.state === PARSING) break;
      // More bytes than answers: which of them is the answer cannot be known.
      const isSurplus = this.#written === 1 && parser.keepAlive && at < bytes && !isOnlyLineEnds(buffer, at, bytes);
      if (parser.state === MALFORMED || isSurplus) {
        this.#fail('malformed', atUs);
        return false;
      }
      // An answer may come before its request has left; the connection is then of no more use.
      const keepAlive = parser.keepAlive && this.#connection?.hasUnsent === false;
      this.#answered(atUs);
      hasSettled = true;
      if (!keepAlive) {
        this.#drop();
        if (this.#written > 0) {
          this.#fail('reset', atUs);
          return false;
        }
        break;
      }
      if (this.#written === 0) break;
    }
    return hasSettled;
  }

  #answered(atUs: number): void {
    const { status, headBytes, bodyBytes } = this.#parser;
    const startUs = this.#startsUs[this.#oldest] ?? 0;
    const firstByteUs = this.#firstByteUs;
    const item = this.#items[this.#oldest] ?? 0;
    const { listener } = this.#shared;
    const inspector = this.#inspector;
    const reason = inspector === null ? null : inspector.end(status, bodyBytes, this.#reader);
    this.#reader = null;
    this.#oldest = (this.#oldest + 1) % this.#startsUs.length;
    this.#written -= 1;
    this.#firstByteUs = 0;
    this.#failures = 0;
    this.#parser.next();
    if (reason === null) listener.answered(this.#index, status, startUs, firstByteUs, atUs, headBytes, bodyBytes, item);
    else listener.failed(this.#index, 'check', startUs, atUs, reason, item);
  }

  /** Gives up the connection and every request on it; the lane is ready again at once or after a pause. */
  #fail(kind: ErrorKind, atUs: number): void {
    const hasConnected = this.#state !== CONNECTING;
    const lost = this.#written + this.#waiting;
    this.#drop();
    this.#written = 0;
    this.#waiting = 0;
    this.#failures += 1;
    // One lost connection is reopened at once; a server that is down or loses every one is not to be hammered.
    const pauses = hasConnected ? this.#failures - 1 : this.#failures;
    for (let index = 0; index < lost; index += 1) {
      const startUs = this.#startsUs[this.#placeOf(index)] ?? atUs;
      this.#shared.listener.failed(this.#index, kind, startUs, atUs, undefined, this.#itemAt(index));
    }
    if (pauses === 0) this.#ready();
    else {
      const longestMs = Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(pauses - 1, 10));
      this.#readyAtUs = atUs + longestMs * 1000 * (0.5 + Math.random() / 2);
    }
  }

  /** The listener may have closed the lane from within the call before. */
  #ready(): void {
    if (!this.#isOver) this.#shared.listener.ready(this.#index);
  }

  #drop(): void {
    const connection = this.#connection;
    this.#connection = null;
    this.#state = CLOSED;
    this.#firstByteUs = 0;
    this.#reader = null;
    this.#parser.next();
    connection?.close();
  }
}

function isOnlyLineEnds(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (bytes[at] !== CR && bytes[at] !== LF) return false;
  return true;
}
