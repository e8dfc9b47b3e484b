/** With fewer lanes there is little to gather, and the turn of the loop that it takes is felt. */
const LEAST_LANES = 8;

/** Whoever has something to write. */
export interface Writer {
  flush(): void;
}

/**
 * Gathers the requests that follow answers and writes them when everything that came in one turn of the loop has been read.
 * A request in flight then waits for no work of the generator on other lanes, so that this is not taken for the server's time;
 * and a server that is the limit gets many requests at once, as it does from wrk, and need not fall asleep between them.
 */
export class WriteBatch {
  readonly #isOn: boolean;
  #writers: Writer[] = [];

  constructor(lanes: number) {
    this.#isOn = lanes >= LEAST_LANES;
  }

  /** Calls `flush` at the end of this turn, or at once where that is better. */
  add(writer: Writer): void {
    if (!this.#isOn) {
      writer.flush();
      return;
    }
    if (this.#writers.length === 0) setImmediate(this.#flush);
    this.#writers.push(writer);
  }

  readonly #flush = (): void => {
    for (const writer of this.#writers) writer.flush();
    this.#writers.length = 0;
  };
}
