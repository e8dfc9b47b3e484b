import type { RunState } from '../core/model/run';
import type { LoadResult, RunPhase, RunPlan, Snapshot } from '../core/model/runPlan';
import { isLengthKnown } from '../core/plan/isLengthKnown';
import { sharePlan } from '../core/plan/sharePlan';
import type { PartReport, PartSetup } from '../protocol/loadPart';
import type { Checkpoint } from '../protocol/loadgen';
import { describeError } from '../util/errors';
import { BreakageWatch } from './breakage';
import { readStolenTicks, stolenShare } from './coreWait';
import { LookAhead } from './lookAhead';
import { MergedParts } from './mergedParts';
import type { Part, PartEvents } from './part';
import { PrecisionWatch } from './precisionWatch';
import { checkpointOf, resultOf, type RunFacts } from './result';
import { countAnswers, snapshotsOf } from './snapshots';
import { SpinChoice } from './spinChoice';
import { isSteady } from './steadiness';
import { ThreadChoice } from './threadChoice';
import { nowUs } from './transport/clock';

const TICK_MS = 100;
const CHECKPOINT_TICKS = 10;
/** How long lanes may take to open before load begins without the missing ones. */
const CONNECT_MS = 1000;
/** The last answers are waited for until each has come or timed out, but no longer than this. */
const MAX_DRAIN_MS = 10_000;
/** How long a thread may take for its last report; one that needs longer counts as dead. */
const FINISH_MS = 1000;
const RETIRE_MS = 500;
/** Threads that were added need this long to show their level. */
const LEAST_WARMUP_MS = 500;

export interface LoadRunEvents {
  readonly onSnapshot: (snapshot: Snapshot) => void;
  readonly onCheckpoint: (checkpoint: Checkpoint) => void;
}

export interface LoadRunOptions extends LoadRunEvents {
  readonly plan: RunPlan;
  /** The IP address to load. */
  readonly address: string;
  /** Cores that this process may use. */
  readonly cores: number;
  /** Whether so many threads find a core each for a loop that waits for the next due time, as far as it is known before the run. */
  readonly maySpin: (threads: number) => boolean;
  /** Milliseconds of idle time of all cores together. */
  readonly readIdleMs: () => number;
  /** Makes a part in this thread. */
  readonly createPart: (setup: PartSetup, events: PartEvents) => Part;
  /** Makes a part in a thread of its own. */
  readonly createThread: (setup: PartSetup, events: PartEvents) => Part;
}

type Ending = { readonly state: RunState; readonly breakage?: string; readonly death?: string };

/**
 * One run from its first connection to its result: connect, warm-up, measure, drain. Leads the parts that send the load,
 * one in this thread or several in threads of their own: every phase is common to all of them, and what they count is
 * put together here.
 */
export class LoadRun {
  readonly #options: LoadRunOptions;
  readonly #plan: RunPlan;
  readonly #choice: ThreadChoice;
  readonly #watch: BreakageWatch;
  readonly #startedAtMs = Date.now();
  readonly #lanes: number;
  readonly #warmupMaxMs: number;
  #parts: readonly Part[] = [];
  #merged = new MergedParts(0, false);
  /** Parts that are not ready yet, not settled yet, open, dead. */
  #unready = new Set<number>();
  #unsettled = new Set<number>();
  readonly #opened = new Set<number>();
  readonly #dead = new Set<number>();
  #phase: RunPhase = 'connect';
  #phaseStartUs = nowUs();
  #warmupMs = 0;
  #measureStartUs = 0;
  #stolenBefore = readStolenTicks();
  /** When the measured phase ended; null before. */
  #measureEndUs: number | null = null;
  #ticks = 0;
  #isPolling = false;
  readonly #lookAhead = new LookAhead();
  /** The end of the measured phase was moved because it knows enough. */
  #endsEarly = false;
  #isSwitching = false;
  #steady: boolean | null = null;
  #steadyInARow = 0;
  readonly #precision: PrecisionWatch | null;
  readonly #spinChoice: SpinChoice;
  #spins = false;
  #deadlineUs = Infinity;
  #settledUs = 0;
  #onRetired: (() => void) | null = null;
  #timer: NodeJS.Timeout | undefined;
  #ticker: NodeJS.Timeout | undefined;
  #finish: ((ending: Ending) => void) | null = null;

  constructor(options: LoadRunOptions) {
    const { plan, cores, readIdleMs } = options;
    const { model, warmup, threads } = plan.profile;
    this.#options = options;
    this.#plan = plan;
    this.#lanes = model.kind === 'closed' ? model.connections : model.maxConnections;
    // Stages that begin with nothing have nothing to warm up with.
    const isFromNothing = model.stages?.[0]?.from === 0;
    const maxMs = warmup.kind === 'none' ? 0 : warmup.kind === 'fixed' ? warmup.durationMs : warmup.maxMs;
    this.#warmupMaxMs = isFromNothing ? 0 : maxMs;
    this.#watch = new BreakageWatch(this.#lanes);
    this.#precision = plan.profile.stop.precision ? new PrecisionWatch(plan.profile.stop.precision) : null;
    this.#spinChoice = new SpinChoice({ cores, readIdleMs, nowMs: () => nowUs() / 1000 });
    this.#choice = new ThreadChoice({
      asked: threads,
      connections: this.#lanes,
      cores,
      hasWarmup: this.#warmupMaxMs >= 2 * LEAST_WARMUP_MS,
      readIdleMs,
      nowMs: () => nowUs() / 1000,
    });
  }

  /** Runs to the end, however that comes; fails only when the plan cannot be run at all. Called once. */
  run(): Promise<LoadResult> {
    return new Promise((resolve, reject) => {
      this.#finish = (ending) => {
        this.#finish = null;
        this.#end(ending).then(resolve, reject);
      };
      this.#ticker = setInterval(() => void this.#tick(), TICK_MS);
      this.#launch(this.#choice.first, []).catch((error: unknown) => {
        if (!this.#finish) return;
        clearInterval(this.#ticker);
        clearTimeout(this.#timer);
        this.#finish = null;
        reject(error instanceof Error ? error : new Error(String(error)));
      });
    });
  }

  /** Ends the run at once; `run` answers with what was measured, in state `cancelled`. */
  stop(): void {
    this.#finish?.({ state: 'cancelled' });
  }

  async #launch(count: number, before: readonly PartReport[]): Promise<void> {
    const create = count === 1 ? this.#options.createPart : this.#options.createThread;
    this.#merged = new MergedParts(count, !isLengthKnown(this.#plan.profile.stop), before);
    this.#unready = new Set(Array.from({ length: count }, (_, index) => index));
    this.#unsettled = new Set(this.#unready);
    this.#spins = this.#options.maySpin(count);
    this.#parts = Array.from({ length: count }, (_, index) =>
      create(
        { plan: sharePlan(this.#plan, index, count), address: this.#options.address, spins: this.#spins },
        { ready: () => this.#partReady(index), settled: (endUs) => this.#partSettled(index, endUs) },
      ),
    );
    this.#opened.clear();
    await Promise.all(
      this.#parts.map(async (part, index) => {
        await part.open();
        this.#opened.add(index);
      }),
    );
    if (this.#unready.size > 0) this.#timer = setTimeout(() => this.#beginWarmup(), CONNECT_MS);
  }

  #partReady(index: number): void {
    this.#unready.delete(index);
    if (this.#unready.size === 0) this.#beginWarmup();
  }

  #partSettled(index: number, endUs: number): void {
    this.#unsettled.delete(index);
    this.#settledUs = Math.max(this.#settledUs, endUs);
    if (this.#unsettled.size > 0) return;
    if (this.#isSwitching) this.#onRetired?.();
    else if (this.#phase === 'measure' || this.#phase === 'drain') {
      if (this.#settledUs >= this.#deadlineUs) this.#beginDrain();
      this.#measureEndUs ??= this.#settledUs;
      this.#finish?.({ state: 'complete' });
    }
  }

  #beginWarmup(): void {
    if ((this.#phase !== 'connect' && !this.#isSwitching) || !this.#finish) return;
    clearTimeout(this.#timer);
    if (this.#warmupMaxMs === 0) {
      this.#beginMeasure();
      return;
    }
    const startUs = this.#commonMoment();
    if (this.#isSwitching) this.#isSwitching = false;
    else this.#enter('warmup', nowUs());
    const leftMs = Math.max(LEAST_WARMUP_MS, this.#warmupMaxMs - this.#elapsedMs());
    this.#timer = setTimeout(() => this.#beginMeasure(), leftMs);
    this.#spinChoice.begin();
    for (const part of this.#parts) part.warmUp(startUs, leftMs);
  }

  #beginMeasure(): void {
    if (!this.#finish) return;
    clearTimeout(this.#timer);
    const { stop, warmup } = this.#plan.profile;
    if (this.#phase === 'warmup') {
      this.#warmupMs = this.#elapsedMs();
      this.#spins = this.#spinChoice.decide(this.#parts.length, this.#merged.load.cpuPercent) ?? this.#spins;
      if (warmup.kind === 'auto') this.#steady ??= isSteady(this.#merged.warmupRows.lastRows(50));
    }
    this.#measureStartUs = this.#commonMoment();
    this.#enter('measure', this.#measureStartUs);
    this.#stolenBefore = readStolenTicks();
    if (stop.durationMs !== null) {
      this.#deadlineUs = this.#measureStartUs + stop.durationMs * 1000;
      this.#timer = setTimeout(() => this.#beginDrain(), (this.#deadlineUs - nowUs()) / 1000);
    }
    for (const part of this.#parts) part.measure(this.#measureStartUs, this.#spins);
  }

  /** The time is over: each part ends its window exactly there, whenever this is noticed. */
  #beginDrain(): void {
    if (this.#phase !== 'measure' || !this.#finish) return;
    clearTimeout(this.#timer);
    this.#measureEndUs = this.#deadlineUs;
    this.#enter('drain', nowUs());
    const drainMs = Math.min(this.#plan.profile.timeoutMs + 2 * TICK_MS, MAX_DRAIN_MS);
    this.#timer = setTimeout(() => this.#finish?.({ state: 'complete' }), drainMs);
  }

  async #tick(): Promise<void> {
    if (this.#isPolling) return;
    this.#isPolling = true;
    this.#ticks++;
    const isCheckpoint = this.#phase === 'measure' && this.#ticks % CHECKPOINT_TICKS === 0;
    await this.#poll(isCheckpoint);
    this.#isPolling = false;
    if (!this.#finish || this.#isSwitching) return;
    this.#report();
    const { counts } = this.#merged;
    const errors = [counts.warmupErrors, counts.errors];
    const { accounting } = counts;
    const breakage = this.#watch.check(countAnswers(accounting), accounting.failed, errors, this.#merged.lanesInUse);
    if (breakage !== null && this.#phase !== 'drain') this.#finish({ state: 'broken-off', breakage });
    else if (this.#phase === 'warmup') this.#lookAtWarmup();
    else if (this.#isPreciseEnough()) this.#endEarly();
    else if (isCheckpoint) this.#options.onCheckpoint(checkpointOf(this.#facts({ state: 'interrupted' }, nowUs())));
  }

  #isPreciseEnough(): boolean {
    if (!this.#precision || this.#phase !== 'measure' || this.#endsEarly) return false;
    return this.#precision.isReached(this.#elapsedMs(), () => this.#merged.measuredRows.rowsWithLatencies());
  }

  /** Moves the end of the measured phase to this moment, for all parts alike. */
  #endEarly(): void {
    clearTimeout(this.#timer);
    this.#endsEarly = true;
    this.#deadlineUs = Math.min(this.#deadlineUs, this.#commonMoment());
    for (const part of this.#parts) part.drain(this.#deadlineUs);
    this.#timer = setTimeout(() => this.#beginDrain(), (this.#deadlineUs - nowUs()) / 1000);
  }

  async #poll(withHistograms: boolean): Promise<void> {
    const merged = this.#merged;
    const startUs = nowUs();
    await Promise.all(
      this.#parts.map(async (part, index) => {
        if (this.#dead.has(index)) return;
        try {
          merged.take(index, await part.poll(withHistograms));
        } catch (error) {
          this.#partDied(index, error);
        }
      }),
    );
    this.#lookAhead.add(nowUs() - startUs);
  }

  #partDied(index: number, error: unknown): void {
    this.#dead.add(index);
    this.#merged.endPart(index);
    this.#finish?.({ state: 'interrupted', death: describeError(error) });
  }

  /** Two looks in a row must agree, so that a lucky moment does not end the warm-up. */
  #lookAtWarmup(): void {
    const { recentUtilization, behindUs } = this.#merged.load;
    const threads = this.#choice.look({ utilization: recentUtilization, behindUs, spins: this.#spins });
    if (threads !== null) {
      void this.#switchTo(threads);
      return;
    }
    if (this.#plan.profile.warmup.kind !== 'auto' || this.#choice.isLooking) return;
    const isSteadyNow = isSteady(this.#merged.warmupRows.lastRows(50)) === true;
    this.#steadyInARow = isSteadyNow ? this.#steadyInARow + 1 : 0;
    if (this.#steadyInARow < 2) return;
    this.#steady = true;
    this.#beginMeasure();
  }

  /** Goes on with so many threads: the one so far gets its last answers and is kept in the accounting. */
  async #switchTo(count: number): Promise<void> {
    this.#isSwitching = true;
    clearTimeout(this.#timer);
    await new Promise<void>((resolve) => {
      this.#onRetired = resolve;
      this.#timer = setTimeout(resolve, RETIRE_MS);
      for (const part of this.#parts) part.retire();
    });
    clearTimeout(this.#timer);
    if (!this.#finish) return;
    try {
      await this.#launch(count, await Promise.all(this.#parts.map((part) => part.finish(0))));
    } catch (error) {
      this.#finish({ state: 'interrupted', death: describeError(error) });
    }
  }

  #enter(phase: RunPhase, startUs: number): void {
    this.#phase = phase;
    this.#phaseStartUs = startUs;
  }

  #elapsedMs(): number {
    return Math.max(0, nowUs() - this.#phaseStartUs) / 1000;
  }

  /** Now, or a little ahead when other threads must hear of it first. */
  #commonMoment(): number {
    if (this.#parts.length === 1) return nowUs();
    return nowUs() + this.#lookAhead.us(this.#phase === 'connect');
  }

  #report(): void {
    const moment = { phase: this.#phase, elapsedMs: this.#elapsedMs(), warmupMs: this.#warmupMs };
    for (const snapshot of snapshotsOf(this.#merged, this.#plan.profile.stop, moment)) {
      this.#options.onSnapshot(snapshot);
    }
  }

  async #end(ending: Ending): Promise<LoadResult> {
    clearInterval(this.#ticker);
    clearTimeout(this.#timer);
    const endUs = this.#measureEndUs ?? Math.max(nowUs(), this.#measureStartUs);
    if (this.#phase === 'warmup') this.#warmupMs = this.#elapsedMs();
    const deaths = await Promise.all(this.#parts.map((part, index) => this.#collect(part, index, endUs)));
    this.#merged.warmupRows.finish();
    this.#merged.measuredRows.finish();
    this.#precision?.conclude(this.#merged.measuredRows.rowsWithLatencies());
    this.#report();
    const death = ending.death ?? deaths.find((each) => each !== null);
    return resultOf(this.#facts(death === undefined ? ending : { state: 'interrupted', death }, endUs));
  }

  /** The last report of a part; why there is none, when it is dead. One that was never open has nothing to report. */
  async #collect(part: Part, index: number, endUs: number): Promise<string | null> {
    if (!this.#opened.has(index)) {
      part.finish(endUs).catch(() => undefined);
      return null;
    }
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('it did not answer any more')), FINISH_MS);
    });
    try {
      this.#merged.take(index, await Promise.race([part.finish(endUs), late]));
      return null;
    } catch (error) {
      if (!this.#dead.has(index)) this.#merged.endPart(index);
      return describeError(error);
    } finally {
      clearTimeout(timer);
    }
  }

  #facts({ state, breakage, death }: Ending, endUs: number): RunFacts {
    const { warmup } = this.#plan.profile;
    return {
      plan: this.#plan,
      state,
      breakage: breakage ?? null,
      death: death ?? null,
      startedAtMs: this.#startedAtMs,
      merged: this.#merged,
      precision: this.#precision?.report() ?? null,
      durationMs: this.#measureStartUs === 0 ? 0 : Math.round(endUs - this.#measureStartUs) / 1000,
      warmup: { durationMs: this.#warmupMs, steady: warmup.kind === 'auto' ? this.#steady : null },
      lanes: this.#lanes,
      threads: { count: Math.max(1, this.#parts.length), reason: this.#choice.reason },
      spins: this.#spins,
      stolen: stolenShare(this.#stolenBefore, readStolenTicks()),
    };
  }
}
