/** A busy thread hears what it is told a little later. */
const LEAST_US = 15_000;
/** Threads that have only opened their connections have nothing else to do. */
const LEAST_OF_IDLE_US = 3_000;
/** In slowest recent answers of a thread: its last one says nothing of what it will be busy with next. */
const ANSWERS = 2;
/** How many looks count as recent: those of a second. */
const RECENT = 10;

/** How far ahead a moment has to lie that all threads of a run shall keep. */
export class LookAhead {
  readonly #answersUs: number[] = [];

  /** All threads were asked, and the slowest took so long to answer. */
  add(answerUs: number): void {
    this.#answersUs.push(answerUs);
    if (this.#answersUs.length > RECENT) this.#answersUs.shift();
  }

  us(areIdle: boolean): number {
    return areIdle ? LEAST_OF_IDLE_US : Math.max(LEAST_US, ANSWERS * Math.max(0, ...this.#answersUs));
  }
}
