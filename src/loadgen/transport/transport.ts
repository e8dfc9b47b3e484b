import type { FeedPlan } from '../../core/model/feed';
import type { RequestTemplate } from '../../core/model/request';
import type { ErrorKind } from '../../core/model/run';
import type { AnswerInspector } from './answerInspector';

/** One request of a mix, ready for a transport. */
export interface TransportRequest {
  readonly request: RequestTemplate;
  readonly feeds: FeedPlan | null;
  readonly inspector: AnswerInspector | null;
}

/** What every transport is made from. */
export interface TransportOptions {
  readonly request: RequestTemplate;
  /** What differs from request to request. */
  readonly feeds?: FeedPlan;
  readonly lanes: number;
  /** Requests in flight per lane; with HTTP/2, streams per connection. */
  readonly pipelining: number;
  readonly timeoutMs: number;
  readonly insecureTls: boolean;
  /** URL of a proxy to go through; `address` is then not looked at. Only for undici. */
  readonly proxy?: string;
  /** The IP address to connect to, or a Unix socket as `unix:/path`: the name was looked up, and let pass, once before the run. */
  readonly address: string;
  /** Looks into answers and says which of them are not the expected ones. */
  readonly inspector?: AnswerInspector;
  /** Several requests in the place of `request`, `feeds` and `inspector`; all of them go where `request` goes. */
  readonly mix?: readonly TransportRequest[];
}

/**
 * Hears what happened on a lane. A transport calls these with plain numbers and keeps no reference, so that nothing is
 * allocated per request. Times are microseconds of one monotonic clock (`nowUs`). `item` is the number of the request in
 * the mix, 0 without one.
 */
export interface LaneListener {
  /** A request was handed to the connection; not called for one whose connection could not be opened. */
  sent(lane: number, bytes: number, item: number): void;
  /**
   * A whole answer came. `startUs` is when the request was sent, or when its connection began to open if it had to be
   * opened first; `firstByteUs` when the answer's first byte came.
   */
  answered(
    lane: number,
    status: number,
    startUs: number,
    firstByteUs: number,
    endUs: number,
    headBytes: number,
    bodyBytes: number,
    item: number,
  ): void;
  /**
   * A request ended without a whole answer, or with one that is not the expected one: kind `check`, with the reason. One
   * call for each request that was lost.
   */
  failed(lane: number, kind: ErrorKind, startUs: number, endUs: number, reason: string | undefined, item: number): void;
  /** A connection was established; `connectUs` is TCP and TLS together (the name was looked up before the run). */
  connected(lane: number, connectUs: number): void;
  /**
   * The lane can take a request (fewer than `pipelining` in flight, connection open or openable). Called for every lane
   * after `open`, and again after each `answered` and `failed` as soon as the lane can go on; never from within `send`.
   * The listener may answer with as many `send`s as fit.
   */
  ready(lane: number): void;
}

/**
 * Sends one prepared request over a fixed number of lanes. A lane is one connection at a time, reopened when it closed;
 * refused lanes back off. A transport decides nothing about load: the pacer calls `send` when a lane is ready and due.
 */
export interface Transport {
  readonly lanes: number;
  /** Prepares the lanes; does not wait until they are connected. */
  open(): void;
  /** Sends one request on a ready lane: the one with this number in the mix, or the only one. */
  send(lane: number, item?: number): void;
  /** Closes the connection of a lane with nothing in flight; the next `send` on it opens another. */
  rest(lane: number): void;
  /** Closes every connection at once and answers with how many requests were in flight. Idempotent. */
  close(): number;
}
