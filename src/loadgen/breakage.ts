import type { ErrorCounts } from './recorder';

const TICKS_PER_S = 10;
const SHORT_TICKS = TICKS_PER_S;
const LONG_TICKS = 2 * TICKS_PER_S;
/** Kinds that come at once when nobody is there to answer; a timeout needs longer to mean anything. */
const HARD_KINDS = ['refused', 'reset', 'unreachable', 'dns', 'tls', 'malformed', 'ports', 'descriptors'] as const;

interface Tally {
  readonly answers: number;
  readonly failures: number;
  readonly hard: number;
}

/**
 * Notices that it makes no sense to go on: for one second nothing but broken connections, or for two seconds at least
 * 95 % failures. Each lane must have failed once on average, so that one lost connection among slow answers ends nothing.
 */
export class BreakageWatch {
  readonly #lanes: number;
  readonly #tallies: Tally[] = [{ answers: 0, failures: 0, hard: 0 }];
  #ticks = 0;

  constructor(lanes: number) {
    this.#lanes = lanes;
  }

  /**
   * Called every 100 ms with counts since the start of the run, and how many lanes are in use when that changes; a sentence
   * when the run should be broken off.
   */
  check(
    answers: number,
    failures: number,
    errors: readonly ErrorCounts[],
    lanesInUse: number = this.#lanes,
  ): string | null {
    const now: Tally = { answers, failures, hard: countHard(errors) };
    this.#ticks++;
    this.#tallies.push(now);
    if (this.#tallies.length > LONG_TICKS + 1) this.#tallies.shift();
    const short = this.#tallies.at(-SHORT_TICKS - 1);
    if (
      this.#ticks >= SHORT_TICKS &&
      short &&
      now.answers === short.answers &&
      now.hard - short.hard >= Math.max(1, lanesInUse)
    ) {
      return 'Nothing but broken connections came back for a second, so the run was stopped.';
    }
    const start = { answers: 0, failures: 0, hard: 0 };
    for (const since of [this.#tallies[0] ?? start, start]) {
      const lost = now.failures - since.failures;
      const total = lost + now.answers - since.answers;
      if (this.#ticks >= LONG_TICKS && lost >= Math.max(2, lanesInUse) && lost >= 0.95 * total) {
        return `${lost} of ${total} requests failed, so the run was stopped.`;
      }
    }
    return null;
  }
}

function countHard(errors: readonly ErrorCounts[]): number {
  return errors.reduce((sum, counts) => sum + HARD_KINDS.reduce((part, kind) => part + (counts[kind] ?? 0), 0), 0);
}
