import { STOP_WINDOW_MS } from '../../core/compare/stops';
import type { ErrorKind } from '../../core/model/run';
import { LatencyHistogram } from '../../core/stats/histogram';

/** What one side did while it was the one under load; the measured part is what lies between guard and end. */
export class SliceCounts {
  readonly statuses = new Map<number, number>();
  readonly errors = new Map<ErrorKind, number>();
  readonly latencies = new LatencyHistogram();
  /** Size of the body in bytes to measured answers. */
  readonly sizes = new Map<number, number>();
  /** Whole answers in each 50 ms of the measured part. */
  readonly windows: number[];
  /** Measured answers. */
  requests = 0;
  /** Every whole answer, those of guard and drain too. */
  answers = 0;
  failures = 0;
  /** Of the whole slice, guard and drain included; null when it was not read. */
  cpuS: number | null = null;
  readonly #fromUs: number;
  readonly #endUs: number;

  /** Times are microseconds of `nowUs`; answers from `fromUs` up to `endUs` are measured. */
  constructor(fromUs: number, endUs: number) {
    this.#fromUs = fromUs;
    this.#endUs = endUs;
    this.windows = new Array<number>(Math.max(0, Math.floor(this.timeS * (1000 / STOP_WINDOW_MS)))).fill(0);
  }

  get timeS(): number {
    return (this.#endUs - this.#fromUs) / 1e6;
  }

  answered(status: number, startUs: number, endUs: number, bodyBytes: number): void {
    this.answers++;
    if (endUs < this.#fromUs || endUs >= this.#endUs) return;
    this.requests++;
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    this.latencies.record(endUs - startUs);
    this.sizes.set(bodyBytes, (this.sizes.get(bodyBytes) ?? 0) + 1);
    const window = Math.floor((endUs - this.#fromUs) / (1000 * STOP_WINDOW_MS));
    if (window < this.windows.length) this.windows[window] = (this.windows[window] ?? 0) + 1;
  }

  failed(kind: ErrorKind): void {
    this.failures++;
    this.errors.set(kind, (this.errors.get(kind) ?? 0) + 1);
  }
}
