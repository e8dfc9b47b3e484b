import type { RequestTemplate } from '../../core/model/request';
import { openConnection, type ExchangeListener, type HttpConnection } from '../../http/client';
import { errorKindOf } from '../../http/errorKind';
import { closedByUs, timedOut } from '../../http/failures';
import type { AnswerInspector } from './answerInspector';
import type { AnswerReader } from './answerReader';
import { nowUs } from './clock';
import { prepareTemplates } from './requestTemplates';
import type { LaneListener, Transport, TransportOptions } from './transport';

const FIRST_BACKOFF_MS = 20;
const MAX_BACKOFF_MS = 500;

export interface UndiciTransportOptions extends TransportOptions {
  readonly http2: boolean;
}

/** Load over undici: HTTP/2 and everything unusual, and the yardstick for the transport on bare sockets. */
export class UndiciTransport implements Transport {
  readonly lanes: number;
  readonly #options: UndiciTransportOptions;
  readonly #listener: LaneListener;
  readonly #next: NextRequest;
  readonly #lanes: Lane[] = [];
  #sweep: NodeJS.Timeout | undefined;

  /** Fails like `prepareTemplates`. */
  constructor(options: UndiciTransportOptions, listener: LaneListener) {
    this.lanes = options.lanes;
    this.#options = options;
    this.#listener = listener;
    this.#next = prepareNext(options);
  }

  open(): void {
    for (let index = 0; index < this.lanes; index++) {
      this.#lanes.push(new Lane(index, this.#options, this.#listener, this.#next));
    }
    const periodMs = Math.min(100, Math.max(10, this.#options.timeoutMs / 20));
    this.#sweep = setInterval(() => this.#failLate(), periodMs);
    for (const lane of this.#lanes) this.#listener.ready(lane.index);
  }

  send(lane: number, item = 0): void {
    this.#lanes[lane]?.send(item);
  }

  rest(lane: number): void {
    this.#lanes[lane]?.rest();
  }

  close(): number {
    clearInterval(this.#sweep);
    return this.#lanes.reduce((sum, lane) => sum + lane.close(), 0);
  }

  #failLate(): void {
    const latestUs = nowUs() - this.#options.timeoutMs * 1000;
    for (const lane of this.#lanes) lane.failSentBefore(latestUs);
  }
}

/** The next request with a number in the mix, and what looks into its answer. */
type NextRequest = (item: number) => { readonly request: RequestTemplate; readonly inspector: AnswerInspector | null };

function prepareNext(options: UndiciTransportOptions): NextRequest {
  const { request, feeds, inspector } = options;
  const requests = options.mix ?? [{ request, feeds: feeds ?? null, inspector: inspector ?? null }];
  const prepared = requests.map((each) => ({ next: prepareTemplates(each.request, each.feeds), ...each }));
  return (item) => {
    const drawn = prepared[item];
    if (!drawn) throw new Error(`The mix has no request ${item}.`);
    return { request: drawn.next(), inspector: drawn.inspector };
  };
}

/** One connection at a time and the requests in flight on it. */
class Lane {
  readonly #options: UndiciTransportOptions;
  readonly #listener: LaneListener;
  readonly #next: NextRequest;
  readonly #inFlight = new Set<Flight>();
  #connection: HttpConnection;
  #connectStartUs = 0;
  /** The connection was opened for a request that has not been written yet. */
  #isFresh = false;
  #readBefore = 0;
  #writtenBefore = 0;
  #backoffMs = FIRST_BACKOFF_MS;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(
    readonly index: number,
    options: UndiciTransportOptions,
    listener: LaneListener,
    next: NextRequest,
  ) {
    this.#options = options;
    this.#listener = listener;
    this.#next = next;
    this.#connection = this.#openConnection();
  }

  /** Over HTTP/2 a head's size is not seen on the socket. */
  get needsHeadSize(): boolean {
    return this.#options.http2;
  }

  send(item: number): void {
    const { request, inspector } = this.#next(item);
    const flight = new Flight(this, request, inspector, item);
    this.#inFlight.add(flight);
    try {
      flight.abort = this.#connection.send(flight, flight.request);
    } catch (error) {
      setImmediate(() => this.failed(flight, error));
    }
  }

  rest(): void {
    if (this.#inFlight.size > 0 || this.#isClosed) return;
    const idle = this.#connection;
    this.#connection = this.#openConnection();
    idle.destroy(closedByUs());
  }

  close(): number {
    const count = this.#inFlight.size;
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#inFlight.clear();
    this.#connection.destroy(closedByUs());
    return count;
  }

  failSentBefore(latestUs: number): void {
    let isLate = false;
    for (const flight of this.#inFlight) {
      if (flight.startUs > latestUs) continue;
      if (this.#options.http2) flight.abort(timedOut());
      else isLate = true;
    }
    if (!isLate) return;
    // Without HTTP/2 an answer that is given up blocks its connection for those behind it.
    for (const flight of this.#inFlight) this.#countWritten(flight);
    const lost = this.#connection;
    this.#connection = this.#openConnection();
    for (const flight of [...this.#inFlight]) this.failed(flight, timedOut());
    lost.destroy(timedOut());
  }

  started(flight: Flight): void {
    flight.startUs = this.#isFresh ? Math.max(flight.startUs, this.#connectStartUs) : nowUs();
    this.#isFresh = false;
  }

  ended(flight: Flight): void {
    if (!this.#inFlight.delete(flight) || this.#isClosed) return;
    const endUs = nowUs();
    this.#backoffMs = FIRST_BACKOFF_MS;
    this.#countWritten(flight);
    const traffic = this.#connection.traffic();
    const read = traffic ? traffic.read - this.#readBefore : flight.headBytes + flight.bodyBytes;
    if (traffic) this.#readBefore = traffic.read;
    const { status, startUs, firstByteUs, bodyBytes, item } = flight;
    const reason = flight.inspector?.end(status, bodyBytes, flight.reader) ?? null;
    if (reason === null) {
      const headBytes = Math.max(0, read - bodyBytes);
      const body = Math.min(read, bodyBytes);
      this.#listener.answered(this.index, status, startUs, firstByteUs, endUs, headBytes, body, item);
    } else this.#listener.failed(this.index, 'check', startUs, endUs, reason, item);
    this.#listener.ready(this.index);
  }

  failed(flight: Flight, error: unknown): void {
    if (!this.#inFlight.delete(flight) || this.#isClosed) return;
    const endUs = nowUs();
    this.#countWritten(flight);
    const kind = errorKindOf(error);
    this.#listener.failed(this.index, kind, flight.startUs, endUs, undefined, flight.item);
    if (kind === 'timeout' || kind === 'reset') this.#listener.ready(this.index);
    else this.#readyLater();
  }

  /** Bytes are known only once they have left: at the answer's head, or when the request was lost. */
  firstByte(flight: Flight): void {
    flight.firstByteUs = nowUs();
    flight.reader = flight.inspector?.begin() ?? null;
    this.#countWritten(flight);
  }

  #countWritten(flight: Flight): void {
    if (flight.isWrittenCounted || !flight.isStarted) return;
    flight.isWrittenCounted = true;
    const traffic = this.#connection.traffic();
    const written = traffic ? traffic.written - this.#writtenBefore : requestSize(flight.request);
    if (traffic) this.#writtenBefore = traffic.written;
    this.#listener.sent(this.index, written, flight.item);
  }

  #readyLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#listener.ready(this.index), this.#backoffMs);
    this.#backoffMs = Math.min(MAX_BACKOFF_MS, this.#backoffMs * 2);
  }

  #openConnection(): HttpConnection {
    const connection = openConnection({
      request: this.#options.request,
      address: this.#options.address,
      insecureTls: this.#options.insecureTls,
      proxy: this.#options.proxy ?? null,
      http2: this.#options.http2,
      pipelining: this.#options.pipelining,
      connectTimeoutMs: this.#options.timeoutMs,
      onConnecting: () => {
        this.#connectStartUs = nowUs();
      },
      onConnected: () => {
        if (connection !== this.#connection || this.#isClosed) return;
        this.#isFresh = true;
        this.#readBefore = 0;
        this.#writtenBefore = 0;
        this.#listener.connected(this.index, nowUs() - this.#connectStartUs);
      },
    });
    return connection;
  }
}

/** One request under way. */
class Flight implements ExchangeListener {
  readonly #lane: Lane;
  startUs = nowUs();
  firstByteUs = 0;
  status = 0;
  headBytes = 0;
  bodyBytes = 0;
  isStarted = false;
  isWrittenCounted = false;
  reader: AnswerReader | null = null;
  abort: (reason: Error) => void = () => undefined;

  constructor(
    lane: Lane,
    readonly request: RequestTemplate,
    readonly inspector: AnswerInspector | null,
    /** Its number in the mix. */
    readonly item: number,
  ) {
    this.#lane = lane;
  }

  started(): void {
    this.isStarted = true;
    this.#lane.started(this);
  }

  head(status: number, _: string, headers: () => [string, string][]): void {
    this.status = status;
    this.#lane.firstByte(this);
    if (this.#lane.needsHeadSize) this.headBytes = headSize(headers());
    this.reader?.headers(headers());
  }

  data(chunk: Uint8Array): void {
    this.bodyBytes += chunk.byteLength;
    this.reader?.data(chunk, 0, chunk.byteLength);
  }

  ended(): void {
    this.#lane.ended(this);
  }

  failed(error: unknown): void {
    this.#lane.failed(this, error);
  }
}

/** What a head would take as HTTP/1.1 text: HTTP/2 compresses heads, and its frames cannot be counted from here. */
function headSize(headers: readonly (readonly [string, string])[]): number {
  return headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 2);
}

function requestSize(request: RequestTemplate): number {
  const url = new URL(request.url);
  const line = request.method.length + url.pathname.length + url.search.length + 12;
  return line + headSize([['host', url.host], ...request.headers]) + bodySize(request);
}

function bodySize({ body }: RequestTemplate): number {
  if (!body) return 0;
  return 'text' in body ? Buffer.byteLength(body.text) : Buffer.from(body.base64, 'base64').byteLength;
}
