import type { HistogramColumns } from '../stats/histogram';
import type { ComparedArm } from './comparison';
import type { FeedPlan } from './feed';
import type { TransportName } from './loadProfile';
import type { RequestTemplate } from './request';
import type { AnswerChecks } from './answers';

/** One of two servers that are loaded in turn. */
export interface PairSide {
  readonly request: RequestTemplate;
  readonly feeds?: FeedPlan;
  /** Addresses that the target guard let pass; a connection to any other address is refused. */
  readonly allowedAddresses: readonly string[] | null;
  /** The server's process; its CPU and that of everything below it is read at the edges of slices. Null: not read. */
  readonly pid: number | null;
}

/** The same closed load on both sides. */
export interface PairLoad {
  readonly connections: number;
  readonly pipelining: number;
  readonly timeoutMs: number;
  readonly transport: TransportName | 'auto';
  readonly http2: boolean;
  readonly insecureTls: boolean;
}

/** One launch of both servers: warm-up in turn, then `blocks` measured blocks. */
export interface PairPlan {
  readonly sides: Readonly<Record<ComparedArm, PairSide>>;
  readonly load: PairLoad;
  readonly checks?: AnswerChecks;
  readonly warmup: { readonly leastMs: number; readonly leastRequestsPerArm: number; readonly mostMs: number };
  readonly blocks: number;
  /** Four slices a block instead of eight: half the time, for looking at many endpoints. */
  readonly shortBlocks?: boolean;
  /** Of the coin that decides each block's order. */
  readonly seed: number;
}

/** What one side did in one block, its slices together. */
export interface PairArmBlock {
  /** Whole answers within the slices, guards and drains left out. */
  readonly requests: number;
  readonly timeS: number;
  readonly failures: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** Median size of the bodies; null without an answer. */
  readonly bodyBytes: number | null;
  /** CPU seconds of the server for these requests; null when it was not read. */
  readonly cpuS: number | null;
  /** Full stops; null when answers came too rarely to see one. */
  readonly stops: number | null;
  readonly latencies: HistogramColumns;
}

export interface PairBlock {
  readonly before: PairArmBlock;
  readonly after: PairArmBlock;
}

/** Told after every slice. */
export interface PairProgress {
  readonly phase: 'warmup' | 'measure';
  readonly elapsedMs: number;
  /** Whole blocks so far, and as many ln(after / before) of their throughput. */
  readonly logRatios: readonly number[];
  /** Requests a second of the latest slice of each side; 0 before its first. */
  readonly rps: Readonly<Record<ComparedArm, number>>;
}

/** How the round ended. Only whole blocks are kept. */
export interface PairResult {
  readonly state: 'complete' | 'cancelled' | 'broken-off';
  /** The side that gave nothing but failures, when it was broken off. */
  readonly failing: ComparedArm | null;
  /** How many failures of which kind that side gave, as text; empty otherwise. */
  readonly failures: string;
  readonly blocks: readonly PairBlock[];
  /** Requests a second of each slice of the warm-up. */
  readonly warmup: {
    readonly durationMs: number;
    readonly steady: boolean;
    readonly rps: Readonly<Record<ComparedArm, readonly number[]>>;
  };
  readonly sliceMs: number;
  readonly guardMs: number;
  readonly generator: { readonly cpuPercent: number; readonly eventLoopUtilization: number };
}
