import type { PrecisionRule } from '../core/model/loadProfile';
import type { PrecisionReport } from '../core/model/run';
import { relativePrecision, type PrecisionRow } from '../core/stats/precision';

/** Each look waits until the measurement is so much longer than at the last one: who looks all the time finds a lucky moment. */
const LOOK_GROWTH = 1.25;
const LOOKS_IN_A_ROW = 2;

/** Decides that a measurement knows what it is to find out closely enough: two looks in a row must say so. */
export class PrecisionWatch {
  readonly #rule: PrecisionRule;
  #lastLookMs = 0;
  #reachedInARow = 0;
  #reached: number | null = null;

  constructor(rule: PrecisionRule) {
    this.#rule = rule;
  }

  /** `rows` is called when it is time for a look. */
  isReached(elapsedMs: number, rows: () => readonly PrecisionRow[]): boolean {
    if (elapsedMs < Math.max(this.#rule.minMs, this.#lastLookMs * LOOK_GROWTH)) return false;
    this.#lastLookMs = elapsedMs;
    this.#reached = relativePrecision(rows(), this.#rule.metric);
    const isClose = this.#reached !== null && this.#reached <= this.#rule.halfWidth;
    this.#reachedInARow = isClose ? this.#reachedInARow + 1 : 0;
    return this.#isReached;
  }

  /** The run is over: a last look at all of it, unless it ended because it was close enough. */
  conclude(rows: readonly PrecisionRow[]): void {
    if (!this.#isReached) this.#reached = relativePrecision(rows, this.#rule.metric);
  }

  /** As of the last look. */
  report(): PrecisionReport {
    const { metric, halfWidth } = this.#rule;
    return { metric, wanted: halfWidth, reached: this.#reached, isReached: this.#isReached };
  }

  get #isReached(): boolean {
    return this.#reachedInARow >= LOOKS_IN_A_ROW;
  }
}
