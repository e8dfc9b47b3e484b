import type { Comparison, Verdict } from './comparison';
import type { RunWarning } from './run';

/** One of several endpoints that were compared in the same launches. */
export interface ComparedEndpoint {
  readonly id: string;
  /** `GET /author/{id}`. */
  readonly label: string;
  /** What holds among all the endpoints; `comparison.verdict` is what this one would get alone. */
  readonly verdict: Verdict;
  readonly comparison: Comparison;
}

/** Which of many endpoints changed. This is the command line's JSON for `compare` with several routes. */
export interface ManyComparison {
  readonly schemaVersion: 1;
  readonly kind: 'many';
  readonly labels: Comparison['labels'];
  readonly margin: number;
  /** Failures and different answers first, then slower, faster, the same, cannot tell. */
  readonly endpoints: readonly ComparedEndpoint[];
  /** Endpoints that were not compared, and why, as a sentence. */
  readonly skipped: readonly { readonly label: string; readonly reason: string }[];
  /** What came out, as a sentence without a full stop. */
  readonly headline: string;
  /** One is slower, or fails more. */
  readonly regression: boolean;
  /** Launches of each side. */
  readonly launches: number;
  /** Seconds of load behind the numbers. */
  readonly measuredS: number;
  readonly warnings: readonly RunWarning[];
}

/** A comparison of many endpoints as it is kept. */
export interface StoredMany {
  readonly schemaVersion: 1;
  readonly id: string;
  readonly startedAt: string;
  /** `cancelled`: of the whole launches until a person stopped it. */
  readonly state: 'complete' | 'cancelled';
  readonly comparison: ManyComparison;
}
