import type { ErrorKind } from '../core/model/run';
import type { MixTally } from '../core/plan/mixTally';
import { AnswerTally } from '../core/stats/answerTally';
import { LatencyHistogram } from '../core/stats/histogram';
import type { ErrorCounts } from './recorder';

/** What is counted for one request of a mix. */
class Counts {
  sent = 0;
  requests = 0;
  bytesRead = 0;
  bytesWritten = 0;
  readonly statuses = new Map<number, number>();
  readonly errors: ErrorCounts = {};
  readonly warmupErrors: ErrorCounts = {};
  readonly latencies = new LatencyHistogram();
  /** Open loop: from the due time to the answer. */
  readonly corrected = new LatencyHistogram();
  /** Of the measured answers; why others failed their checks, of the warm-up before. */
  answers = new AnswerTally();
}

/**
 * Counts each request of a mix by itself, beside the recorder, which decides what belongs to the measured phase: so the
 * counts of all of them add up to those of the run. `item` is a request's number in the mix.
 */
export class MixRecorder {
  readonly #counts: readonly Counts[];

  constructor(count: number) {
    this.#counts = Array.from({ length: count }, () => new Counts());
  }

  beginMeasuring(): void {
    for (const counts of this.#counts) counts.answers = new AnswerTally();
  }

  /** A request was drawn and goes out, in whatever phase. */
  issued(item: number): void {
    this.#of(item).sent++;
  }

  written(item: number, bytes: number): void {
    this.#of(item).bytesWritten += bytes;
  }

  /** A measured answer; `correctedUs` is 0 in a closed loop. */
  answered(item: number, status: number, latencyUs: number, correctedUs: number, head: number, body: number): void {
    const counts = this.#of(item);
    counts.requests++;
    counts.bytesRead += head + body;
    counts.statuses.set(status, (counts.statuses.get(status) ?? 0) + 1);
    counts.latencies.record(latencyUs);
    if (correctedUs > 0) counts.corrected.record(correctedUs);
    counts.answers.addSize(body);
  }

  sampled(item: number, contentType: string, bodyHash: string): void {
    this.#of(item).answers.addSample(contentType, bodyHash);
  }

  failed(item: number, kind: ErrorKind, isWarmup: boolean): void {
    const counts = this.#of(item);
    const errors = isWarmup ? counts.warmupErrors : counts.errors;
    errors[kind] = (errors[kind] ?? 0) + 1;
  }

  failedCheck(item: number, reason: string): void {
    this.#of(item).answers.addFailedCheck(reason);
  }

  tallies(): readonly MixTally[] {
    return this.#counts.map((counts) => ({
      counts: {
        sent: counts.sent,
        requests: counts.requests,
        statuses: Object.fromEntries(counts.statuses),
        errors: { ...counts.errors },
        warmupErrors: { ...counts.warmupErrors },
        bytesRead: counts.bytesRead,
        bytesWritten: counts.bytesWritten,
      },
      latencies: counts.latencies.toColumns(),
      corrected: counts.corrected.toColumns(),
      answers: counts.answers.toColumns(),
    }));
  }

  #of(item: number): Counts {
    const counts = this.#counts[item];
    if (!counts) throw new Error(`The mix has no request ${item}.`);
    return counts;
  }
}
