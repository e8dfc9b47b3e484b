import type { ThreadsReason } from '../core/model/run';

/** What is seen of one thread in its warm-up. */
export interface ThreadSigns {
  /** Share of the time since the last look that its loop was busy, 0 to 1. */
  readonly utilization: number;
  /** Open loop: how far sending is behind although a connection is free. */
  readonly behindUs: number;
  /** Open loop with a loop that is busy by design. */
  readonly spins: boolean;
}

export interface ThreadChoiceOptions {
  readonly asked: number | 'auto';
  /** Each thread needs a connection of its own. */
  readonly connections: number;
  /** Cores that this process may use. */
  readonly cores: number;
  readonly hasWarmup: boolean;
  /** Milliseconds of idle time of all cores since they were started. */
  readonly readIdleMs: () => number;
  readonly nowMs: () => number;
}

/** The loop of a thread that is busy for longer than this delays what it measures. */
const BUSY_UTILIZATION = 0.85;
const BEHIND_US = 2000;
/** Code that is not compiled yet keeps every thread busy at first. */
const LOOKS_BEFORE = 4;
const BUSY_LOOKS = 3;
/** Four idle tenths of a core and the loss of some to the other threads still make another thread worth its while. */
const ALMOST_A_CORE = 0.4;
const MOST_BY_ITSELF = 8;

/**
 * Decides how many threads send load. By itself it begins with one, looks every 100 ms in the warm-up whether that one is
 * saturated and, when it is, measures how many cores are idle.
 */
export class ThreadChoice {
  readonly #options: ThreadChoiceOptions;
  #looks = 0;
  #busyInARow = 0;
  #idleSince: { readonly idleMs: number; readonly atMs: number } | null = null;
  #reason: ThreadsReason;
  #isDecided: boolean;

  constructor(options: ThreadChoiceOptions) {
    this.#options = options;
    this.#isDecided = options.asked !== 'auto' || !options.hasWarmup;
    if (options.asked !== 'auto') this.#reason = options.asked > this.first ? 'connections' : 'asked';
    else this.#reason = options.hasWarmup ? 'enough' : 'no-warmup';
  }

  /** With how many threads to begin. */
  get first(): number {
    const { asked, connections } = this.#options;
    return asked === 'auto' ? 1 : Math.max(1, Math.min(asked, connections));
  }

  get reason(): ThreadsReason {
    return this.#reason;
  }

  /** While this is true the warm-up must not end because numbers are steady. */
  get isLooking(): boolean {
    return !this.#isDecided && (this.#looks < LOOKS_BEFORE + BUSY_LOOKS || this.#busyInARow > 0);
  }

  /** Called every 100 ms in the warm-up; the number of threads to go on with, or null to leave it. */
  look({ utilization, behindUs, spins }: ThreadSigns): number | null {
    if (this.#isDecided) return null;
    this.#looks++;
    const isBusy = behindUs > BEHIND_US || (!spins && utilization > BUSY_UTILIZATION);
    this.#busyInARow = isBusy && this.#looks > LOOKS_BEFORE ? this.#busyInARow + 1 : 0;
    if (this.#busyInARow === 0) this.#idleSince = null;
    if (this.#busyInARow === 0) return null;
    const now = { idleMs: this.#options.readIdleMs(), atMs: this.#options.nowMs() };
    this.#idleSince ??= now;
    if (this.#busyInARow <= BUSY_LOOKS) return null;
    return this.#decide((now.idleMs - this.#idleSince.idleMs) / (now.atMs - this.#idleSince.atMs));
  }

  #decide(idleCores: number): number | null {
    const { cores, connections } = this.#options;
    this.#isDecided = true;
    const byCores = Math.min(1 + Math.floor(idleCores + ALMOST_A_CORE), cores, MOST_BY_ITSELF);
    const threads = Math.min(byCores, connections);
    this.#reason = threads > 1 ? 'saturated' : byCores > 1 ? 'connections' : 'no-core';
    return threads > 1 ? threads : null;
  }
}
