import type { RunSeries } from '../../core/model/run';
import type { LoadResult, Snapshot } from '../../core/model/runPlan';
import { LatencyHistogram } from '../../core/stats/histogram';
import { summarizeLatency } from '../../core/stats/summarizeLatency';
import type { Checkpoint } from '../../protocol/loadgen';
import { CancelledError, UserError } from '../../util/errors';

/** Collects what a load generator reports, so that something is left of a run whose process died. */
export class InterruptedRun {
  readonly #rows: RunSeries[] = [];
  #checkpoint: Checkpoint | null = null;

  addSnapshot(snapshot: Snapshot): void {
    if (snapshot.phase === 'measure' || snapshot.phase === 'drain') this.#rows.push(snapshot.rows);
  }

  setCheckpoint(checkpoint: Checkpoint): void {
    this.#checkpoint = checkpoint;
  }

  /**
   * The result as of the last checkpoint, at most about a second before the end. Raises `loadgen-failed` when there is
   * none, `CancelledError` when the process was killed because it did not stop in time.
   */
  resultAfter(death: string, wasCancelled: boolean): LoadResult {
    if (!this.#checkpoint) {
      if (wasCancelled) throw new CancelledError();
      throw new UserError(
        'loadgen-failed',
        `The load generator ended before it had measured anything (${death}); run again, and see the log if it happens again.`,
      );
    }
    const { result, latencies } = this.#checkpoint;
    const histogram = new LatencyHistogram();
    histogram.addColumns(latencies);
    const message = `The load generator died in the middle of the run (${death}); the numbers are those of the ${result.summary.durationS.toFixed(1)} s that it had reported.`;
    return {
      ...result,
      state: wasCancelled ? 'cancelled' : 'interrupted',
      summary: { ...result.summary, latencyMs: summarizeLatency(histogram) },
      histogram: histogram.encode(),
      series: this.#series(result.summary.durationS * 1000),
      warnings: [{ code: 'generator-died', message }, ...result.warnings],
    };
  }

  /** The rows that lie within what the checkpoint counted. */
  #series(endMs: number): RunSeries {
    const rows = this.#rows.flatMap((part) => part.tMs.map((tMs, row) => ({ tMs, part, row })));
    const kept = rows.filter(({ tMs, part }) => tMs >= 0 && tMs + part.intervalMs <= endMs + 1);
    const column = (key: Exclude<keyof RunSeries, 'intervalMs'>): number[] =>
      kept.map(({ part, row }) => part[key][row] ?? 0);
    return {
      intervalMs: this.#rows[0]?.intervalMs ?? 100,
      tMs: column('tMs'),
      requests: column('requests'),
      errors: column('errors'),
      p50Ms: column('p50Ms'),
      p99Ms: column('p99Ms'),
      bytesRead: column('bytesRead'),
    };
  }
}
