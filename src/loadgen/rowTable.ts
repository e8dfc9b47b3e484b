import type { RunSeries } from '../core/model/run';
import { LatencyHistogram, type HistogramColumns } from '../core/stats/histogram';
import type { PrecisionRow } from '../core/stats/precision';
import type { PartRow, PartRows } from '../protocol/loadPart';

export const FINEST_INTERVAL_MS = 100;
/** With intervals of 100 ms two minutes; longer phases have longer intervals. */
export const MAX_ROWS = 1200;

interface Row {
  readonly tMs: number;
  readonly requests: number;
  readonly errors: number;
  readonly bytesRead: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Those of all parts; none where rows will not be joined. */
  readonly latencies: readonly HistogramColumns[];
}

/**
 * The rows of a phase, put together from those of all threads: a row is complete when each thread has delivered its part
 * of it, and its percentiles are those of all latencies in it, never means of percentiles. Never more than 1,200 rows:
 * in a phase of unknown length neighbours are joined, exactly, whenever the table is full.
 */
export class RowTable {
  /** Every latency delivered so far, also of rows that are not complete. */
  readonly total = new LatencyHistogram();
  readonly #scratch = new LatencyHistogram();
  readonly #mayJoin: boolean;
  /** Rows delivered by each part; Infinity once nothing more will come from it. */
  readonly #delivered: number[];
  /** Rows that still lack a part, the oldest first. */
  #incomplete: PartRow[][] = [];
  #completed = 0;
  #rows: Row[] = [];
  #unreported: Row[] = [];
  /** Complete rows that make the next row of the table together. */
  #group: Row[] = [];
  #groupSize = 1;
  #finestMs = FINEST_INTERVAL_MS;

  /** `mayJoin`: the length of the phase is not known. */
  constructor(parts: number, mayJoin: boolean) {
    this.#mayJoin = mayJoin;
    this.#delivered = Array.from({ length: parts }, () => 0);
  }

  /** The next rows of a part; parts deliver rows of the same times in the same order. */
  add(part: number, { intervalMs, rows }: PartRows): void {
    this.#finestMs = intervalMs;
    for (const row of rows) {
      const index = (this.#delivered[part] ?? 0) - this.#completed;
      (this.#incomplete[index] ??= []).push(row);
      this.#delivered[part] = (this.#delivered[part] ?? 0) + 1;
      this.total.addColumns(row.latencies);
    }
    this.#complete();
  }

  /** Nothing more comes from this part. */
  endPart(part: number): void {
    this.#delivered[part] = Infinity;
    this.#complete();
  }

  /** Nothing more comes from any part; the last row may be shorter than the others. */
  finish(): void {
    this.#delivered.fill(Infinity);
    this.#complete();
    if (this.#group.length > 0) this.#endGroup();
  }

  /** The rows that were completed since the last call. */
  takeNewRows(): RunSeries {
    return toSeries(this.#unreported.splice(0), this.#intervalMs);
  }

  series(): RunSeries {
    return toSeries(this.#rows, this.#intervalMs);
  }

  /** Every row with its latencies; none in a phase of known length, which does not keep them. */
  rowsWithLatencies(): readonly PrecisionRow[] {
    return this.#rows.flatMap(({ requests, latencies: [columns] = [] }) =>
      columns ? [{ requests, latencies: columns }] : [],
    );
  }

  /** The newest `count` rows, oldest first. */
  lastRows(count: number): readonly { readonly requests: number; readonly p50Ms: number }[] {
    return this.#rows.slice(-count);
  }

  get #intervalMs(): number {
    return this.#finestMs * this.#groupSize;
  }

  #complete(): void {
    const reached = Math.min(...this.#delivered);
    while (this.#incomplete.length > 0 && this.#completed < reached) {
      const parts = this.#incomplete.shift() ?? [];
      this.#completed++;
      this.#group.push(this.#summarize(parts.map((part) => ({ ...part, latencies: [part.latencies] }))));
      if (this.#group.length === this.#groupSize) this.#endGroup();
    }
  }

  #endGroup(): void {
    const [only] = this.#group;
    const row = this.#group.length === 1 && only ? only : this.#summarize(this.#group);
    this.#group = [];
    this.#unreported.push(row);
    this.#rows.push(row);
    if (this.#mayJoin && this.#rows.length >= MAX_ROWS) this.#joinNeighbours();
  }

  #joinNeighbours(): void {
    const joined: Row[] = [];
    for (let index = 0; index < this.#rows.length; index += 2) {
      joined.push(this.#summarize(this.#rows.slice(index, index + 2)));
    }
    this.#rows = joined;
    this.#groupSize *= 2;
  }

  /** One row out of several, of the same time or of neighbouring ones. */
  #summarize(parts: readonly Omit<Row, 'p50Ms' | 'p99Ms'>[]): Row {
    const sum = (key: 'requests' | 'errors' | 'bytesRead'): number =>
      parts.reduce((total, part) => total + part[key], 0);
    this.#scratch.reset();
    for (const { latencies } of parts) for (const columns of latencies) this.#scratch.addColumns(columns);
    return {
      tMs: parts[0]?.tMs ?? 0,
      requests: sum('requests'),
      errors: sum('errors'),
      bytesRead: sum('bytesRead'),
      p50Ms: this.#scratch.percentileUs(50) / 1000,
      p99Ms: this.#scratch.percentileUs(99) / 1000,
      latencies: this.#mayJoin ? [this.#scratch.toColumns()] : [],
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
