/**
 * What the measured answers were like, so that two runs can be held against each other: did they do the same work? Sizes
 * are those of every answer; content is looked at in a sample (the first answers, ever fewer, then one in 1,024).
 */
export interface AnswerFacts {
  /** Sizes of the bodies as they came, without chunk framing; exact up to 1,024 different sizes, then to three digits. */
  readonly bodyBytes: {
    readonly min: number;
    readonly median: number;
    readonly max: number;
    readonly distinct: number;
  };
  /** Answers whose content was looked at. */
  readonly sampled: number;
  /** Content types in the sample, the most frequent first, at most 8; the empty string where there was none. */
  readonly contentTypes: readonly string[];
  /** SHA-256 (hex) of the sampled bodies, the most frequent first, at most 16. Of a longer body, of its first MiB. */
  readonly bodyHashes: readonly string[];
  /** Not every sampled body was the same. */
  readonly bodiesVary: boolean;
  /** Why answers failed the checks, the most frequent first, at most 16. Empty without checks. */
  readonly failedChecks: readonly { readonly reason: string; readonly count: number }[];
}

/** What an answer must be like to count as one; every part that is given must hold. An answer that fails is an error `check`. */
export interface AnswerChecks {
  /** Statuses that are right, both ends included. Example: 2xx is `{ from: 200, to: 299 }`. */
  readonly statuses?: readonly { readonly from: number; readonly to: number }[];
  readonly bodyBytes?: number;
  /** SHA-256 of the body, 64 lower-case hex digits, or its first digits. */
  readonly bodyHash?: string;
  /** Texts that must stand in the body (compared as UTF-8 bytes). */
  readonly bodyContains?: readonly string[];
  /** JSONPath (RFC 9535) and what it must find: one value equal to this JSON, or, with null, anything at all. */
  readonly json?: readonly { readonly path: string; readonly equals: string | null }[];
}
