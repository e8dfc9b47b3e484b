import type { RunSeries } from '../core/model/run';
import { LatencyHistogram, type HistogramColumns } from '../core/stats/histogram';

const FINEST_MS = 100;
const MAX_ROWS = 1200;

interface Row {
  tMs: number;
  requests: number;
  errors: number;
  p50Ms: number;
  p99Ms: number;
  bytesRead: number;
  /** Kept only while rows may still be joined. */
  latencies: HistogramColumns | null;
}

/**
 * Cuts a phase into intervals and sums it up at the same time: each latency is recorded once, into the interval, and
 * reaches the total when the interval ends. Never more than 1,200 rows: with a known length the intervals are made long
 * enough, otherwise neighbours are joined, exactly, whenever the table is full.
 */
export class Intervals {
  readonly total = new LatencyHistogram();
  readonly #current = new LatencyHistogram();
  readonly #scratch = new LatencyHistogram();
  readonly #startUs: number;
  readonly #offsetMs: number;
  readonly #mayJoin: boolean;
  #intervalMs: number;
  #rows: Row[] = [];
  #rowStartUs: number;
  #rowEndUs: number;
  #errors = 0;
  #bytesRead = 0;
  #unreported: Row[] = [];

  /** `expectedMs` is the length when it is known; `offsetMs` is what the first row's `tMs` says. */
  constructor(startUs: number, expectedMs: number | null, offsetMs: number) {
    this.#startUs = startUs;
    this.#offsetMs = offsetMs;
    this.#mayJoin = expectedMs === null;
    this.#intervalMs = FINEST_MS * Math.max(1, Math.ceil((expectedMs ?? 0) / (FINEST_MS * MAX_ROWS)));
    this.#rowStartUs = startUs;
    this.#rowEndUs = startUs + this.#intervalMs * 1000;
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

  /** Everything so far, the interval under way included. */
  totalNow(): LatencyHistogram {
    const sum = new LatencyHistogram();
    sum.add(this.total);
    sum.add(this.#current);
    return sum;
  }

  /** The rows that ended since the last call. */
  takeNewRows(): RunSeries {
    return toSeries(this.#unreported.splice(0), this.#intervalMs);
  }

  series(): RunSeries {
    return toSeries(this.#rows, this.#intervalMs);
  }

  /** The newest `count` intervals that have ended, oldest first. */
  lastRows(count: number): readonly { readonly requests: number; readonly p50Ms: number }[] {
    return this.#rows.slice(-count);
  }

  #endRow(): void {
    const row: Row = {
      tMs: this.#offsetMs + Math.round((this.#rowStartUs - this.#startUs) / 1000),
      requests: this.#current.count,
      errors: this.#errors,
      p50Ms: this.#current.percentileUs(50) / 1000,
      p99Ms: this.#current.percentileUs(99) / 1000,
      bytesRead: this.#bytesRead,
      latencies: this.#mayJoin ? this.#current.toColumns() : null,
    };
    this.total.add(this.#current);
    this.#current.reset();
    this.#errors = 0;
    this.#bytesRead = 0;
    this.#unreported.push(row);
    this.#rows.push(row);
    if (this.#mayJoin && this.#rows.length >= MAX_ROWS) this.#joinNeighbours();
    this.#rowStartUs = this.#rowEndUs;
    this.#rowEndUs += this.#intervalMs * 1000;
  }

  #joinNeighbours(): void {
    const joined: Row[] = [];
    for (let index = 0; index < this.#rows.length; index += 2) {
      const [first, second] = this.#rows.slice(index, index + 2);
      if (first) joined.push(second ? this.#join(first, second) : first);
    }
    this.#rows = joined;
    this.#intervalMs *= 2;
  }

  #join(first: Row, second: Row): Row {
    this.#scratch.reset();
    for (const { latencies } of [first, second]) if (latencies) this.#scratch.addColumns(latencies);
    return {
      tMs: first.tMs,
      requests: first.requests + second.requests,
      errors: first.errors + second.errors,
      p50Ms: this.#scratch.percentileUs(50) / 1000,
      p99Ms: this.#scratch.percentileUs(99) / 1000,
      bytesRead: first.bytesRead + second.bytesRead,
      latencies: this.#scratch.toColumns(),
    };
  }
}

function toSeries(rows: readonly Row[], intervalMs: number): RunSeries {
  return {
    intervalMs,
    tMs: rows.map((row) => row.tMs),
    requests: rows.map((row) => row.requests),
    errors: rows.map((row) => row.errors),
    p50Ms: rows.map((row) => row.p50Ms),
    p99Ms: rows.map((row) => row.p99Ms),
    bytesRead: rows.map((row) => row.bytesRead),
  };
}
