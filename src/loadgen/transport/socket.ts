import { nowUs } from './clock';
import { MixedRequests } from './mixedRequests';
import { prepareRequests } from './requestSource';
import { HeadMemory } from './responseParserMemory';
import { prepareConnector } from './socketConnect';
import { loadHandleBinding } from './socketHandle';
import type { HandleBinding } from './socketHandle';
import { SocketLane } from './socketLane';
import type { LaneListener, Transport, TransportOptions } from './transport';
import { WriteBatch } from './writeBatch';

/**
 * Load over bare sockets, HTTP/1.1: the request is prepared once, answers are read by our own parser, and one timer looks
 * after the timeouts and pauses of all lanes, because a timer for each request would cost more than the request.
 * The constructor fails like `prepareRequests`. A Unix socket is reached with the address `unix:/path`.
 */
export class SocketTransport implements Transport {
  readonly lanes: number;
  readonly #lanes: SocketLane[];
  readonly #listener: LaneListener;
  readonly #sweepMs: number;
  #sweep: NodeJS.Timeout | undefined;

  /** Without `binding` every connection goes over `node:net`. */
  constructor(options: TransportOptions, listener: LaneListener, binding: HandleBinding | null = loadHandleBinding()) {
    const connector = prepareConnector(options, binding);
    const memory = (): HeadMemory => new HeadMemory(connector.buffer);
    const shared = {
      connector,
      listener,
      parser: { isHead: options.request.method === 'HEAD', memory: memory() },
      requests: options.mix
        ? new MixedRequests(options.mix, options.pipelining)
        : prepareRequests(options.request, options.feeds ?? null, options.pipelining),
      mix:
        options.mix?.map(({ request, inspector }) => ({
          parser: { isHead: request.method === 'HEAD', memory: memory() },
          inspector,
        })) ?? null,
      pipelining: options.pipelining,
      timeoutUs: options.timeoutMs * 1000,
      inspector: options.inspector ?? null,
      batch: new WriteBatch(options.lanes),
    };
    this.lanes = options.lanes;
    this.#listener = listener;
    this.#lanes = Array.from({ length: options.lanes }, (_, index) => new SocketLane(index, shared));
    this.#sweepMs = Math.min(20, Math.max(2, options.timeoutMs / 50));
  }

  open(): void {
    this.#sweep = setInterval(() => {
      const atUs = nowUs();
      for (const lane of this.#lanes) lane.sweep(atUs);
    }, this.#sweepMs);
    for (let lane = 0; lane < this.lanes; lane += 1) this.#listener.ready(lane);
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
}
