import type { LoadStage } from '../core/model/loadProfile';
import type { ErrorKind } from '../core/model/run';
import type { StageTally } from '../core/plan/stageTally';
import { LatencyHistogram, type HistogramColumns } from '../core/stats/histogram';
import type { ErrorCounts } from './recorder';
import { nowUs } from './transport/clock';

interface Counts {
  requests: number;
  sentInTime: number;
  /** Sent when the stage was over, because every connection was waiting for an answer until then. */
  sentLate: number;
  readonly errors: ErrorCounts;
  ended: Pick<StageTally, 'latencies' | 'corrected'> | null;
}

const NOTHING: HistogramColumns = {
  indexes: new Uint32Array(0),
  counts: new Float64Array(0),
  sumUs: 0,
  minUs: Infinity,
  maxUs: 0,
};

/**
 * Counts each stage by itself: answers and failures in the stage in which they came, so that stages add up to the run, and
 * requests in the stage in which they were due. Answers must come in the order of time.
 */
export class StageRecorder {
  readonly #endsUs: readonly number[];
  readonly #counts: readonly Counts[];
  readonly #latencies = new LatencyHistogram();
  readonly #corrected = new LatencyHistogram();
  #now = 0;
  #dueStage = 0;

  constructor(stages: readonly LoadStage[], startUs: number) {
    let endUs = startUs;
    this.#endsUs = stages.map(({ durationMs }) => (endUs += durationMs * 1000));
    this.#counts = stages.map(() => ({ requests: 0, sentInTime: 0, sentLate: 0, errors: {}, ended: null }));
  }

  /** A request that was due at `dueUs` goes out; due times come in order. */
  issued(dueUs: number): void {
    while (dueUs >= this.#endOf(this.#dueStage)) this.#dueStage++;
    const counts = this.#counts[this.#dueStage];
    if (!counts) return;
    if (nowUs() < this.#endOf(this.#dueStage) || this.#isLast(this.#dueStage)) counts.sentInTime++;
    else counts.sentLate++;
  }

  /** `dueUs` is 0 in a closed loop. */
  answered(endUs: number, latencyUs: number, dueUs: number): void {
    this.#roll(endUs);
    const counts = this.#counts[this.#now];
    if (!counts) return;
    counts.requests++;
    this.#latencies.record(latencyUs);
    if (dueUs > 0) this.#corrected.record(endUs - dueUs);
  }

  failed(endUs: number, kind: ErrorKind): void {
    this.#roll(endUs);
    const counts = this.#counts[this.#now];
    if (counts) counts.errors[kind] = (counts.errors[kind] ?? 0) + 1;
  }

  /** Every stage up to now. `countUnsent` says how many requests that were due until a moment have not been sent. */
  tallies(countUnsent: (untilUs: number) => number): readonly StageTally[] {
    let before = 0;
    return this.#counts.map(({ requests, sentInTime, sentLate, errors, ended }, index) => {
      const until = countUnsent(this.#endOf(index));
      const unsent = until - before;
      before = until;
      const isNow = index === this.#now;
      return {
        requests,
        errors: { ...errors },
        due: sentInTime + sentLate + unsent,
        sent: sentInTime,
        latencies: ended?.latencies ?? (isNow ? this.#latencies.toColumns() : NOTHING),
        corrected: ended?.corrected ?? (isNow ? this.#corrected.toColumns() : NOTHING),
      };
    });
  }

  /** What comes after the last stage belongs to it. */
  #roll(us: number): void {
    while (!this.#isLast(this.#now) && us >= this.#endOf(this.#now)) {
      const counts = this.#counts[this.#now];
      if (counts) counts.ended = { latencies: this.#latencies.toColumns(), corrected: this.#corrected.toColumns() };
      this.#latencies.reset();
      this.#corrected.reset();
      this.#now++;
    }
  }

  #isLast(stage: number): boolean {
    return stage === this.#endsUs.length - 1;
  }

  #endOf(stage: number): number {
    return this.#endsUs[stage] ?? Infinity;
  }
}
