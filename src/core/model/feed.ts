/** A feed as a person writes it. Example: `{ name: 'id', spec: 'GET /author $[*].id' }`. */
export interface FeedSetting {
  readonly name: string;
  readonly spec: string;
}

/** Values that are ready to be sent. A random feed has no end and no order. */
export type FeedValues =
  | { readonly kind: 'list'; readonly values: readonly string[] }
  /** Whole numbers, both ends included. */
  | { readonly kind: 'range'; readonly from: number; readonly to: number }
  | { readonly kind: 'random'; readonly form: 'uuid' }
  | { readonly kind: 'random'; readonly form: 'hex'; readonly digits: number }
  | { readonly kind: 'random'; readonly form: 'int'; readonly from: number; readonly to: number };

export interface PlannedFeed {
  /** Stands in the request as `{name}`. */
  readonly name: string;
  /** Where the values came from, in words. Example: "GET /author $[*].id". */
  readonly source: string;
  readonly values: FeedValues;
}

/**
 * What is different from request to request. All feeds move on together, one row per request, so that columns of one file
 * stay together; each begins again after its last value.
 */
export interface FeedPlan {
  readonly feeds: readonly PlannedFeed[];
  readonly order: 'cycle' | 'random';
  readonly seed: number;
  /** The rows of one thread: `index`, `index + count`, …, so that all threads together send every row once. */
  readonly share?: { readonly index: number; readonly count: number };
}

/** What a run tells of a feed. */
export interface FeedReport {
  readonly name: string;
  readonly source: string;
  /** Null for random values. */
  readonly count: number | null;
  readonly order: FeedPlan['order'];
}
