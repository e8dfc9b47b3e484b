import type * as HdrHistogram from 'hdr-histogram-js';
import { UserError } from '../../util/errors';

/** The longest latency that is told apart, one hour in microseconds; anything longer counts as this. */
export const MAX_LATENCY_US = 3_600_000_000;

/** HdrHistogram's layout for three significant digits: single units up to 2047, then 1024 steps per power of two. */
const SUB_BUCKET_HALF_MAGNITUDE = 10;
const SUB_BUCKET_HALF = 1 << SUB_BUCKET_HALF_MAGNITUDE;
const COUNTS_LENGTH = indexOf(MAX_LATENCY_US) + 1;

/** A range of equivalent values and how many were recorded in it; both ends belong to it. Microseconds. */
export interface HistogramBucket {
  readonly lowUs: number;
  readonly highUs: number;
  readonly count: number;
}

/** A histogram as plain columns, for a thread or process boundary: cheap to make, nothing is lost. */
export interface HistogramColumns {
  readonly indexes: Uint32Array;
  readonly counts: Float64Array;
  readonly sumUs: number;
  readonly minUs: number;
  readonly maxUs: number;
}

/**
 * Latencies in integer microseconds from 1 µs to one hour with three significant digits, in the layout of HdrHistogram,
 * so that histograms of several threads, intervals or runs add up without loss. Smallest, largest and sum are kept
 * exactly while recording; a decoded histogram knows them to three digits.
 */
export class LatencyHistogram {
  readonly #counts = new Float64Array(COUNTS_LENGTH);
  #count = 0;
  #sumUs = 0;
  #minUs = Infinity;
  #maxUs = 0;

  get count(): number {
    return this.#count;
  }

  /** 0 when nothing was recorded. */
  get minUs(): number {
    return this.#count === 0 ? 0 : this.#minUs;
  }

  get maxUs(): number {
    return this.#maxUs;
  }

  get meanUs(): number {
    return this.#count === 0 ? 0 : this.#sumUs / this.#count;
  }

  /** Standard deviation of all values recorded (not of a sample), each taken at the middle of its bucket. */
  get stdevUs(): number {
    if (this.#count === 0) return 0;
    const mean = this.meanUs;
    let squares = 0;
    for (const { lowUs, highUs, count } of this.buckets()) squares += count * ((lowUs + highUs) / 2 - mean) ** 2;
    return Math.sqrt(squares / this.#count);
  }

  /** Rounds to whole microseconds; what is below 1 µs counts as 1 µs. */
  record(us: number): void {
    this.recordMany(us, 1);
  }

  /** Records the same value `times` times. */
  recordMany(us: number, times: number): void {
    const value = us < 1 ? 1 : us > MAX_LATENCY_US ? MAX_LATENCY_US : Math.round(us);
    const index = indexOf(value);
    this.#counts[index] = (this.#counts[index] ?? 0) + times;
    this.#count += times;
    this.#sumUs += value * times;
    if (value < this.#minUs) this.#minUs = value;
    if (value > this.#maxUs) this.#maxUs = value;
  }

  /** Adds every value of `other`, exactly. */
  add(other: LatencyHistogram): void {
    if (other.#count === 0) return;
    const last = indexOf(other.#maxUs);
    for (let index = indexOf(other.#minUs); index <= last; index++) {
      const count = other.#counts[index] ?? 0;
      if (count !== 0) this.#counts[index] = (this.#counts[index] ?? 0) + count;
    }
    this.#count += other.#count;
    this.#sumUs += other.#sumUs;
    this.#minUs = Math.min(this.#minUs, other.#minUs);
    this.#maxUs = Math.max(this.#maxUs, other.#maxUs);
  }

  reset(): void {
    if (this.#count === 0) return;
    this.#counts.fill(0, indexOf(this.#minUs), indexOf(this.#maxUs) + 1);
    this.#count = 0;
    this.#sumUs = 0;
    this.#minUs = Infinity;
    this.#maxUs = 0;
  }

  /**
   * The value that `percentile` (0 to 100) of all recorded values do not exceed: the top of its bucket, as HdrHistogram
   * defines it, but never beyond the largest value recorded. 0 when nothing was recorded.
   */
  percentileUs(percentile: number): number {
    if (this.#count === 0) return 0;
    if (percentile <= 0) return this.#minUs;
    // A product such as 0.999 * 1000 may land a hair above the whole number that it means.
    const rank = Math.max(1, Math.ceil((percentile / 100) * this.#count * (1 - 4 * Number.EPSILON)));
    let seen = 0;
    const last = indexOf(this.#maxUs);
    for (let index = indexOf(this.#minUs); index <= last; index++) {
      seen += this.#counts[index] ?? 0;
      if (seen >= rank) return Math.min(highOf(index), this.#maxUs);
    }
    return this.#maxUs;
  }

  /** The buckets that hold something, from the fastest to the slowest. */
  *buckets(): Generator<HistogramBucket> {
    if (this.#count === 0) return;
    const last = indexOf(this.#maxUs);
    for (let index = indexOf(this.#minUs); index <= last; index++) {
      const count = this.#counts[index] ?? 0;
      if (count > 0) yield { lowUs: lowOf(index), highUs: highOf(index), count };
    }
  }

  toColumns(): HistogramColumns {
    const last = this.#count === 0 ? -1 : indexOf(this.#maxUs);
    const indexes: number[] = [];
    for (let index = this.#count === 0 ? 0 : indexOf(this.#minUs); index <= last; index++) {
      if ((this.#counts[index] ?? 0) > 0) indexes.push(index);
    }
    return {
      indexes: Uint32Array.from(indexes),
      counts: Float64Array.from(indexes, (index) => this.#counts[index] ?? 0),
      sumUs: this.#sumUs,
      minUs: this.#minUs,
      maxUs: this.#maxUs,
    };
  }

  /** Adds what `toColumns` of another histogram made. */
  addColumns(columns: HistogramColumns): void {
    columns.indexes.forEach((index, position) => {
      const count = columns.counts[position] ?? 0;
      this.#counts[index] = (this.#counts[index] ?? 0) + count;
      this.#count += count;
    });
    this.#sumUs += columns.sumUs;
    this.#minUs = Math.min(this.#minUs, columns.minUs);
    this.#maxUs = Math.max(this.#maxUs, columns.maxUs);
  }

  /** HdrHistogram V2, compressed, base64: what HdrHistogram's own tools read. Empty string when nothing was recorded. */
  encode(): string {
    return this.#count === 0 ? '' : loadLibrary().encodeIntoCompressedBase64(toLibrary(this));
  }
}

/**
 * The lines of a `.hgrm` file as HdrHistogram prints them, of a histogram as `encode` wrote it; `unitUs` microseconds are one.
 * Raises `bad-histogram` like `decodeHistogram`.
 */
export function percentileDistribution(base64: string, unitUs: number): string {
  return toLibrary(decodeHistogram(base64)).outputPercentileDistribution(5, unitUs);
}

function toLibrary(histogram: LatencyHistogram): ReturnType<typeof HdrHistogram.build> {
  const library = loadLibrary().build({
    bitBucketSize: 64,
    autoResize: false,
    lowestDiscernibleValue: 1,
    highestTrackableValue: MAX_LATENCY_US,
    numberOfSignificantValueDigits: 3,
    useWebAssembly: false,
  });
  for (const { lowUs, count } of histogram.buckets()) library.recordValueWithCount(lowUs, count);
  return library;
}

/**
 * Reads what `LatencyHistogram.encode` wrote, or any HdrHistogram V2 compressed base64 of microseconds. The empty string
 * is an empty histogram. Raises `bad-histogram` for anything else.
 */
export function decodeHistogram(base64: string): LatencyHistogram {
  const histogram = new LatencyHistogram();
  if (base64 === '') return histogram;
  try {
    const library = loadLibrary().decodeFromCompressedBase64(base64, 64, false);
    for (const { valueUs, count } of recordedValues(library)) histogram.recordMany(valueUs, count);
  } catch (cause) {
    throw new UserError('bad-histogram', 'The stored latency histogram is damaged and cannot be read; run again.', {
      cause,
    });
  }
  return histogram;
}

function* recordedValues(
  library: ReturnType<typeof HdrHistogram.decodeFromCompressedBase64>,
): Generator<{ valueUs: number; count: number }> {
  // The library's iterator is not part of its typings; its textual distribution is slower and rounds.
  const source = library as unknown as {
    readonly recordedValuesIterator: {
      reset(): void;
      hasNext(): boolean;
      next(): { valueIteratedTo: number; countAddedInThisIterationStep: number };
    };
    medianEquivalentValue(value: number): number;
  };
  source.recordedValuesIterator.reset();
  while (source.recordedValuesIterator.hasNext()) {
    const { valueIteratedTo, countAddedInThisIterationStep } = source.recordedValuesIterator.next();
    yield { valueUs: source.medianEquivalentValue(valueIteratedTo), count: countAddedInThisIterationStep };
  }
}

/** The library makes number formats for logs when it starts, which takes as long as the start of a run; recording needs none of it. */
function loadLibrary(): typeof HdrHistogram {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- An import() could not be waited for where it is needed.
  return require('hdr-histogram-js') as typeof HdrHistogram;
}

function indexOf(value: number): number {
  const bucket = Math.max(0, 31 - SUB_BUCKET_HALF_MAGNITUDE - Math.clz32(value));
  return (bucket << SUB_BUCKET_HALF_MAGNITUDE) + (value >>> bucket);
}

function lowOf(index: number): number {
  const bucket = Math.max(0, (index >>> SUB_BUCKET_HALF_MAGNITUDE) - 1);
  return (index - bucket * SUB_BUCKET_HALF) * 2 ** bucket;
}

function highOf(index: number): number {
  return lowOf(index + 1) - 1;
}
