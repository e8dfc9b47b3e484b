import type { Recorder } from './recorder';
import { nowUs } from './transport/clock';
import type { Transport } from './transport/transport';

/** Decides when a request goes out; the transport says where one can. */
export interface Pacer {
  /** Begins to send, at most `budget` requests when it is given; called again for the measured phase. */
  start(budget: number | null): void;
  /** Sends nothing more. */
  stop(): void;
  /** A lane can take a request. */
  ready(lane: number): void;
  /** How many more may be sent; Infinity without a budget. */
  readonly budget: number;
}

/** Closed loop: each lane gets its next request as soon as it can take one. */
export class ClosedPacer implements Pacer {
  readonly #transport: Transport;
  readonly #recorder: Recorder;
  readonly #pipelining: number;
  readonly #isWaiting: Uint8Array;
  #isSending = false;
  #budget = 0;

  constructor(transport: Transport, recorder: Recorder, pipelining: number) {
    this.#transport = transport;
    this.#recorder = recorder;
    this.#pipelining = pipelining;
    this.#isWaiting = new Uint8Array(transport.lanes);
  }

  get budget(): number {
    return this.#budget;
  }

  start(budget: number | null): void {
    this.#isSending = true;
    this.#budget = budget ?? Infinity;
    for (let lane = 0; lane < this.#isWaiting.length; lane++) {
      if (this.#isWaiting[lane] === 1) this.ready(lane);
    }
  }

  stop(): void {
    this.#isSending = false;
  }

  ready(lane: number): void {
    const { outstanding } = this.#recorder;
    while (this.#isSending && this.#budget > 0 && (outstanding[lane] ?? 0) < this.#pipelining) {
      this.#budget--;
      this.#recorder.issued(lane, 0, null);
      this.#transport.send(lane);
    }
    this.#isWaiting[lane] = (outstanding[lane] ?? 0) < this.#pipelining ? 1 : 0;
  }
}

export interface OpenPacing {
  readonly ratePerS: number;
  readonly arrivals: 'constant' | 'poisson';
  /** Wait for the last 1.5 ms before a due time in a loop that takes the whole core. */
  readonly spins: boolean;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

const SPIN_MS = 1.5;

/**
 * Open loop: requests are due at a rate whatever the server does. One that finds no free lane waits for the next one and
 * keeps its due time, so that the wait is in its response time.
 */
export class OpenPacer implements Pacer {
  readonly #transport: Transport;
  readonly #recorder: Recorder;
  readonly #pacing: OpenPacing;
  readonly #free: Int32Array;
  readonly #isFree: Uint8Array;
  #freeHead = 0;
  #freeCount = 0;
  #nextDueUs = Infinity;
  #budget = 0;
  #isSending = false;
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;

  constructor(transport: Transport, recorder: Recorder, pacing: OpenPacing) {
    this.#transport = transport;
    this.#recorder = recorder;
    this.#pacing = pacing;
    this.#free = new Int32Array(transport.lanes);
    this.#isFree = new Uint8Array(transport.lanes);
  }

  get budget(): number {
    return this.#budget;
  }

  start(budget: number | null): void {
    this.stop();
    this.#isSending = true;
    this.#budget = budget ?? Infinity;
    if (this.#nextDueUs === Infinity) this.#nextDueUs = nowUs() + this.#gapUs();
    this.#tick();
  }

  /** Due requests that were never sent for want of a free lane, up to `endUs`; with Poisson arrivals, as many as expected. */
  countUnsent(endUs: number): number {
    if (endUs < this.#nextDueUs) return 0;
    const due = 1 + Math.floor(((endUs - this.#nextDueUs) / 1_000_000) * this.#pacing.ratePerS);
    return Math.min(due, this.#budget);
  }

  stop(): void {
    this.#isSending = false;
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
  }

  ready(lane: number): void {
    if (this.#isFree[lane] === 1) return;
    const wasStarved = this.#freeCount === 0;
    this.#isFree[lane] = 1;
    this.#free[(this.#freeHead + this.#freeCount) % this.#free.length] = lane;
    this.#freeCount++;
    if (this.#nextDueUs <= nowUs()) this.#sendDue(wasStarved);
  }

  readonly #tick = (): void => {
    this.#sendDue(false);
    if (!this.#isSending || this.#budget <= 0) return;
    const waitMs = (this.#nextDueUs - nowUs()) / 1000;
    if (!this.#pacing.spins) this.#timer = setTimeout(this.#tick, Math.max(0, waitMs));
    else if (waitMs > SPIN_MS + 1) this.#timer = setTimeout(this.#tick, Math.floor(waitMs - SPIN_MS));
    else this.#immediate = setImmediate(this.#tick);
  };

  /** `isForLane`: the request waited for a free lane, which is not the generator's own lateness. */
  #sendDue(isForLane: boolean): void {
    let atUs = nowUs();
    while (this.#isSending && this.#budget > 0 && this.#freeCount > 0 && this.#nextDueUs <= atUs) {
      const lane = this.#free[this.#freeHead] ?? 0;
      this.#freeHead = (this.#freeHead + 1) % this.#free.length;
      this.#freeCount--;
      this.#isFree[lane] = 0;
      this.#budget--;
      this.#recorder.issued(lane, this.#nextDueUs, isForLane ? null : atUs - this.#nextDueUs);
      this.#nextDueUs += this.#gapUs();
      this.#transport.send(lane);
      atUs = nowUs();
    }
  }

  #gapUs(): number {
    const meanUs = 1_000_000 / this.#pacing.ratePerS;
    return this.#pacing.arrivals === 'constant' ? meanUs : -Math.log(1 - this.#pacing.random()) * meanUs;
  }
}
