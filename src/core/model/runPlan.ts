import type { AnswerChecks, AnswerFacts } from './answers';
import type { FeedPlan } from './feed';
import type { LoadProfile } from './loadProfile';
import type { MixPlan, MixResult } from './mix';
import type { RequestTemplate } from './request';
import type {
  ErrorKind,
  GeneratorReport,
  PrecisionReport,
  RunAccounting,
  RunSeries,
  RunState,
  RunSummary,
  RunWarning,
  StageResult,
  UsageSeries,
} from './run';

/** What crosses into the load generator: nothing in it names an endpoint, a workspace or an editor. */
export interface RunPlan {
  readonly request: RequestTemplate;
  readonly profile: LoadProfile;
  /** Addresses that the target guard let pass; a connection to any other address is refused by the generator. */
  readonly allowedAddresses: readonly string[] | null;
  readonly checks?: AnswerChecks;
  /** URL of a proxy to go through, user and password included; in no run file. */
  readonly proxy?: string;
  /** `{name}` in the request's path, query, headers and body stands for the next value of the feed of that name. */
  readonly feeds?: FeedPlan;
  /** Several requests in the place of `request`, which is then the first of them; feeds and checks are then those of each. */
  readonly mix?: MixPlan;
}

export type RunPhase = 'connect' | 'warmup' | 'measure' | 'drain';

/** Progress, at most ten a second. `rows` are the intervals that ended since the last snapshot. */
export interface Snapshot {
  readonly phase: RunPhase;
  /** Milliseconds since the phase began. */
  readonly elapsedMs: number;
  /** Of the measured phase, from 0 to 1; null before it and when it cannot be known. */
  readonly progress: number | null;
  readonly requests: number;
  readonly errors: Readonly<Partial<Record<ErrorKind, number>>>;
  readonly rows: RunSeries;
  /** The load generator's own state since the last snapshot: percent of one core, busy share of its busiest loop (0 to 1). */
  readonly generator?: { readonly cpuPercent: number; readonly eventLoopUtilization: number; readonly rssMB: number };
  /** Samples of the processes since the last snapshot; added by the host, which is where they are watched. */
  readonly usage?: UsageSeries;
}

/** How a run ended, as the load generator knows it; the host adds endpoint, environment and server state. */
export interface LoadResult {
  readonly state: RunState;
  readonly startedAtMs: number;
  readonly summary: RunSummary;
  readonly accounting: RunAccounting;
  readonly warmup: { readonly durationMs: number; readonly steady: boolean | null };
  readonly generator: GeneratorReport;
  readonly series: RunSeries;
  readonly histogram: string;
  /** Only where the load has stages. */
  readonly stages?: readonly StageResult[];
  /** Only where the run was to end by precision. */
  readonly precision?: PrecisionReport;
  readonly answers?: AnswerFacts;
  /** Only of a mix: its requests, in the order of the plan. */
  readonly mix?: readonly MixResult[];
  readonly warnings: readonly RunWarning[];
}
