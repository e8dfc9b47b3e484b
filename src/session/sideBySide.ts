import type { AnswerChecks } from '../core/model/answers';
import type { ComparedArm, Comparison } from '../core/model/comparison';
import type { PairLoad, PairPlan, PairProgress, PairResult, PairSide } from '../core/model/pairPlan';
import type { RequestTemplate } from '../core/model/request';
import type { RunWarning } from '../core/model/run';
import { decideSession, nothingToCompare, type SessionOptions } from '../core/compare/decideSession';
import { generatorLimits } from '../core/compare/generatorLimit';
import type { LaunchPrior } from '../core/compare/launchInterval';
import { PLANNED_ROUNDS } from '../core/compare/looks';
import { BLOCKS_PER_ROUND } from '../core/compare/roundPlan';
import type { SessionRound } from '../core/compare/sessionData';
import { WARMUP } from '../core/compare/steadiness';
import { checkTarget } from '../core/request/targetGuard';
import { CancelledError, UserError } from '../util/errors';
import type { SessionServices } from './benchmarkOrder';
import { requireHostConsent, requireWriteConsent, type ConsentServices } from './consent';
import { pairRoundOf } from './pairRoundOf';

/** One of the two things that are compared. */
export interface Side {
  readonly label: string;
  /** Brings it up for one round. A side that is restarted is a new process each time. */
  open(signal: AbortSignal): Promise<OpenSide>;
  /** False for a server that somebody else started: it is one launch, however long it is measured. */
  readonly isRestarted: boolean;
}

export interface OpenSide {
  readonly baseUrl: string;
  /** The server's process, whose CPU is read; null when it is not known. */
  readonly pid: number | null;
  /** Ends what `open` started. */
  close(): Promise<void>;
}

/** Everything that decides a comparison of two servers; fixed before it starts. */
export interface SideBySideOrder {
  readonly sides: Readonly<Record<ComparedArm, Side>>;
  /** The request to a side that answers at `baseUrl`. */
  readonly request: (baseUrl: string) => RequestTemplate;
  /** Under which a consent to writing is remembered. */
  readonly id: string;
  readonly load: PairLoad;
  readonly checks?: AnswerChecks;
  readonly margin: number;
  /** Of everything: restarts, warm-up and measuring. No round begins that would not fit, but for the first. */
  readonly budgetMs: number;
  /** One launch of each and one look. */
  readonly quick: boolean;
  /** A person may ask for more rounds after the planned ones; fixed before the first, because every look is a little stricter. */
  readonly extendable?: boolean;
  /** Whole rounds of the same comparison, which goes on where it ended: at least one more round. */
  readonly earlier?: readonly SessionRound[];
  readonly prior: LaunchPrior;
  readonly seed: number;
  /** Known beforehand: other machine state, debug server. */
  readonly warnings: readonly RunWarning[];
}

export interface SideBySideServices extends ConsentServices {
  readonly load: {
    pair(
      plan: PairPlan,
      options: { readonly onProgress: (progress: PairProgress) => void; readonly signal: AbortSignal },
    ): Promise<PairResult>;
  };
  readonly resolveHost: SessionServices['resolveHost'];
}

export interface SideBySideEvents {
  /** What is going on, as a sentence. */
  readonly onStep?: (sentence: string, round: number) => void;
  readonly onProgress?: (progress: PairProgress, round: number) => void;
  /** The comparison so far, after each whole round. */
  readonly onComparison?: (comparison: Comparison) => void;
}

/** A finished comparison with what it was decided on, from which a calibration learns. */
export interface SideBySideResult {
  readonly comparison: Comparison;
  readonly rounds: readonly SessionRound[];
  /** `cancelled`: a person stopped it; the comparison is of the whole rounds until then. */
  readonly state: 'decided' | 'undecided' | 'cancelled';
}

/**
 * Loads two servers in alternating slices, launch by launch, until the planned looks decide or the budget is used up. Rejects
 * with `CancelledError` when it was aborted before one whole round, with the sides' own errors when one does not come up, and
 * with `side-lost` when a side gives nothing but failures. Whatever happens, both sides are closed when it settles.
 */
export async function sideBySide(
  order: SideBySideOrder,
  services: SideBySideServices,
  events: SideBySideEvents,
  signal: AbortSignal,
): Promise<SideBySideResult> {
  const session = new SideBySideSession(order, services, events, signal);
  return session.run();
}

class SideBySideSession {
  readonly #order: SideBySideOrder;
  readonly #services: SideBySideServices;
  readonly #events: SideBySideEvents;
  readonly #signal: AbortSignal;
  readonly #rounds: SessionRound[] = [];
  readonly #warnings: RunWarning[];
  readonly #startMs = performance.now();

  constructor(order: SideBySideOrder, services: SideBySideServices, events: SideBySideEvents, signal: AbortSignal) {
    this.#order = order;
    this.#services = services;
    this.#events = events;
    this.#signal = signal;
    this.#warnings = [...order.warnings];
    this.#rounds.push(...(order.earlier ?? []));
  }

  async run(): Promise<SideBySideResult> {
    const { sides, quick } = this.#order;
    const isOneLaunch = quick || !sides.before.isRestarted || !sides.after.isRestarted;
    if (isOneLaunch && !quick) this.#warnings.push(oneLaunchWarning(sides));
    let comparison: Comparison | null = null;
    let longestMs = 0;
    const first = this.#rounds.length;
    const planned = isOneLaunch ? first + 1 : first < PLANNED_ROUNDS ? PLANNED_ROUNDS : first + 2;
    for (let round = first; round < planned; round++) {
      const leftMs = this.#order.budgetMs - (performance.now() - this.#startMs);
      if (round > first && longestMs > leftMs) break;
      const startMs = performance.now();
      const isWhole = await this.#round(round, isOneLaunch ? blocksWithin(leftMs) : BLOCKS_PER_ROUND);
      longestMs = Math.max(longestMs, performance.now() - startMs);
      if (this.#rounds.length > 0) {
        comparison = decideSession(this.#rounds, this.#options(isOneLaunch, longestMs / 1000));
        this.#events.onComparison?.(comparison);
      }
      if (!isWhole) return this.#settled(comparison, 'cancelled');
      if (comparison && (comparison.verdict !== 'inconclusive' || comparison.blocker)) {
        return this.#settled(comparison, 'decided');
      }
    }
    return this.#settled(comparison, 'undecided');
  }

  #settled(comparison: Comparison | null, state: SideBySideResult['state']): SideBySideResult {
    if (comparison) return { comparison, rounds: this.#rounds, state };
    throw state === 'cancelled' ? new CancelledError() : nothingToCompare();
  }

  /** One launch of both sides; false when it was cut short by the person. Sides change places each round. */
  async #round(round: number, blocks: number): Promise<boolean> {
    const names: readonly ComparedArm[] = round % 2 === 0 ? ['before', 'after'] : ['after', 'before'];
    const opened = new Map<ComparedArm, OpenSide>();
    const wallMs = Date.now();
    const clockMs = performance.now();
    try {
      for (const name of names) {
        const side = this.#order.sides[name];
        this.#events.onStep?.(side.isRestarted ? `Starting ${side.label}…` : `Looking at ${side.label}…`, round);
        opened.set(name, await side.open(this.#signal));
        this.#signal.throwIfAborted();
      }
      this.#events.onStep?.('Warming both up…', round);
      const result = await this.#services.load.pair(await this.#plan(opened, round, blocks), {
        onProgress: (progress) => this.#events.onProgress?.(progress, round),
        signal: this.#signal,
      });
      if (result.state === 'broken-off') throw sideLost(this.#order.sides, result);
      const sleptMs = Math.abs(Date.now() - wallMs - (performance.now() - clockMs));
      if (result.blocks.length > 0) this.#rounds.push(pairRoundOf(result, sleptMs));
      this.#warnings.push(...this.#generatorWarnings(result));
      return result.state === 'complete';
    } catch (error) {
      if (!this.#signal.aborted) throw error;
      return false;
    } finally {
      await Promise.all([...opened.values()].map((side) => side.close()));
    }
  }

  async #plan(opened: ReadonlyMap<ComparedArm, OpenSide>, round: number, blocks: number): Promise<PairPlan> {
    const { load, checks, seed } = this.#order;
    return {
      sides: {
        before: await this.#side(opened.get('before')),
        after: await this.#side(opened.get('after')),
      },
      load,
      ...(checks ? { checks } : {}),
      warmup: WARMUP,
      blocks,
      seed: seed + round,
    };
  }

  /** The guard is passed for each launch, because each may be at another address. */
  async #side(side: OpenSide | undefined): Promise<PairSide> {
    const request = this.#order.request(side?.baseUrl ?? '');
    const target = await checkTarget(request.url, this.#services.resolveHost);
    await requireHostConsent(target, this.#services, this.#signal);
    const path = new URL(request.url).pathname;
    await requireWriteConsent({ method: request.method, path, id: this.#order.id }, this.#services, this.#signal);
    return { request, allowedAddresses: target.addresses, pid: side?.pid ?? null };
  }

  #options(isOneLaunch: boolean, secondsPerRound: number): SessionOptions {
    const { sides, margin, prior, seed } = this.#order;
    return {
      labels: { before: sides.before.label, after: sides.after.label },
      primary: 'throughput',
      margin,
      prior,
      plan: { quick: isOneLaunch, extendable: this.#order.extendable === true },
      secondsPerRound,
      seed,
      warnings: uniqueByCode(this.#warnings),
    };
  }

  #generatorWarnings({ generator, blocks }: PairResult): RunWarning[] {
    const requests = blocks.reduce((sum, block) => sum + block.before.requests + block.after.requests, 0);
    const timeS = blocks.reduce((sum, block) => sum + block.before.timeS + block.after.timeS, 0);
    return generatorLimits({
      eventLoopUtilization: generator.eventLoopUtilization,
      threadCpu: generator.cpuPercent / 100,
      loopDelayP99Ms: null,
      p50LatencyMs: 0,
      throughputRps: timeS > 0 ? requests / timeS : 0,
      nullServerRps: null,
      serverCpuShare: null,
      gainFromDoubling: null,
      sendLagP99Ms: null,
      machineBusy: null,
    });
  }
}

/** What one launch can be measured for within the time: 2 s a block and 5 s of warm-up, at least the usual eight. */
function blocksWithin(leftMs: number): number {
  return Math.min(40, Math.max(BLOCKS_PER_ROUND, Math.floor((leftMs - 5000) / 2200)));
}

function oneLaunchWarning(sides: SideBySideOrder['sides']): RunWarning {
  const started = [sides.before, sides.after].filter((side) => !side.isRestarted).map(({ label }) => label);
  return {
    code: 'one-launch',
    message: `${started.join(' and ')} ran already and was not restarted, so this is one launch of each: the luck of a launch, often half a per cent, is not in the interval as it was measured but as it usually is.`,
  };
}

function sideLost(sides: SideBySideOrder['sides'], { failing, failures }: PairResult): UserError {
  const label = sides[failing ?? 'after'].label;
  return new UserError(
    'side-lost',
    `${label} gave nothing but failures (${failures}), so there is nothing to compare: look at its log and try one request.`,
  );
}

function uniqueByCode(warnings: readonly RunWarning[]): RunWarning[] {
  return [...new Map(warnings.map((warning) => [warning.code, warning])).values()];
}
