import type { AnswerFacts } from '../model/answers';

/** Sizes beyond so many different ones are rounded to three significant digits, so that memory does not grow with a run. */
const EXACT_SIZES = 1_024;
const MAX_TEXTS = 256;
const OTHER = 'other';

/** A tally as plain data, for a thread or process boundary. */
export interface AnswerColumns {
  readonly sizes: readonly (readonly [bytes: number, count: number])[];
  readonly hashes: readonly (readonly [hash: string, count: number])[];
  readonly contentTypes: readonly (readonly [type: string, count: number])[];
  readonly reasons: readonly (readonly [reason: string, count: number])[];
}

/**
 * Counts what answers were like: their sizes, and of a sample their content. Everything is a count under a key, so that
 * the tallies of several threads add up without loss.
 */
export class AnswerTally {
  readonly #sizes = new Map<number, number>();
  readonly #hashes = new Map<string, number>();
  readonly #contentTypes = new Map<string, number>();
  readonly #reasons = new Map<string, number>();
  /** Answers of one size come in a row: their count reaches the map when the size changes. */
  #lastSize = -1;
  #lastCount = 0;

  addSize(bodyBytes: number): void {
    if (bodyBytes === this.#lastSize) {
      this.#lastCount += 1;
      return;
    }
    this.#flush();
    this.#lastSize = bodyBytes;
    this.#lastCount = 1;
  }

  addSample(contentType: string, bodyHash: string): void {
    count(this.#contentTypes, contentType, 1);
    count(this.#hashes, bodyHash, 1);
  }

  addFailedCheck(reason: string): void {
    count(this.#reasons, reason, 1);
  }

  toColumns(): AnswerColumns {
    this.#flush();
    return {
      sizes: [...this.#sizes],
      hashes: [...this.#hashes],
      contentTypes: [...this.#contentTypes],
      reasons: [...this.#reasons],
    };
  }

  /** Adds what `toColumns` of another tally made. */
  addColumns(columns: AnswerColumns): void {
    for (const [bytes, times] of columns.sizes) this.#countSize(bytes, times);
    for (const [hash, times] of columns.hashes) count(this.#hashes, hash, times);
    for (const [type, times] of columns.contentTypes) count(this.#contentTypes, type, times);
    for (const [reason, times] of columns.reasons) count(this.#reasons, reason, times);
  }

  facts(): AnswerFacts {
    this.#flush();
    const sizes = [...this.#sizes].sort(([a], [b]) => a - b);
    return {
      bodyBytes: {
        min: sizes[0]?.[0] ?? 0,
        median: medianOf(sizes),
        max: sizes.at(-1)?.[0] ?? 0,
        distinct: sizes.length,
      },
      sampled: [...this.#hashes.values()].reduce((sum, times) => sum + times, 0),
      contentTypes: mostFrequent(this.#contentTypes, 8).map(([type]) => type),
      bodyHashes: mostFrequent(this.#hashes, 16).map(([hash]) => hash),
      bodiesVary: this.#hashes.size > 1,
      failedChecks: mostFrequent(this.#reasons, 16).map(([reason, times]) => ({ reason, count: times })),
    };
  }

  #flush(): void {
    if (this.#lastCount > 0) this.#countSize(this.#lastSize, this.#lastCount);
    this.#lastCount = 0;
    this.#lastSize = -1;
  }

  #countSize(bytes: number, times: number): void {
    const isKnown = this.#sizes.has(bytes) || this.#sizes.size < EXACT_SIZES;
    const key = isKnown ? bytes : Number(bytes.toPrecision(3));
    this.#sizes.set(key, (this.#sizes.get(key) ?? 0) + times);
  }
}

function count(map: Map<string, number>, key: string, times: number): void {
  const bounded = map.has(key) || map.size < MAX_TEXTS ? key : OTHER;
  map.set(bounded, (map.get(bounded) ?? 0) + times);
}

function medianOf(sizes: readonly (readonly [bytes: number, count: number])[]): number {
  const total = sizes.reduce((sum, [, times]) => sum + times, 0);
  let seen = 0;
  for (const [bytes, times] of sizes) {
    seen += times;
    if (seen * 2 >= total) return bytes;
  }
  return 0;
}

/** Equal counts in the order of their keys, so that two threads' facts do not depend on which came first. */
function mostFrequent(map: ReadonlyMap<string, number>, most: number): (readonly [string, number])[] {
  return [...map].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, most);
}
