import type { ClosedLoad } from '../core/model/loadProfile';
import { levelAt } from '../core/plan/stages';
import type { Pacer, PacerWindow } from './pacer';
import type { Recorder } from './recorder';
import { nowUs } from './transport/clock';
import type { Transport } from './transport/transport';

/** How often the number of connections is brought to the level of the stages. */
const FOLLOW_MS = 5;

/**
 * Closed loop: each lane gets its next request as soon as it can take one. With stages only the first lanes are in use; one
 * that is not any more gets its answer and closes its connection.
 */
export class ClosedPacer implements Pacer {
  readonly #transport: Transport;
  readonly #recorder: Recorder;
  readonly #load: ClosedLoad;
  readonly #isWaiting: Uint8Array;
  /** Lanes that sent something since they last rested. */
  readonly #isUp: Uint8Array;
  #inUse = 0;
  #isSending = false;
  #budget = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(transport: Transport, recorder: Recorder, load: ClosedLoad) {
    this.#transport = transport;
    this.#recorder = recorder;
    this.#load = load;
    this.#isWaiting = new Uint8Array(transport.lanes);
    this.#isUp = new Uint8Array(transport.lanes);
  }

  get budget(): number {
    return this.#budget;
  }

  get lanesInUse(): number {
    return this.#inUse;
  }

  start(budget: number | null, window: PacerWindow | null): void {
    this.stop();
    this.#isSending = true;
    this.#budget = budget ?? Infinity;
    const { stages } = this.#load;
    if (!stages) {
      this.#use(this.#transport.lanes);
      return;
    }
    if (!window) {
      this.#use(stages[0]?.from ?? 0);
      return;
    }
    const follow = (): void => this.#use(levelAt(stages, (nowUs() - window.startUs) / 1000));
    this.#timer = setInterval(follow, FOLLOW_MS);
    follow();
  }

  finish(): void {
    this.stop();
  }

  stop(): void {
    this.#isSending = false;
    clearInterval(this.#timer);
  }

  ready(lane: number): void {
    const { outstanding } = this.#recorder;
    const { pipelining } = this.#load;
    if (lane >= this.#inUse) this.#rest(lane);
    while (this.#isSending && lane < this.#inUse && this.#budget > 0 && (outstanding[lane] ?? 0) < pipelining) {
      this.#budget--;
      this.#isUp[lane] = 1;
      this.#recorder.issued(lane, 0, null);
      this.#transport.send(lane);
    }
    this.#isWaiting[lane] = (outstanding[lane] ?? 0) < pipelining ? 1 : 0;
  }

  /** A level may be a fraction: a share of a ramp, or a moment of one. */
  #use(level: number): void {
    const before = this.#inUse;
    // The hair is what a sum of fractions may lack of the whole number that it means.
    this.#inUse = Math.min(this.#transport.lanes, Math.floor(level + 1e-9));
    for (let lane = 0; lane < Math.max(before, this.#inUse); lane++) {
      if (this.#isWaiting[lane] === 1) this.ready(lane);
    }
  }

  #rest(lane: number): void {
    if (this.#isUp[lane] !== 1 || (this.#recorder.outstanding[lane] ?? 0) > 0) return;
    this.#isUp[lane] = 0;
    this.#transport.rest(lane);
  }
}
