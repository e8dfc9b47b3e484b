import { LatencyHistogram } from '../core/stats/histogram';
import type { PartRow, PartRows } from '../protocol/loadPart';
import { FINEST_INTERVAL_MS, MAX_ROWS } from './rowTable';

/**
 * Cuts a phase of one thread into intervals: each latency is recorded once, into the interval under way. The intervals
 * are long enough that a phase of known length has no more than 1,200.
 */
export class Intervals {
  readonly intervalMs: number;
  readonly #current = new LatencyHistogram();
  readonly #startUs: number;
  readonly #offsetMs: number;
  #rowStartUs: number;
  #rowEndUs: number;
  #errors = 0;
  #bytesRead = 0;
  #ended: PartRow[] = [];

  /** `expectedMs` is the length when it is known; `offsetMs` is what the first row's `tMs` says. */
  constructor(startUs: number, expectedMs: number | null, offsetMs: number) {
    this.#startUs = startUs;
    this.#offsetMs = offsetMs;
    this.intervalMs = FINEST_INTERVAL_MS * Math.max(1, Math.ceil((expectedMs ?? 0) / (FINEST_INTERVAL_MS * MAX_ROWS)));
    this.#rowStartUs = startUs;
    this.#rowEndUs = startUs + this.intervalMs * 1000;
  }

  /** An answer whose last byte came at `endUs`. */
  answered(endUs: number, latencyUs: number, bytesRead: number): void {
    if (endUs >= this.#rowEndUs) this.rollTo(endUs);
    this.#current.record(latencyUs);
    this.#bytesRead += bytesRead;
  }

  failed(endUs: number): void {
    if (endUs >= this.#rowEndUs) this.rollTo(endUs);
    this.#errors++;
  }

  /** Ends every interval that lies wholly before `us`. */
  rollTo(us: number): void {
    while (us >= this.#rowEndUs) this.#endRow();
  }

  /** Ends the last interval, shorter than the others unless it fits; nothing may be recorded after it. */
  finish(endUs: number): void {
    this.rollTo(endUs);
    if (endUs > this.#rowStartUs || this.#current.count > 0 || this.#errors > 0) this.#endRow();
  }

  /** The interval under way. */
  current(): PartRow {
    return {
      tMs: this.#offsetMs + Math.round((this.#rowStartUs - this.#startUs) / 1000),
      requests: this.#current.count,
      errors: this.#errors,
      bytesRead: this.#bytesRead,
      latencies: this.#current.toColumns(),
    };
  }

  /** The rows that ended since the last call. */
  takeRows(): PartRows {
    return { intervalMs: this.intervalMs, rows: this.#ended.splice(0) };
  }

  #endRow(): void {
    this.#ended.push(this.current());
    this.#current.reset();
    this.#errors = 0;
    this.#bytesRead = 0;
    this.#rowStartUs = this.#rowEndUs;
    this.#rowEndUs += this.intervalMs * 1000;
  }
}
