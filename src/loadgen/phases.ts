import type { TransportName } from '../core/model/loadProfile';
import type { RunState } from '../core/model/run';
import type { LoadResult, RunPhase, RunPlan, Snapshot } from '../core/model/runPlan';
import type { Checkpoint } from '../protocol/loadgen';
import { BreakageWatch } from './breakage';
import { GeneratorLoad } from './generatorLoad';
import { ClosedPacer } from './closedPacer';
import { OpenPacer } from './openPacer';
import type { Pacer } from './pacer';
import { Recorder } from './recorder';
import { checkpointOf, resultOf, type RunFacts } from './result';
import { isSteady } from './steadiness';
import { AnswerInspector } from './transport/answerInspector';
import { chooseTransport } from './transport/choose';
import { nowUs } from './transport/clock';
import type { Transport } from './transport/transport';

const TICK_MS = 100;
const CHECKPOINT_TICKS = 10;
/** How long lanes may take to open before load begins without the missing ones. */
const CONNECT_MS = 1000;
/** The last answers are waited for until each has come or timed out, but no longer than this. */
const MAX_DRAIN_MS = 10_000;

export interface LoadRunEvents {
  readonly onSnapshot: (snapshot: Snapshot) => void;
  readonly onCheckpoint: (checkpoint: Checkpoint) => void;
}

export interface LoadRunOptions extends LoadRunEvents {
  readonly plan: RunPlan;
  /** The IP address to load. */
  readonly address: string;
  /** Whether a core is free for a loop that waits for the next due time. */
  readonly hasSpareCore: boolean;
  readonly random: () => number;
}

/** One run from its first connection to its result: connect, warm-up, measure, drain. */
export class LoadRun {
  readonly #options: LoadRunOptions;
  readonly #plan: RunPlan;
  readonly #recorder: Recorder;
  readonly #inspector: AnswerInspector;
  readonly #transport: Transport;
  readonly #transportName: TransportName;
  readonly #pacer: Pacer;
  readonly #watch: BreakageWatch;
  readonly #load = new GeneratorLoad();
  /** The same since the last report. */
  readonly #recentLoad = new GeneratorLoad();
  readonly #startedAtMs = Date.now();
  readonly #isReady: Uint8Array;
  readonly #warmupMaxMs: number;
  #phase: RunPhase = 'connect';
  #phaseStartUs = nowUs();
  #readyCount = 0;
  #ticks = 0;
  #steady: boolean | null = null;
  #steadyInARow = 0;
  #warmupMs = 0;
  #measureStartUs = 0;
  /** When the measured phase ended; null before. */
  #measureEndUs: number | null = null;
  #generator: ReturnType<GeneratorLoad['read']> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #ticker: NodeJS.Timeout | undefined;
  #finish: ((state: RunState, breakage: string | null) => void) | null = null;

  constructor(options: LoadRunOptions) {
    const { plan } = options;
    const { profile } = plan;
    const { model, warmup } = profile;
    const lanes = model.kind === 'closed' ? model.connections : model.maxConnections;
    const pipelining = model.kind === 'closed' ? model.pipelining : 1;
    this.#options = options;
    this.#plan = plan;
    // Stages that begin with nothing have nothing to warm up with.
    const isFromNothing = model.stages?.[0]?.from === 0;
    this.#warmupMaxMs =
      warmup.kind === 'none' || isFromNothing ? 0 : warmup.kind === 'fixed' ? warmup.durationMs : warmup.maxMs;
    this.#isReady = new Uint8Array(lanes);
    this.#watch = new BreakageWatch(lanes);
    const recorder = new Recorder(lanes, this.#phaseStartUs, () => this.#beginDrain());
    this.#recorder = recorder;
    this.#inspector = new AnswerInspector(plan.checks ?? {}, (type, hash) => recorder.sampled(type, hash));
    const chosen = chooseTransport(
      profile,
      {
        request: plan.request,
        lanes,
        pipelining,
        timeoutMs: profile.timeoutMs,
        insecureTls: profile.insecureTls,
        address: options.address,
        inspector: this.#inspector,
      },
      {
        sent: (_lane, bytes) => recorder.written(bytes),
        answered: (lane, status, startUs, firstByteUs, endUs, headBytes, bodyBytes) => {
          recorder.answered(lane, status, startUs, firstByteUs, endUs, headBytes, bodyBytes);
          if (this.#phase !== 'warmup') this.#checkAllSettled();
        },
        failed: (lane, kind, _startUs, endUs, reason) => {
          recorder.failed(lane, kind, endUs, reason);
          if (this.#phase !== 'warmup') this.#checkAllSettled();
        },
        connected: (_lane, connectUs) => recorder.connected(connectUs),
        ready: (lane) => this.#laneReady(lane),
      },
    );
    this.#transport = chosen.transport;
    this.#transportName = chosen.name;
    this.#pacer =
      model.kind === 'closed'
        ? new ClosedPacer(this.#transport, recorder, model)
        : new OpenPacer(this.#transport, recorder, model, { spins: options.hasSpareCore, random: options.random });
  }

  /** Runs to the end, however that comes. Called once. */
  run(): Promise<LoadResult> {
    return new Promise((resolve) => {
      this.#finish = (state, breakage) => {
        this.#finish = null;
        resolve(this.#end(state, breakage));
      };
      this.#ticker = setInterval(() => this.#tick(), TICK_MS);
      this.#timer = setTimeout(() => this.#beginWarmup(), CONNECT_MS);
      this.#transport.open();
    });
  }

  /** Ends the run at once; `run` answers with what was measured, in state `cancelled`. */
  stop(): void {
    this.#finish?.('cancelled', null);
  }

  #laneReady(lane: number): void {
    this.#pacer.ready(lane);
    if (this.#phase !== 'connect' || this.#isReady[lane] === 1) return;
    this.#isReady[lane] = 1;
    this.#readyCount++;
    // Not from inside the transport's own `open`.
    if (this.#readyCount === this.#isReady.length) setImmediate(() => this.#beginWarmup());
  }

  #beginWarmup(): void {
    if (this.#phase !== 'connect' || !this.#finish) return;
    clearTimeout(this.#timer);
    if (this.#warmupMaxMs === 0) {
      this.#beginMeasure();
      return;
    }
    this.#enter('warmup');
    this.#recorder.beginWarmup(this.#phaseStartUs, this.#warmupMaxMs);
    this.#timer = setTimeout(() => this.#beginMeasure(), this.#warmupMaxMs);
    this.#pacer.start(null, null);
  }

  #beginMeasure(): void {
    if (!this.#finish) return;
    clearTimeout(this.#timer);
    const { durationMs, requests } = this.#plan.profile.stop;
    const { warmup } = this.#plan.profile;
    if (this.#phase === 'warmup') this.#warmupMs = (nowUs() - this.#phaseStartUs) / 1000;
    if (warmup.kind === 'auto' && this.#warmupMaxMs > 0 && this.#steady === null)
      this.#steady = isSteady(this.#recorder.intervals.lastRows(50));
    // No row of the warm-up may be lost to a listener that draws it.
    if (this.#phase === 'warmup') this.#report();
    this.#enter('measure');
    this.#inspector.restart();
    this.#load.restart();
    this.#measureStartUs = this.#phaseStartUs;
    const deadlineUs = durationMs === null ? Infinity : this.#measureStartUs + durationMs * 1000;
    this.#recorder.beginMeasuring({
      startUs: this.#measureStartUs,
      deadlineUs,
      countsBySend: requests !== null,
      expectedMs: requests === null ? durationMs : null,
      stages: this.#plan.profile.model.stages ?? null,
    });
    if (durationMs !== null) this.#timer = setTimeout(() => this.#beginDrain(), durationMs);
    this.#pacer.start(requests, { startUs: this.#measureStartUs, endUs: deadlineUs });
    this.#checkAllSettled();
  }

  /** The time is over: the window ends exactly where it should, whenever this is noticed. */
  #beginDrain(): void {
    if (this.#phase !== 'measure' || !this.#finish) return;
    const { durationMs } = this.#plan.profile.stop;
    this.#pacer.finish();
    this.#endMeasuring(durationMs === null ? nowUs() : this.#measureStartUs + durationMs * 1000);
    this.#enter('drain');
    clearTimeout(this.#timer);
    const drainMs = Math.min(this.#plan.profile.timeoutMs + 2 * TICK_MS, MAX_DRAIN_MS);
    this.#timer = setTimeout(() => this.#finish?.('complete', null), drainMs);
    setImmediate(() => this.#checkAllSettled());
  }

  #checkAllSettled(): void {
    const { inFlight } = this.#recorder;
    if (inFlight > 0) return;
    if (this.#phase === 'drain' || (this.#phase === 'measure' && this.#pacer.budget <= 0)) {
      this.#finish?.('complete', null);
    }
  }

  #endMeasuring(endUs: number): void {
    if (this.#measureEndUs !== null || this.#measureStartUs === 0) return;
    this.#measureEndUs = endUs;
    this.#generator = this.#load.read();
    this.#recorder.endMeasuring(endUs);
  }

  #tick(): void {
    const { answeredCount, failedCount, warmupErrors, errors } = this.#recorder;
    this.#ticks++;
    this.#report();
    const breakage = this.#watch.check(answeredCount, failedCount, [warmupErrors, errors], this.#pacer.lanesInUse);
    if (breakage !== null && this.#phase !== 'drain') this.#finish?.('broken-off', breakage);
    else if (this.#phase === 'warmup') this.#checkSteady();
    else if (this.#phase === 'measure' && this.#ticks % CHECKPOINT_TICKS === 0) {
      this.#options.onCheckpoint(checkpointOf(this.#facts('interrupted', null, nowUs())));
    }
  }

  /** Two looks in a row must agree, so that a lucky moment does not end the warm-up. */
  #checkSteady(): void {
    if (this.#plan.profile.warmup.kind !== 'auto') return;
    this.#steadyInARow = isSteady(this.#recorder.intervals.lastRows(50)) === true ? this.#steadyInARow + 1 : 0;
    if (this.#steadyInARow < 2) return;
    this.#steady = true;
    this.#beginMeasure();
  }

  #enter(phase: RunPhase): void {
    this.#phase = phase;
    this.#phaseStartUs = nowUs();
  }

  #report(): void {
    const { durationMs, requests } = this.#plan.profile.stop;
    const recorder = this.#recorder;
    const elapsedMs = (nowUs() - this.#phaseStartUs) / 1000;
    const isMeasured = this.#phase === 'measure' || this.#phase === 'drain';
    if (this.#phase === 'warmup' || this.#phase === 'measure') recorder.intervals.rollTo(nowUs());
    const byTime = durationMs === null ? 0 : elapsedMs / durationMs;
    const byCount = requests === null ? 0 : recorder.measured / requests;
    this.#options.onSnapshot({
      phase: this.#phase,
      elapsedMs,
      progress: this.#phase === 'drain' ? 1 : isMeasured ? Math.min(1, Math.max(byTime, byCount)) : null,
      requests: isMeasured ? recorder.measured : recorder.answeredCount,
      errors: { ...(isMeasured ? recorder.errors : recorder.warmupErrors) },
      rows: recorder.intervals.takeNewRows(),
      generator: { ...this.#recentLoad.read(), rssMB: process.memoryUsage.rss() / 2 ** 20 },
    });
    this.#recentLoad.restart();
  }

  #end(state: RunState, breakage: string | null): LoadResult {
    clearInterval(this.#ticker);
    clearTimeout(this.#timer);
    this.#pacer.stop();
    const isByCount = state === 'complete' && this.#phase === 'measure';
    this.#endMeasuring(isByCount ? this.#recorder.lastSettledUs : nowUs());
    if (this.#phase === 'warmup') this.#warmupMs = (nowUs() - this.#phaseStartUs) / 1000;
    this.#report();
    this.#recorder.close();
    this.#transport.close();
    return resultOf(this.#facts(state, breakage, this.#measureEndUs ?? 0));
  }

  #facts(state: RunState, breakage: string | null, endUs: number): RunFacts {
    const countUnsent = (untilUs: number): number =>
      this.#pacer instanceof OpenPacer ? this.#pacer.countUnsent(Math.min(untilUs, endUs)) : 0;
    const stages = this.#recorder.stages?.tallies(countUnsent);
    return {
      plan: this.#plan,
      state,
      breakage,
      startedAtMs: this.#startedAtMs,
      recorder: this.#recorder,
      durationMs: this.#measureStartUs === 0 ? 0 : Math.round(endUs - this.#measureStartUs) / 1000,
      warmup: { durationMs: this.#warmupMs, steady: this.#steady },
      generator: this.#generator ?? this.#load.read(),
      transport: this.#transportName,
      unsent: countUnsent(endUs),
      stages: stages ? [stages] : [],
      spins: this.#options.hasSpareCore,
    };
  }
}
