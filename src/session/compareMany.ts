import { decideMany } from '../core/compare/decideMany';
import type { AnswerDifference } from '../core/compare/answers';
import { blockedComparison, nothingToCompare, type SessionOptions } from '../core/compare/decideSession';
import { PLANNED_ROUNDS } from '../core/compare/looks';
import type { SessionRound } from '../core/compare/sessionData';
import { summariseMany } from '../core/compare/summariseMany';
import type { ComparedArm } from '../core/model/comparison';
import type { ManyComparison } from '../core/model/manyComparison';
import { isListening } from '../servers/freePort';
import { CancelledError, describeError, UserError } from '../util/errors';
import { withCommitSides, type CommitSides } from './commitSides';
import type { CommitOrder, CommitServices } from './compareWithCommit';
import { PairDesk, type OpenPair, type PairPace, type PairRequest } from './pairDesk';
import type { SideBySideEvents } from './sideBySide';
import { SideLostError } from './sideLost';

/** One of the endpoints that are looked at. */
export interface ManyEndpoint extends PairRequest {
  /** `GET /author/{id}`. */
  readonly label: string;
}

/** The working tree against a commit, for several endpoints in the same launches. */
export interface ManyOrder extends Omit<CommitOrder, 'request' | 'id' | 'quick' | 'allRounds' | 'pace'> {
  readonly endpoints: readonly ManyEndpoint[];
  /** Known beforehand: values are missing, it writes. */
  readonly skipped: ManyComparison['skipped'];
  readonly pace?: Omit<PairPace, 'seed'>;
}

/** Which endpoint of which launch is measured, counted from 1. */
export interface ManyPlace {
  readonly label: string;
  readonly number: number;
  readonly of: number;
  readonly launch: number;
  /** Null until the first launch has shown how long one takes. */
  readonly launches: number | null;
}

export interface ManyEvents extends SideBySideEvents {
  /** Told in the place of a step. */
  readonly onEndpoint?: (place: ManyPlace) => void;
}

export interface ManyResult {
  readonly comparison: ManyComparison;
  readonly state: 'complete' | 'cancelled';
}

/** Eight seconds an endpoint and launch: six blocks are the fewest with an interval at 5 %. */
const PACE: Omit<PairPace, 'seed'> = {
  warmup: { leastMs: 1000, leastRequestsPerArm: 200, mostMs: 4000 },
  blocks: 6,
  shortBlocks: true,
};

/**
 * "Which endpoint did my change touch?" In each launch of both servers the endpoints are loaded one after the other in short
 * interleaved blocks. How many launches there are follows from the budget and the time that the first one took, never from
 * what it showed; the verdicts are given once, at the end, corrected for their number. Rejects as `compareWithCommit` does;
 * an endpoint that cannot be measured is among the skipped.
 */
export function compareMany(
  order: ManyOrder,
  services: CommitServices,
  events: ManyEvents,
  signal: AbortSignal,
): Promise<ManyResult> {
  return withCommitSides(order, services, events, signal, (sides) =>
    new ManySession(order, sides, services, events, signal).run(),
  );
}

class ManySession {
  readonly #order: ManyOrder;
  readonly #sides: CommitSides['sides'];
  readonly #desk: PairDesk;
  readonly #events: ManyEvents;
  readonly #signal: AbortSignal;
  readonly #rounds = new Map<string, SessionRound[]>();
  readonly #skipped: { label: string; reason: string }[];
  /** Endpoints that one side does not answer, by id: news, not an omission. */
  readonly #lost = new Map<string, AnswerDifference>();
  #planned: number | null = null;

  constructor(
    order: ManyOrder,
    { sides, warnings }: CommitSides,
    services: CommitServices,
    events: ManyEvents,
    signal: AbortSignal,
  ) {
    this.#order = order;
    this.#sides = sides;
    this.#desk = new PairDesk(
      { ...order, sides, warnings: [...order.warnings, ...warnings] },
      services,
      events,
      signal,
    );
    this.#events = events;
    this.#signal = signal;
    this.#skipped = [...order.skipped];
  }

  async run(): Promise<ManyResult> {
    const startMs = performance.now();
    let planned = PLANNED_ROUNDS;
    for (let launch = 0; launch < planned; launch++) {
      try {
        await this.#allOf(launch);
      } catch (error) {
        if (!this.#signal.aborted) throw error;
      }
      if (this.#signal.aborted) return this.#settled(launch, 0, 'cancelled');
      const longestMs = (performance.now() - startMs) / (launch + 1);
      if (launch === 0)
        this.#planned = planned = Math.max(1, Math.min(PLANNED_ROUNDS, Math.floor(this.#order.budgetMs / longestMs)));
    }
    return this.#settled(planned, (performance.now() - startMs) / planned / 1000, 'complete');
  }

  /**
   * Every other launch goes through the endpoints backwards, so that none is always the last. When one of them ends a server,
   * both are launched once more for those behind it, which are not to blame.
   */
  async #allOf(launch: number): Promise<void> {
    const endpoints = launch % 2 === 0 ? this.#order.endpoints : [...this.#order.endpoints].reverse();
    let next = 0;
    while (next < endpoints.length) {
      next = await this.#desk.launch(launch, (pair) => this.#launch(pair, endpoints, next, launch));
    }
  }

  /** From number `first` on until a server is gone; the number of the one to go on with. */
  async #launch(pair: OpenPair, endpoints: readonly ManyEndpoint[], first: number, launch: number): Promise<number> {
    for (const [at, endpoint] of endpoints.entries()) {
      if (at < first || this.#isSkipped(endpoint)) continue;
      this.#tell(endpoint.label, at + 1, endpoints.length, launch);
      await this.#endpoint(pair, endpoint, launch);
      this.#signal.throwIfAborted();
      if (this.#isSkipped(endpoint) && !(await isUp(pair))) return at + 1;
    }
    return endpoints.length;
  }

  #isSkipped({ id, label }: ManyEndpoint): boolean {
    return this.#lost.has(id) || this.#skipped.some((each) => each.label === label);
  }

  #tell(label: string, number: number, of: number, launch: number): void {
    const { onEndpoint, onStep } = this.#events;
    if (onEndpoint) onEndpoint({ label, number, of, launch: launch + 1, launches: this.#planned });
    else onStep?.(`${label}, ${number} of ${of}…`, launch);
  }

  async #endpoint(pair: OpenPair, endpoint: ManyEndpoint, launch: number): Promise<void> {
    const pace = { ...PACE, ...this.#order.pace, seed: this.#order.seed + launch };
    try {
      const { round, isWhole } = await this.#desk.measure(pair, endpoint, pace, launch);
      const statuses = [this.#desk.firstStatus('before', endpoint.id), this.#desk.firstStatus('after', endpoint.id)];
      if (statuses.every((status) => status !== null && status >= 400)) {
        this.#skip(endpoint, `Both sides answer ${statuses[0] ?? 0}: give it other values.`);
      } else if (round && isWhole) {
        this.#rounds.set(endpoint.id, [...(this.#rounds.get(endpoint.id) ?? []), round]);
      }
    } catch (error) {
      if (this.#signal.aborted) throw error;
      if (error instanceof CancelledError) this.#skip(endpoint, 'You did not want it to be sent.');
      else if (error instanceof UserError) this.#failed(endpoint, error);
      else throw error;
    }
  }

  #failed(endpoint: ManyEndpoint, error: UserError): void {
    const failing = error instanceof SideLostError ? error.arm : this.#silentArm(endpoint);
    if (failing === null) {
      this.#skip(endpoint, describeError(error));
      return;
    }
    this.#rounds.delete(endpoint.id);
    this.#lost.set(endpoint.id, { failing, warning: { code: error.code, message: describeError(error) } });
  }

  /** The after side, when it has never answered what the before side did. */
  #silentArm({ id }: ManyEndpoint): ComparedArm | null {
    const [before, after] = [this.#desk.firstStatus('before', id), this.#desk.firstStatus('after', id)];
    return before !== null && after === null ? 'after' : null;
  }

  #skip({ id, label }: ManyEndpoint, reason: string): void {
    this.#skipped.push({ label, reason });
    this.#rounds.delete(id);
  }

  #settled(launches: number, secondsPerRound: number, state: ManyResult['state']): ManyResult {
    const { endpoints, margin, prior, seed } = this.#order;
    const measured = endpoints.flatMap(({ id }) => {
      const rounds = this.#rounds.get(id)?.slice(0, launches) ?? [];
      return rounds.some(({ voided }) => voided === null) ? [{ id, rounds }] : [];
    });
    if (measured.length === 0 && this.#lost.size === 0) throw this.#nothing(state);
    const labels = { before: this.#sides.before.label, after: this.#sides.after.label };
    const options: SessionOptions = {
      ...{ labels, margin, prior, seed, secondsPerRound },
      primary: 'throughput',
      plan: { quick: false, extendable: false },
      warnings: [],
    };
    const lost = [...this.#lost].map(([id, difference]) => {
      return { id, verdict: 'inconclusive', comparison: blockedComparison(difference, options, 0) } as const;
    });
    const verdicts = [...lost, ...decideMany(measured, options)];
    const names = new Map(endpoints.map(({ id, label }) => [id, label]));
    const facts = { labels, margin, names, skipped: this.#skipped, launches, warnings: this.#desk.warnings };
    return { comparison: summariseMany(verdicts, facts), state };
  }

  #nothing(state: ManyResult['state']): Error {
    if (state === 'cancelled') return new CancelledError();
    const [first] = this.#skipped;
    if (!first) return nothingToCompare();
    return new UserError('nothing-to-compare', `No endpoint could be compared. ${first.label}: ${first.reason}`);
  }
}

/** Whether both sides still listen. */
async function isUp(pair: OpenPair): Promise<boolean> {
  const arms: readonly ComparedArm[] = ['before', 'after'];
  const up = arms.map((arm) => {
    const { hostname, port } = new URL(pair[arm].baseUrl);
    return isListening(hostname.replace(/^\[|\]$/g, ''), Number(port));
  });
  return (await Promise.all(up)).every(Boolean);
}
