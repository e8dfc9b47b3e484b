import type { RunWarning } from './run';

/**
 * `faster`, `slower`: the interval excludes "no change" and reaches beyond the margin. `equivalent`: the whole interval
 * lies inside the margin. `inconclusive`: neither can be said with what was measured.
 */
export type Verdict = 'faster' | 'slower' | 'equivalent' | 'inconclusive';

/** `side-by-side`: alternating slices, servers restarted every round. `quick`: the same with one launch of each. `history`: stored runs. */
export type ComparisonKind = 'side-by-side' | 'quick' | 'history';

export type ComparedArm = 'before' | 'after';

export type ComparedMetric = 'throughput' | 'p50' | 'p90' | 'p99' | 'p999' | 'cpuPerRequest';

/** One quantity before and after. Ratios are `after / before`: 1.03 is 3 % more, whether that is good or bad. */
export interface MetricComparison {
  readonly name: ComparedMetric;
  readonly unit: 'requests/s' | 'ms';
  readonly better: 'higher' | 'lower';
  readonly before: number;
  readonly after: number;
  /** Estimate from paired blocks, so it may differ a little from `after / before`. */
  readonly ratio: number;
  /** Bounds of the ratio; null when too little was measured for an interval. */
  readonly low: number | null;
  readonly high: number | null;
  /** How often such an interval holds the true ratio, stopping early included: 0.95. */
  readonly confidence: number;
  readonly verdict: Verdict;
  /** The whole interval lies beyond the margin. */
  readonly clearly: boolean;
  /** Why there is no verdict, or what to keep in mind; a sentence. */
  readonly note: string | null;
}

/** One planned look at the primary metric, after a whole round. */
export interface ComparisonLook {
  /** Rounds that had ended, from 1. */
  readonly rounds: number;
  /** Chance of a wrong "changed" that this look may spend. */
  readonly alpha: number;
  readonly ratio: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: Verdict;
}

/** One launch of both servers, for drawing: a dot per block. Ratios of the primary metric's blocks, `after / before`. */
export interface ComparedRound {
  readonly ratio: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly blocks: readonly number[];
  /** Blocks at the start that were left out of the estimate because the servers were still warming up. */
  readonly droppedBlocks: number;
}

export type NoiseGrade = 'quiet' | 'normal' | 'noisy' | 'hostile';

/** How much the machine scattered, from the blocks of the session. */
export interface MachineNoise {
  readonly grade: NoiseGrade;
  /** Robust standard deviation of one block's ratio, 0.01 is 1 %. */
  readonly spread: number;
}

/** Full stops of a server that lasted 100 ms or longer. */
export interface StopCount {
  readonly before: number;
  readonly after: number;
  /** The side that stops more often than chance allows. */
  readonly worse: ComparedArm | null;
}

/** Two sets of measurements and what can be said about the change. This is the command line's JSON for `compare`. */
export interface Comparison {
  readonly schemaVersion: 1;
  readonly kind: ComparisonKind;
  readonly labels: { readonly before: string; readonly after: string };
  readonly verdict: Verdict;
  /** The whole interval of the primary metric lies beyond the margin. */
  readonly clearly: boolean;
  /** The verdict as a sentence, without a full stop. */
  readonly headline: string;
  /** What a reader should know next, as whole sentences. */
  readonly details: readonly string[];
  /** The one metric that decides. */
  readonly primary: ComparedMetric;
  /** Changes smaller than this do not matter: 0.03 is 3 %. */
  readonly margin: number;
  readonly metrics: readonly MetricComparison[];
  /** Smallest change that a full session here finds four times in five: 0.02 is 2 %. Null when it cannot be estimated. */
  readonly smallestDetectable: number | null;
  /** Seconds of further measuring, restarts included, after which a decision is likely; null when decided or out of reach. */
  readonly secondsNeeded: number | null;
  /** What makes speeds incomparable (failures, other answers, another machine); it replaces the verdict. */
  readonly blocker: RunWarning | null;
  /** Slower, or failing more: what a pipeline should stop for. */
  readonly regression: boolean;
  readonly stops: StopCount | null;
  readonly noise: MachineNoise | null;
  readonly rounds: readonly ComparedRound[];
  readonly looks: readonly ComparisonLook[];
  /** Seconds of load behind the numbers, both sides together. */
  readonly measuredS: number;
  readonly warnings: readonly RunWarning[];
}
