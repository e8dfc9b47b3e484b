import { prepareRequests, type RequestSource } from './requestSource';
import type { TransportRequest } from './transport';

/** The requests of a mix, each prepared by itself, in the order in which a lane was given them. */
export class MixedRequests implements RequestSource {
  readonly #sources: readonly RequestSource[];
  readonly #sizes: Float64Array;

  /** Fails like `prepareRequests`. */
  constructor(requests: readonly TransportRequest[], pipelining: number) {
    this.#sources = requests.map(({ request, feeds }) => prepareRequests(request, feeds, 1));
    this.#sizes = new Float64Array(pipelining);
  }

  take(count: number, items: Uint8Array, first: number): Uint8Array {
    if (count === 1) return this.#next(0, items[first % items.length] ?? 0);
    const parts = Array.from({ length: count }, (_, index) =>
      this.#next(index, items[(first + index) % items.length] ?? 0),
    );
    return Buffer.concat(parts);
  }

  sizeOf(index: number): number {
    return this.#sizes[index] ?? 0;
  }

  #next(index: number, item: number): Uint8Array {
    const source = this.#sources[item];
    if (!source) throw new Error(`The mix has no request ${item}.`);
    const bytes = source.take(1, NO_ITEMS, 0);
    this.#sizes[index] = bytes.length;
    return bytes;
  }
}

const NO_ITEMS = new Uint8Array(1);
