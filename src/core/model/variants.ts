import type { LoadProfile } from './loadProfile';
import type { Run, RunWarning } from './run';

/** One server's part in a benchmark of several. */
export interface VariantResult {
  readonly name: string;
  readonly description?: string;
  /** One a round, in the order of the rounds. */
  readonly runs: readonly Run[];
  /** Why it was not measured, or not in every round; null when it was. */
  readonly problem: { readonly code: string; readonly sentence: string } | null;
}

/** One endpoint under the same load on several servers, one after the other. */
export interface VariantsResult {
  readonly schemaVersion: 1;
  readonly kind: 'variants';
  readonly startedAt: string;
  readonly state: 'complete' | 'cancelled';
  /** Of the first server's code: `GET`, `/author/{author_id}`. */
  readonly method: string;
  readonly path: string;
  readonly rounds: number;
  readonly profile: LoadProfile;
  /** In the order in which they were named. */
  readonly variants: readonly VariantResult[];
  readonly warnings: readonly RunWarning[];
}
