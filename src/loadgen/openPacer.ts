import type { OpenLoad } from '../core/model/loadProfile';
import { Arrivals } from '../core/plan/arrivals';
import type { Pacer, PacerWindow } from './pacer';
import type { Recorder } from './recorder';
import { nowUs } from './transport/clock';
import type { Transport } from './transport/transport';

export interface OpenPacing {
  readonly spins: boolean;
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
  readonly #load: OpenLoad;
  /** Wait for the last 1.5 ms before a due time in a loop that takes the whole core. */
  spins: boolean;
  /** Uniform in [0, 1). */
  readonly #random: () => number;
  readonly #free: Int32Array;
  readonly #isFree: Uint8Array;
  #freeHead = 0;
  #freeCount = 0;
  #arrivals: Arrivals | null = null;
  #arrivalsStartUs = 0;
  #nextDueUs = Infinity;
  #endUs = Infinity;
  #budget = 0;
  #isSending = false;
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;

  constructor(transport: Transport, recorder: Recorder, load: OpenLoad, pacing: OpenPacing) {
    this.#transport = transport;
    this.#recorder = recorder;
    this.#load = load;
    this.spins = pacing.spins;
    this.#random = pacing.random;
    this.#free = new Int32Array(transport.lanes);
    this.#isFree = new Uint8Array(transport.lanes);
  }

  get budget(): number {
    return this.#budget;
  }

  get lanesInUse(): number {
    return this.#transport.lanes;
  }

  /** How far sending is behind although a lane is free: the generator's own fault. */
  get behindUs(): number {
    return this.#isSending && this.#freeCount > 0 ? Math.max(0, nowUs() - this.#nextDueUs) : 0;
  }

  start(budget: number | null, window: PacerWindow | null, startUs: number): void {
    this.stop();
    this.#isSending = true;
    this.#budget = budget ?? Infinity;
    this.#endUs = window?.endUs ?? Infinity;
    // A steady rate goes on from the warm-up, with what has been waiting; stages begin with their window.
    if (!this.#arrivals || this.#load.stages) this.#schedule(window, startUs);
    this.#tick();
  }

  /** Due requests that were never sent for want of a free lane, up to `untilUs`; with Poisson arrivals, as many as expected. */
  countUnsent(untilUs: number): number {
    if (!this.#arrivals || untilUs < this.#nextDueUs) return 0;
    return Math.min(this.#arrivals.countUntil(untilUs - this.#arrivalsStartUs), this.#budget);
  }

  finish(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
    this.#sendDue(false);
    this.stop();
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

  #schedule(window: PacerWindow | null, startUs: number): void {
    const { stages, ratePerS, arrivals, offset } = this.#load;
    const steady = stages?.[0]?.from ?? ratePerS;
    this.#arrivalsStartUs = startUs;
    this.#arrivals = new Arrivals({
      stages: window && stages ? stages : [{ durationMs: Infinity, from: steady, to: steady }],
      arrivals,
      offset: offset ?? 0.5,
      random: this.#random,
    });
    this.#nextDueUs = this.#arrivalsStartUs + this.#arrivals.nextUs();
  }

  readonly #tick = (): void => {
    this.#sendDue(false);
    if (!this.#isSending || this.#budget <= 0 || this.#nextDueUs >= this.#endUs) return;
    const waitMs = (this.#nextDueUs - nowUs()) / 1000;
    if (!this.spins) this.#timer = setTimeout(this.#tick, Math.max(0, waitMs));
    else if (waitMs > SPIN_MS + 1) this.#timer = setTimeout(this.#tick, Math.floor(waitMs - SPIN_MS));
    else this.#immediate = setImmediate(this.#tick);
  };

  /** `isForLane`: the request waited for a free lane, which is not the generator's own lateness. */
  #sendDue(isForLane: boolean): void {
    let atUs = nowUs();
    while (
      this.#isSending &&
      this.#budget > 0 &&
      this.#freeCount > 0 &&
      this.#nextDueUs <= atUs &&
      this.#nextDueUs < this.#endUs
    ) {
      const lane = this.#free[this.#freeHead] ?? 0;
      this.#freeHead = (this.#freeHead + 1) % this.#free.length;
      this.#freeCount--;
      this.#isFree[lane] = 0;
      this.#budget--;
      this.#recorder.issued(lane, this.#nextDueUs, isForLane ? null : atUs - this.#nextDueUs);
      this.#nextDueUs = this.#arrivalsStartUs + (this.#arrivals?.nextUs() ?? Infinity);
      this.#transport.send(lane);
      atUs = nowUs();
    }
  }
}
