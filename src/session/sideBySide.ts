import type { AnswerChecks } from '../core/model/answers';
import type { ComparedArm, Comparison } from '../core/model/comparison';
import type { PairLoad, PairPlan, PairProgress, PairResult } from '../core/model/pairPlan';
import type { RequestTemplate } from '../core/model/request';
import type { RunWarning } from '../core/model/run';
import { decideSession, nothingToCompare, type SessionOptions } from '../core/compare/decideSession';
import type { LaunchPrior } from '../core/compare/launchInterval';
import { PLANNED_ROUNDS } from '../core/compare/looks';
import type { MachineState } from '../core/compare/machineState';
import { BLOCKS_PER_ROUND } from '../core/compare/roundPlan';
import type { SessionRound } from '../core/compare/sessionData';
import { WARMUP } from '../core/compare/steadiness';
import type { Secrets } from '../core/request/secrets';
import { CancelledError } from '../util/errors';
import type { SessionServices } from './benchmarkOrder';
import type { ConsentServices } from './consent';
import type { LoginSource } from './login';
import { PairDesk } from './pairDesk';
import type { ValueSources } from './secrets';

/** How many a person gets who asks for more after the planned ones. */
const MORE_ROUNDS = 2;

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
  /** Where logins go, when `baseUrl` is the whole URL of a request. */
  readonly root?: string;
  /** The server's process, whose CPU is read; null when it is not known. */
  readonly pid: number | null;
  /** The last line that the server wrote; null when it is not known. */
  lastWords?(): string | null;
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
  /** Every planned round, also after a decision: a calibration wants the launches. */
  readonly allRounds?: boolean;
  /** A person may ask for more rounds after the planned ones; fixed before the first, because every look is a little stricter. */
  readonly extendable?: boolean;
  /** Whole rounds of the same comparison, which goes on where it ended: at least one more round. */
  readonly earlier?: readonly SessionRound[];
  readonly prior: LaunchPrior;
  readonly seed: number;
  /** Known beforehand: other machine state, debug server. */
  readonly warnings: readonly RunWarning[];
  /** Missing: the planned warm-up and eight blocks of eight slices for each launch. */
  readonly pace?: Pick<PairPlan, 'warmup' | 'blocks' | 'shortBlocks'>;
}

export interface SideBySideServices extends ConsentServices, ValueSources {
  readonly load: {
    pair(
      plan: PairPlan,
      options: {
        readonly onProgress: (progress: PairProgress) => void;
        readonly signal: AbortSignal;
        /** What stands in the requests in the place of references: nothing that is shown may have it. */
        readonly secrets?: Readonly<Record<ComparedArm, Secrets>>;
      },
    ): Promise<PairResult>;
  };
  readonly resolveHost: SessionServices['resolveHost'];
  /** The login whose token `${login:name}` stands for. Like the other values it is asked for without a folder. */
  readonly loginOf?: LoginSource;
  /** Missing: this machine's own. */
  readonly readMachine?: () => MachineState;
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
  readonly #desk: PairDesk;
  readonly #events: SideBySideEvents;
  readonly #signal: AbortSignal;
  readonly #rounds: SessionRound[];
  readonly #startMs = performance.now();

  constructor(order: SideBySideOrder, services: SideBySideServices, events: SideBySideEvents, signal: AbortSignal) {
    const { sides, quick, warnings } = order;
    const isSaid = quick || isRestarted(sides);
    this.#order = order;
    this.#rounds = [...(order.earlier ?? [])];
    this.#desk = new PairDesk(
      isSaid ? order : { ...order, warnings: [...warnings, oneLaunchWarning(sides)] },
      services,
      events,
      signal,
    );
    this.#events = events;
    this.#signal = signal;
  }

  async run(): Promise<SideBySideResult> {
    const { sides, quick, pace } = this.#order;
    const isOneLaunch = quick || !isRestarted(sides);
    const blocks = pace?.blocks ?? BLOCKS_PER_ROUND;
    let comparison: Comparison | null = null;
    let longestMs = 0;
    const first = this.#rounds.length;
    const end = isOneLaunch ? first + 1 : first === 0 ? PLANNED_ROUNDS : Math.max(PLANNED_ROUNDS, first + MORE_ROUNDS);
    for (let round = first; round < end; round++) {
      const leftMs = this.#order.budgetMs - (performance.now() - this.#startMs);
      if (round > first && longestMs > leftMs) break;
      const startMs = performance.now();
      const isWhole = await this.#round(round, isOneLaunch && !quick ? blocksWithin(leftMs, blocks) : blocks);
      if (!isWhole && this.#rounds.length === first) throw new CancelledError();
      longestMs = Math.max(longestMs, performance.now() - startMs);
      if (this.#rounds.some(({ voided }) => voided === null)) {
        comparison = decideSession(this.#rounds, this.#options(isOneLaunch, longestMs / 1000));
        this.#events.onComparison?.(comparison);
      }
      if (!isWhole) return this.#settled(comparison, 'cancelled');
      if (this.#order.allRounds === true && !comparison?.blocker) continue;
      if (comparison && (comparison.verdict !== 'inconclusive' || comparison.blocker)) {
        return this.#settled(comparison, 'decided');
      }
    }
    return this.#settled(comparison, comparison?.verdict === 'inconclusive' ? 'undecided' : 'decided');
  }

  #settled(comparison: Comparison | null, state: SideBySideResult['state']): SideBySideResult {
    if (comparison) return { comparison, rounds: this.#rounds, state };
    throw state === 'cancelled' ? new CancelledError() : nothingToCompare();
  }

  /** One launch of both sides; false when it was cut short by the person. */
  async #round(round: number, blocks: number): Promise<boolean> {
    const { pace, seed } = this.#order;
    try {
      const measured = await this.#desk.launch(round, (pair) =>
        this.#desk.measure(pair, this.#order, { warmup: WARMUP, ...pace, blocks, seed: seed + round }, round),
      );
      if (measured.round) this.#rounds.push(measured.round);
      return measured.isWhole;
    } catch (error) {
      if (!this.#signal.aborted) throw error;
      return false;
    }
  }

  #options(isOneLaunch: boolean, secondsPerRound: number): SessionOptions {
    const { sides, margin, prior, seed, extendable = false } = this.#order;
    return {
      labels: { before: sides.before.label, after: sides.after.label },
      primary: 'throughput',
      margin,
      prior,
      plan: { quick: isOneLaunch, extendable },
      secondsPerRound,
      seed,
      warnings: this.#desk.warnings,
    };
  }
}

function isRestarted({ before, after }: SideBySideOrder['sides']): boolean {
  return before.isRestarted && after.isRestarted;
}

/** What one launch can be measured for within the time: 2 s a block and 5 s of warm-up, at least the usual ones. */
function blocksWithin(leftMs: number, usual: number): number {
  return Math.min(40, Math.max(usual, Math.floor((leftMs - 5000) / 2200)));
}

function oneLaunchWarning(sides: SideBySideOrder['sides']): RunWarning {
  const started = [sides.before, sides.after].filter((side) => !side.isRestarted).map(({ label }) => label);
  return {
    code: 'one-launch',
    message: `${started.join(' and ')} ran already and was not restarted, so this is one launch of each: the luck of a launch, often half a per cent, is not in the interval as it was measured but as it usually is.`,
  };
}
