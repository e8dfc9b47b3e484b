import type { LoadProfile } from './loadProfile';
import type { RequestTemplate, RequestValues } from './request';
import type { EndpointSnapshot, Run, RunEnvironment, RunState, RunSummary, RunWarning, ServerReport } from './run';

/** What is raised from level to level: connections of a closed loop, or requests per second of an open one. */
export type SweepKind = 'connections' | 'rate';

/** One level of a sweep and what was measured at it. */
export interface SweepPoint {
  readonly level: number;
  readonly state: RunState;
  readonly summary: RunSummary;
  readonly warmup: Run['warmup'];
  readonly generator: { readonly cpuPercent: number; readonly saturated: boolean };
  readonly server: ServerReport | null;
  /** As that of a run. */
  readonly histogram: string;
  readonly warnings: readonly RunWarning[];
}

/**
 * How a knee was found. `flat`: the lowest level already has nearly all of the throughput. `kneedle`: where the curve bends
 * away most from the straight line between its ends (Satopää, Albrecht, Irwin and Raghavan, 2011). `usl`: where the fitted
 * universal scalability law has its peak. `rate-met`: the highest rate that was still answered, every lower one as well.
 */
export type KneeRule = 'flat' | 'kneedle' | 'usl' | 'rate-met';

export interface SweepKnee {
  readonly rule: KneeRule;
  readonly level: number;
  /** Throughput measured at that level, or for `usl` the fitted one. */
  readonly throughputRps: number;
}

/**
 * The universal scalability law (Gunther) fitted to a sweep of connections:
 * X(N) = lambda N / (1 + sigma (N − 1) + kappa N (N − 1)).
 */
export interface ScalabilityFit {
  /** Throughput of one connection. */
  readonly lambda: number;
  /** Share of the work that has to wait its turn, 0 to 1. */
  readonly sigma: number;
  /** Cost of keeping each connection in step with every other. */
  readonly kappa: number;
  /** Where throughput is largest; null when the fit only levels off. */
  readonly peakLevel: number | null;
  /** Root mean square of the relative errors: 0.05 is 5 %. */
  readonly error: number;
}

/** A series of short runs at rising levels. This is the file format and the command line's JSON for `sweep`. */
export interface Sweep {
  readonly schemaVersion: 1;
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** `cancelled` and `broken-off` keep the levels that were measured. */
  readonly state: Exclude<RunState, 'interrupted'>;
  readonly kind: SweepKind;
  readonly endpoint: EndpointSnapshot | null;
  readonly target: Run['target'];
  readonly request: RequestTemplate;
  readonly values: RequestValues | null;
  /** As those of a run. */
  readonly checks?: NonNullable<Run['checks']>;
  readonly feeds?: NonNullable<Run['feeds']>;
  /** Load of the highest level that was planned; the others differ from it in their level only. */
  readonly profile: LoadProfile;
  readonly environment: RunEnvironment;
  /** Every level that was planned, rising. */
  readonly levels: readonly number[];
  readonly points: readonly SweepPoint[];
  /** Null when there is none within the range. */
  readonly knee: SweepKnee | null;
  /** Null for rates, for fewer than four levels, and when the law does not fit. */
  readonly fit: ScalabilityFit | null;
  /** What came out, as one sentence. */
  readonly headline: string;
  readonly details: readonly string[];
  readonly warnings: readonly RunWarning[];
}
