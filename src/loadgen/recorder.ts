import type { LoadStage } from '../core/model/loadProfile';
import type { ErrorKind, RunAccounting } from '../core/model/run';
import { AnswerTally, type AnswerColumns } from '../core/stats/answerTally';
import { LatencyHistogram } from '../core/stats/histogram';
import type { PartCounts, PartHistograms } from '../protocol/loadPart';
import { Intervals } from './intervals';
import type { MixRecorder } from './mixRecorder';
import { StageRecorder } from './stageRecorder';

type RecordingPhase = 'warmup' | 'measure' | 'drain' | 'closed';

/** What ends the measured phase, as far as it decides where a request is counted. */
export interface MeasureRule {
  readonly startUs: number;
  /** Answers after this moment are drained ones; Infinity without a time limit. */
  readonly deadlineUs: number;
  /** With a fixed number of requests, those sent in the phase are counted, however late their answers come. */
  readonly countsBySend: boolean;
  readonly expectedMs: number | null;
  /** Stages to count by themselves. */
  readonly stages: readonly LoadStage[] | null;
}

export type ErrorCounts = Partial<Record<ErrorKind, number>>;

/**
 * Counts every request exactly once: `sent = warmup + measured + drained + failed + aborted` holds at any moment when
 * what is in flight counts as aborted. Nothing is allocated per request. Times are microseconds of `nowUs`.
 * Everything kept is a count, a map of counts or a histogram, so that recorders of several threads add up exactly.
 */
export class Recorder {
  readonly outstanding: Int32Array;
  /** Answers with each status within the measured phase. */
  readonly #statuses = new Map<number, number>();
  /** Failures of the measured phase, and of its requests while draining. */
  readonly #errors: ErrorCounts = {};
  readonly #warmupErrors: ErrorCounts = {};
  /** Open loop: from the due time to the answer. */
  readonly #corrected = new LatencyHistogram();
  readonly #lateness = new LatencyHistogram();
  /** From sending, or from when the connection began to open, to the first byte of the head; the answers that are measured. */
  readonly #firstByte = new LatencyHistogram();
  /** TCP and TLS together, every connection since the start of the run: most open before anything is measured. */
  readonly #connect = new LatencyHistogram();
  /** Sizes and a sample of the content of the measured answers, and why others failed their checks; of the warm-up before. */
  #answers = new AnswerTally();
  intervals: Intervals;
  /** In the measured phase of a load with stages. */
  stages: StageRecorder | null = null;
  /** Of a load with several requests. */
  readonly #mix: MixRecorder | null;
  #bytesRead = 0;
  #bytesWritten = 0;
  #connectionsOpened = 0;
  inFlight = 0;
  /** When the last request of the measured phase was answered or lost. */
  lastSettledUs = 0;
  readonly #onDeadline: () => void;
  readonly #dueUs: Float64Array;
  /** Per lane, requests in flight that were sent before the measured phase. */
  readonly #leftOver: Int32Array;
  #phase: RecordingPhase = 'warmup';
  #rule: MeasureRule | null = null;
  #sent = 0;
  #warmup = 0;
  #measured = 0;
  #drained = 0;
  #failed = 0;

  /** `onDeadline` hears, once, that an answer came after the measured phase's end. */
  constructor(lanes: number, startUs: number, onDeadline: () => void, mix: MixRecorder | null = null) {
    this.#mix = mix;
    this.outstanding = new Int32Array(lanes);
    this.#dueUs = new Float64Array(lanes);
    this.#leftOver = new Int32Array(lanes);
    this.intervals = new Intervals(startUs, 0, 0);
    this.#onDeadline = onDeadline;
  }

  get accounting(): RunAccounting {
    return {
      sent: this.#sent,
      warmup: this.#warmup,
      measured: this.#measured,
      drained: this.#drained,
      failed: this.#failed,
      aborted: this.inFlight,
    };
  }

  /** Every count up to now. */
  counts(): Omit<PartCounts, 'unsent'> {
    return {
      accounting: this.accounting,
      statuses: Object.fromEntries(this.#statuses),
      errors: { ...this.#errors },
      warmupErrors: { ...this.#warmupErrors },
      bytesRead: this.#bytesRead,
      bytesWritten: this.#bytesWritten,
      connectionsOpened: this.#connectionsOpened,
    };
  }

  answers(): AnswerColumns {
    return this.#answers.toColumns();
  }

  /** Every histogram up to now, but for the latencies, which are in the intervals. */
  histograms(): PartHistograms {
    return {
      corrected: this.#corrected.toColumns(),
      lateness: this.#lateness.toColumns(),
      firstByte: this.#firstByte.toColumns(),
      connect: this.#connect.toColumns(),
    };
  }

  /** Nothing has been sent yet; the warm-up's rows count from here and have negative times, up to 0 at `maxMs`. */
  beginWarmup(startUs: number, maxMs: number): void {
    this.intervals = new Intervals(startUs, maxMs, -maxMs);
  }

  /** Ends the warm-up. What is in flight counts as the rule says. */
  beginMeasuring(rule: MeasureRule): void {
    this.#phase = 'measure';
    this.#rule = rule;
    this.lastSettledUs = rule.startUs;
    this.#answers = new AnswerTally();
    if (rule.countsBySend) this.#leftOver.set(this.outstanding);
    this.intervals = new Intervals(rule.startUs, rule.expectedMs, 0);
    if (rule.stages) this.stages = new StageRecorder(rule.stages, rule.startUs);
  }

  /** Moves the end of the measured phase, which is not over yet. */
  endAt(deadlineUs: number): void {
    if (this.#rule) this.#rule = { ...this.#rule, deadlineUs };
  }

  /** Ends the measured phase at `endUs`; later answers are drained ones. */
  endMeasuring(endUs: number): void {
    if (this.#phase !== 'measure') return;
    this.#phase = 'drain';
    this.intervals.finish(endUs);
  }

  /** Nothing is counted any more; what is in flight stays aborted. */
  close(): void {
    this.#phase = 'closed';
  }

  /** A request goes out on a lane; `dueUs` when it should have (open loop), otherwise 0; how late the generator was. */
  issued(lane: number, dueUs: number, latenessUs: number | null): void {
    this.#sent++;
    this.inFlight++;
    this.outstanding[lane] = (this.outstanding[lane] ?? 0) + 1;
    this.#dueUs[lane] = dueUs;
    if (latenessUs !== null && this.#phase === 'measure') this.#lateness.record(latenessUs);
    if (dueUs > 0) this.stages?.issued(dueUs);
  }

  /** `item`, here and below, is the number of the request in the mix. */
  written(bytes: number, item: number): void {
    if (this.#phase !== 'measure') return;
    this.#bytesWritten += bytes;
    this.#mix?.written(item, bytes);
  }

  connected(connectUs: number): void {
    if (this.#phase === 'closed') return;
    this.#connectionsOpened++;
    this.#connect.record(connectUs);
  }

  answered(
    lane: number,
    status: number,
    startUs: number,
    firstByteUs: number,
    endUs: number,
    headBytes: number,
    bodyBytes: number,
    item: number,
  ): void {
    const bytesRead = headBytes + bodyBytes;
    if (this.#phase === 'closed') return;
    this.#settle(lane);
    if (this.#phase === 'warmup') {
      this.#warmup++;
      this.intervals.answered(endUs, endUs - startUs, bytesRead);
    } else if (this.#isLeftOver(lane)) this.#warmup++;
    else if (this.#phase === 'drain' || this.#isPastDeadline(endUs)) this.#drained++;
    else {
      this.#measured++;
      this.#bytesRead += bytesRead;
      this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
      this.intervals.answered(endUs, endUs - startUs, bytesRead);
      this.#firstByte.record(firstByteUs - startUs);
      this.#answers.addSize(bodyBytes);
      const dueUs = this.#dueUs[lane] ?? 0;
      if (dueUs > 0) this.#corrected.record(endUs - dueUs);
      this.stages?.answered(endUs, endUs - startUs, dueUs);
      this.#mix?.answered(item, status, endUs - startUs, dueUs > 0 ? endUs - dueUs : 0, headBytes, bodyBytes);
      this.lastSettledUs = endUs;
    }
  }

  /** What an answer was like that was looked into. */
  sampled(contentType: string, bodyHash: string): void {
    if (this.#phase === 'measure') this.#answers.addSample(contentType, bodyHash);
  }

  /** `reason`: why the answer failed its check. */
  failed(lane: number, kind: ErrorKind, endUs: number, reason: string | undefined, item: number): void {
    if (this.#phase === 'closed') return;
    this.#settle(lane);
    this.#failed++;
    const belongsToWarmup = this.#phase === 'warmup' || this.#isLeftOver(lane);
    const counts = belongsToWarmup ? this.#warmupErrors : this.#errors;
    counts[kind] = (counts[kind] ?? 0) + 1;
    this.#mix?.failed(item, kind, belongsToWarmup);
    if (reason !== undefined && belongsToWarmup === (this.#phase === 'warmup')) {
      this.#answers.addFailedCheck(reason);
      this.#mix?.failedCheck(item, reason);
    }
    if (!belongsToWarmup) this.stages?.failed(endUs, kind);
    if (this.#phase === 'drain' || (this.#phase === 'measure' && this.#isPastDeadline(endUs))) return;
    if (this.#phase === 'warmup' || !belongsToWarmup) this.intervals.failed(endUs);
    if (!belongsToWarmup) this.lastSettledUs = endUs;
  }

  /** A transport may lose a request that it had not been given, when a connection cannot be opened ahead of time. */
  #settle(lane: number): void {
    const before = this.outstanding[lane] ?? 0;
    if (before === 0) this.#sent++;
    else {
      this.outstanding[lane] = before - 1;
      this.inFlight--;
    }
  }

  #isLeftOver(lane: number): boolean {
    const left = this.#leftOver[lane] ?? 0;
    if (left > 0) this.#leftOver[lane] = left - 1;
    return left > 0;
  }

  #isPastDeadline(endUs: number): boolean {
    if (!this.#rule || endUs <= this.#rule.deadlineUs) return false;
    const { deadlineUs } = this.#rule;
    this.endMeasuring(deadlineUs);
    this.#onDeadline();
    return true;
  }
}
