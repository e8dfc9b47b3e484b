import type { Comparison } from './comparison';

/** A finished side-by-side session as it is kept: what was said, and what it teaches about launches. */
export interface StoredComparison {
  readonly schemaVersion: 1;
  /** Sorts by time, as that of a run. */
  readonly id: string;
  readonly startedAt: string;
  /** Id of the endpoint, or `method url`. */
  readonly subject: string;
  /** The machine in words: processor, cores, system. What is learned on one holds for no other. */
  readonly machine: string;
  /** The same code was on both sides on purpose. */
  readonly isCalibration: boolean;
  readonly comparison: Comparison;
  /** One for each launch that counts: ln(after / before) of throughput and its standard error. */
  readonly launches: readonly { readonly estimate: number; readonly standardError: number }[];
}
