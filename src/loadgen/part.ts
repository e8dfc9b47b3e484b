import type { PartReport } from '../protocol/loadPart';

/** One thread's share of a load, in this thread or in another one. Times are microseconds of `nowUs`. */
export interface Part {
  /** Opens the connections; rejects with a UserError when the plan cannot be run. */
  open(): Promise<void>;
  /** Begins load that is not measured, at `startUs`, which may lie ahead; its rows have negative times, up to 0 after `maxMs`. */
  warmUp(startUs: number, maxMs: number): void;
  /** Begins the measured phase at `startUs`, which may lie ahead; `spins` as in the setup. */
  measure(startUs: number, spins: boolean): void;
  /** Moves the end of the measured phase to `endUs`. */
  drain(endUs: number): void;
  /** Sends nothing more and is settled when nothing is in flight. */
  retire(): void;
  /** Rejects when the part is dead. */
  poll(withHistograms: boolean): Promise<PartReport>;
  /** Ends the measured phase at `endUs` unless it has ended, closes everything at once and answers with the last report. */
  finish(endUs: number): Promise<PartReport>;
}

/** What a part says by itself. */
export interface PartEvents {
  /** Every connection is open, or has been tried. */
  ready(): void;
  /** Nothing more will come; `endUs` is when its measured phase ended. */
  settled(endUs: number): void;
}
