/** Idle time is counted in steps of 10 ms: less than this says too little. */
const SHORTEST_LOOK_MS = 250;
/** What has to be left beside the loops that spin, in cores. */
const SPARE_CORES = 0.2;

export interface SpinChoiceOptions {
  /** Cores that this process may use. */
  readonly cores: number;
  /** Milliseconds of idle time of all cores since they were started. */
  readonly readIdleMs: () => number;
  readonly nowMs: () => number;
}

/**
 * Decides whether open loop waits for due times in a loop that takes a core. What a warm-up used is seen in it: the load
 * average tells of the last minute, so that one run would keep the next from spinning, and a program that has just begun
 * would not be noticed.
 */
export class SpinChoice {
  readonly #options: SpinChoiceOptions;
  #since: { readonly idleMs: number; readonly atMs: number } | null = null;

  constructor(options: SpinChoiceOptions) {
    this.#options = options;
  }

  /** The warm-up begins. */
  begin(): void {
    this.#since = { idleMs: this.#options.readIdleMs(), atMs: this.#options.nowMs() };
  }

  /**
   * The warm-up is over, in which this process used `ownCpuPercent` of a core: whether each of `threads` finds a core that
   * nobody else wants. Null when there was no warm-up that could tell.
   */
  decide(threads: number, ownCpuPercent: number): boolean | null {
    const { cores, readIdleMs, nowMs } = this.#options;
    if (cores <= threads) return false;
    if (!this.#since) return null;
    const elapsedMs = nowMs() - this.#since.atMs;
    if (elapsedMs < SHORTEST_LOOK_MS) return null;
    const idleCores = (readIdleMs() - this.#since.idleMs) / elapsedMs;
    return idleCores + ownCpuPercent / 100 >= threads + SPARE_CORES;
  }
}
