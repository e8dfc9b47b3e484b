import type { FeedPlan } from '../../core/model/feed';
import type { RequestTemplate } from '../../core/model/request';
import { FeedCursor } from '../../core/request/feedCursor';
import { compileFeeds, type FeedPart } from '../../core/request/feedTemplate';
import { countDigits, slotBytes, writeDigits, type SlotBytes } from './feedBytes';
import { encodeRequest, hostLine, saysLength } from './requestBytes';

const SLAB_BYTES = 256 * 1024;

/** Gives the bytes of requests to be sent. Bytes that were given stay as they are. */
export interface RequestSource {
  /**
   * The next `count` requests end to end; never more than the pipelining that the source was made for. Which requests of a
   * mix they are stands in the ring `items`, from place `first`.
   */
  take(count: number, items: Uint8Array, first: number): Uint8Array;
  /** Bytes of each of the requests that were taken last. */
  sizeOf(index: number): number;
}

/** Prepares the requests of a plan; fails like `encodeRequest` and `compileFeeds`. */
export function prepareRequests(request: RequestTemplate, feeds: FeedPlan | null, pipelining: number): RequestSource {
  const once = encodeRequest(request);
  return feeds === null ? new SameRequests(once, pipelining) : new FedRequests(request, feeds, pipelining);
}

/** The same request again and again: prepared once, and as many copies as may be in flight, so that each take is one write. */
class SameRequests implements RequestSource {
  readonly #copies: Uint8Array;
  readonly #size: number;

  constructor(request: Uint8Array, pipelining: number) {
    this.#copies = Buffer.concat(Array.from({ length: pipelining }, () => request));
    this.#size = request.length;
  }

  take(count: number): Uint8Array {
    const bytes = count * this.#size;
    return bytes === this.#copies.length ? this.#copies : this.#copies.subarray(0, bytes);
  }

  sizeOf(): number {
    return this.#size;
  }
}

type Segment = Uint8Array | SlotBytes;

/**
 * Requests that differ: what is the same in all is encoded once, values are copied between. Memory is taken in slabs that
 * are never written twice, because the system may still be sending from them.
 */
class FedRequests implements RequestSource {
  readonly #cursor: FeedCursor;
  readonly #head: readonly Segment[];
  readonly #body: readonly Segment[];
  readonly #saysLength: boolean;
  readonly #sizes: Float64Array;
  #slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
  #used = 0;

  constructor(request: RequestTemplate, plan: FeedPlan, pipelining: number) {
    const template = compileFeeds(request, plan.feeds);
    this.#cursor = new FeedCursor(plan);
    this.#sizes = new Float64Array(pipelining);
    this.#saysLength = saysLength(request);
    const headers = template.headers.flatMap(([name, value]): FeedPart[] => [`\r\n${name}: `, ...value]);
    const start: FeedPart[] = [`${template.method} `, ...template.target, ` HTTP/1.1${hostLine(request)}`, ...headers];
    this.#head = this.#encode([...start, this.#saysLength ? '\r\nContent-Length: ' : '\r\n\r\n'], plan, 'latin1');
    const body = request.body;
    this.#body = template.body
      ? this.#encode(template.body, plan, 'utf8')
      : body && 'base64' in body
        ? [Buffer.from(body.base64, 'base64')]
        : [];
  }

  take(count: number): Uint8Array {
    let start = this.#used;
    for (let index = 0; index < count; index += 1) {
      this.#cursor.next();
      const bodySize = lengthOf(this.#body);
      const size = lengthOf(this.#head) + (this.#saysLength ? countDigits(bodySize) + 4 : 0) + bodySize;
      if (this.#used + size > this.#slab.length) {
        // What this take has written so far moves along.
        const written = this.#slab.subarray(start, this.#used);
        this.#slab = Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, (written.length + size) * 2));
        this.#slab.set(written);
        this.#used = written.length;
        start = 0;
      }
      this.#used = this.#write(this.#used, bodySize);
      this.#sizes[index] = size;
    }
    return this.#slab.subarray(start, this.#used);
  }

  sizeOf(index: number): number {
    return this.#sizes[index] ?? 0;
  }

  #write(at: number, bodySize: number): number {
    const slab = this.#slab;
    let put = writeAll(this.#head, slab, at);
    if (this.#saysLength) {
      put = writeDigits(bodySize, slab, put);
      slab[put] = 0x0d;
      slab[put + 1] = 0x0a;
      slab[put + 2] = 0x0d;
      slab[put + 3] = 0x0a;
      put += 4;
    }
    return writeAll(this.#body, slab, put);
  }

  #encode(parts: readonly FeedPart[], plan: FeedPlan, encoding: 'latin1' | 'utf8'): Segment[] {
    return joinTexts(parts).map((part) => {
      if (typeof part === 'string') return Buffer.from(part, encoding);
      const feed = plan.feeds[part.feed];
      return feed ? slotBytes(part, feed.values, this.#cursor) : new Uint8Array(0);
    });
  }
}

/** Neighbouring texts as one, so that they are one copy. */
function joinTexts(parts: readonly FeedPart[]): FeedPart[] {
  const joined: FeedPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined;
}

function lengthOf(segments: readonly Segment[]): number {
  let sum = 0;
  for (const segment of segments) sum += segment instanceof Uint8Array ? segment.length : segment.length();
  return sum;
}

function writeAll(segments: readonly Segment[], target: Uint8Array, at: number): number {
  let put = at;
  for (const segment of segments) {
    if (segment instanceof Uint8Array) {
      target.set(segment, put);
      put += segment.length;
    } else put = segment.write(target, put);
  }
  return put;
}
