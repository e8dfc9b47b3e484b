import type { TransportName } from '../core/model/loadProfile';
import type { RunPhase } from '../core/model/runPlan';
import { isLengthKnown } from '../core/plan/isLengthKnown';
import type { PartReport, PartRows, PartSetup } from '../protocol/loadPart';
import { CoreWait } from './coreWait';
import { GeneratorLoad } from './generatorLoad';
import { ClosedPacer } from './closedPacer';
import { OpenPacer } from './openPacer';
import type { Pacer } from './pacer';
import type { Part, PartEvents } from './part';
import { MixedLoad } from './mixedLoad';
import { Recorder } from './recorder';
import { AnswerInspector } from './transport/answerInspector';
import { chooseTransport } from './transport/choose';
import { nowUs } from './transport/clock';
import type { Transport } from './transport/transport';

/** A start that lies further ahead than this is waited for by a timer, the rest of the time by looking at the clock. */
const CLOSE_US = 2000;
const NO_ROWS: PartRows = { intervalMs: 100, rows: [] };

type PhaseLoad = Pick<PartReport['load'], 'cpuPercent' | 'eventLoopUtilization' | 'waited'>;

/**
 * The load of one thread, or of a whole run that has one: its connections, what goes out on them and what is counted. It
 * knows the phases of a run, but when one begins is decided by whoever leads it; only the end of the measured phase, which
 * is known beforehand, it keeps itself, to the microsecond.
 */
export class LoadPart implements Part {
  readonly #transportName: TransportName;
  readonly #setup: PartSetup;
  readonly #events: PartEvents;
  readonly #recorder: Recorder;
  readonly #inspector: AnswerInspector;
  readonly #mixed: MixedLoad | null;
  readonly #transport: Transport;
  readonly #pacer: Pacer;
  readonly #load = new GeneratorLoad();
  readonly #recentLoad = new GeneratorLoad();
  readonly #wait = new CoreWait();
  readonly #isReady: Uint8Array;
  #phase: RunPhase | 'retired' = 'connect';
  #readyCount = 0;
  #warmupRows = NO_ROWS;
  #measureStartUs = 0;
  #deadlineUs = Infinity;
  /** When the measured phase ended; null before. */
  #measureEndUs: number | null = null;
  /** Frozen when the measured phase ends. */
  #measuredLoad: PhaseLoad | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isSettled = false;

  /** Fails like the transport's constructor when the request cannot be sent at all. */
  constructor(setup: PartSetup, random: () => number, events: PartEvents) {
    const { plan, address, spins } = setup;
    const { profile } = plan;
    const { model } = profile;
    const lanes = model.kind === 'closed' ? model.connections : model.maxConnections;
    const pipelining = model.kind === 'closed' ? model.pipelining : 1;
    this.#setup = setup;
    this.#events = events;
    this.#isReady = new Uint8Array(lanes);
    const mixed = plan.mix ? new MixedLoad(plan.mix, (type, hash) => recorder.sampled(type, hash)) : null;
    const recorder = new Recorder(lanes, nowUs(), () => this.#beginDrain(), mixed?.recorder ?? null);
    this.#mixed = mixed;
    this.#recorder = recorder;
    this.#inspector = new AnswerInspector(plan.checks ?? {}, (type, hash) => recorder.sampled(type, hash));
    const chosen = chooseTransport(
      profile,
      {
        request: plan.request,
        ...(plan.feeds ? { feeds: plan.feeds } : {}),
        ...(mixed ? { mix: mixed.requests } : {}),
        ...(plan.proxy === undefined ? {} : { proxy: plan.proxy }),
        lanes,
        pipelining,
        timeoutMs: profile.timeoutMs,
        insecureTls: profile.insecureTls,
        address,
        inspector: this.#inspector,
      },
      {
        sent: (_lane, bytes, item) => recorder.written(bytes, item),
        answered: (lane, status, startUs, firstByteUs, endUs, headBytes, bodyBytes, item) => {
          recorder.answered(lane, status, startUs, firstByteUs, endUs, headBytes, bodyBytes, item);
          if (this.#phase !== 'warmup') this.#checkAllSettled();
        },
        failed: (lane, kind, _startUs, endUs, reason, item) => {
          recorder.failed(lane, kind, endUs, reason, item);
          if (this.#phase !== 'warmup') this.#checkAllSettled();
        },
        connected: (_lane, connectUs) => recorder.connected(connectUs),
        ready: (lane) => this.#laneReady(lane),
      },
    );
    this.#transport = chosen.transport;
    this.#transportName = chosen.name;
    const paced = mixed?.draw(chosen.transport) ?? chosen.transport;
    this.#pacer =
      model.kind === 'closed'
        ? new ClosedPacer(paced, recorder, model)
        : new OpenPacer(paced, recorder, model, { spins, random });
  }

  open(): Promise<void> {
    this.#transport.open();
    return Promise.resolve();
  }

  warmUp(startUs: number, maxMs: number): void {
    this.#atMoment(startUs, () => {
      if (this.#phase !== 'connect') return;
      this.#phase = 'warmup';
      this.#load.restart();
      this.#recorder.beginWarmup(startUs, maxMs);
      this.#pacer.start(null, null, startUs);
    });
  }

  measure(startUs: number, spins: boolean): void {
    this.#atMoment(startUs, () => {
      if (this.#phase !== 'connect' && this.#phase !== 'warmup') return;
      if (this.#pacer instanceof OpenPacer) this.#pacer.spins = spins;
      this.#beginMeasure(startUs);
    });
  }

  drain(endUs: number): void {
    if (this.#phase !== 'measure') return;
    this.#deadlineUs = endUs;
    this.#recorder.endAt(endUs);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#beginDrain(), Math.max(0, (endUs - nowUs()) / 1000));
  }

  retire(): void {
    this.#phase = 'retired';
    this.#pacer.stop();
    setImmediate(() => this.#checkAllSettled());
  }

  poll(withHistograms: boolean): Promise<PartReport> {
    return Promise.resolve(this.#report(withHistograms));
  }

  finish(endUs: number): Promise<PartReport> {
    clearTimeout(this.#timer);
    this.#pacer.stop();
    this.#isSettled = true;
    this.#endMeasuring(endUs);
    const report = this.#report(true);
    this.#recorder.close();
    this.#transport.close();
    return Promise.resolve(report);
  }

  #atMoment(us: number, act: () => void): void {
    const aheadUs = us - nowUs();
    clearTimeout(this.#timer);
    if (aheadUs > CLOSE_US) this.#timer = setTimeout(() => this.#atMoment(us, act), (aheadUs - CLOSE_US) / 1000);
    else if (aheadUs > 0) setImmediate(() => this.#atMoment(us, act));
    else act();
  }

  #laneReady(lane: number): void {
    this.#pacer.ready(lane);
    if (this.#phase !== 'connect' || this.#isReady[lane] === 1) return;
    this.#isReady[lane] = 1;
    this.#readyCount++;
    // Not from inside the transport's own `open`.
    if (this.#readyCount === this.#isReady.length) setImmediate(() => this.#events.ready());
  }

  #beginMeasure(startUs: number): void {
    const { durationMs, requests } = this.#setup.plan.profile.stop;
    // Those of the last tenth of a second have not been asked for yet.
    if (this.#phase === 'warmup') {
      this.#recorder.intervals.rollTo(startUs);
      this.#warmupRows = this.#recorder.intervals.takeRows();
    }
    this.#phase = 'measure';
    this.#inspector.restart();
    this.#mixed?.beginMeasuring();
    this.#load.restart();
    this.#wait.restart();
    this.#measureStartUs = startUs;
    this.#deadlineUs = durationMs === null ? Infinity : startUs + durationMs * 1000;
    this.#recorder.beginMeasuring({
      startUs,
      deadlineUs: this.#deadlineUs,
      countsBySend: requests !== null,
      expectedMs: isLengthKnown(this.#setup.plan.profile.stop) ? durationMs : null,
      stages: this.#setup.plan.profile.model.stages ?? null,
    });
    if (durationMs !== null) this.#timer = setTimeout(() => this.#beginDrain(), (this.#deadlineUs - nowUs()) / 1000);
    this.#pacer.start(requests, { startUs, endUs: this.#deadlineUs }, startUs);
    this.#checkAllSettled();
  }

  /** The time is over: the window ends exactly where it should, whenever this is noticed. */
  #beginDrain(): void {
    if (this.#phase !== 'measure') return;
    clearTimeout(this.#timer);
    this.#pacer.finish();
    this.#endMeasuring(this.#deadlineUs);
    this.#phase = 'drain';
    setImmediate(() => this.#checkAllSettled());
  }

  #checkAllSettled(): void {
    if (this.#isSettled || this.#recorder.inFlight > 0) return;
    const isOver = this.#phase === 'drain' || this.#phase === 'retired';
    if (!isOver && !(this.#phase === 'measure' && this.#pacer.budget <= 0)) return;
    this.#isSettled = true;
    this.#events.settled(this.#measureEndUs ?? this.#recorder.lastSettledUs);
  }

  #endMeasuring(endUs: number): void {
    if (this.#phase !== 'measure' || this.#measureEndUs !== null) return;
    this.#measureEndUs = endUs;
    this.#measuredLoad = this.#readLoad();
    this.#recorder.endMeasuring(endUs);
  }

  #readLoad(): PhaseLoad {
    return { ...this.#load.read(), waited: this.#wait.read() };
  }

  #report(withHistograms: boolean): PartReport {
    const recorder = this.#recorder;
    const atUs = nowUs();
    if (this.#phase === 'warmup' || (this.#phase === 'measure' && this.#measureEndUs === null)) {
      recorder.intervals.rollTo(Math.min(atUs, this.#deadlineUs));
    }
    const isMeasured = this.#measureStartUs > 0;
    const rows = recorder.intervals.takeRows();
    const warmupRows = isMeasured ? this.#warmupRows : rows;
    this.#warmupRows = NO_ROWS;
    const recent = this.#recentLoad.read();
    this.#recentLoad.restart();
    const countUnsent = (untilUs: number): number =>
      this.#pacer instanceof OpenPacer ? this.#pacer.countUnsent(Math.min(untilUs, this.#measureEndUs ?? atUs)) : 0;
    return {
      transport: this.#transportName,
      counts: { ...recorder.counts(), unsent: countUnsent(Infinity) },
      lanesInUse: this.#pacer.lanesInUse,
      histograms: withHistograms ? recorder.histograms() : null,
      stages: withHistograms ? (recorder.stages?.tallies(countUnsent) ?? null) : null,
      answers: withHistograms ? recorder.answers() : null,
      mix: withHistograms ? (this.#mixed?.recorder.tallies() ?? null) : null,
      warmupRows,
      measuredRows: isMeasured ? rows : NO_ROWS,
      current: isMeasured ? recorder.intervals.current() : null,
      load: {
        ...(this.#measuredLoad ?? this.#readLoad()),
        recentCpuPercent: recent.cpuPercent,
        recentUtilization: recent.eventLoopUtilization,
        behindUs: this.#pacer instanceof OpenPacer ? this.#pacer.behindUs : 0,
      },
    };
  }
}
