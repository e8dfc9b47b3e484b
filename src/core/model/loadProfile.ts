/**
 * A stretch of the measured phase in which the load goes in a straight line from one level to another; the same twice for a
 * step. The level is connections in a closed loop and requests per second in an open one.
 */
export interface LoadStage {
  readonly durationMs: number;
  readonly from: number;
  readonly to: number;
}

/** Closed loop: each connection has `pipelining` requests in flight and sends the next when one is answered. */
export interface ClosedLoad {
  readonly kind: 'closed';
  /** With stages, the most that any of them reaches. */
  readonly connections: number;
  readonly pipelining: number;
  /** Connections over time; together as long as the run. */
  readonly stages?: readonly LoadStage[];
}

/** Open loop: requests are due at a rate whatever the server does; latency counts from the due time. */
export interface OpenLoad {
  readonly kind: 'open';
  /** With stages, the most that any of them reaches. */
  readonly ratePerS: number;
  readonly arrivals: 'constant' | 'poisson';
  readonly maxConnections: number;
  /** Rate over time; together as long as the run. */
  readonly stages?: readonly LoadStage[];
  /** Where in its gap a constant arrival falls, 0 to 1; one half without it. Set in shares, so that threads take turns. */
  readonly offset?: number;
}

export type LoadModel = ClosedLoad | OpenLoad;

/** What is estimated, and how closely: the 95 % interval reaches so far to either side, as a share of the value. */
export interface PrecisionRule {
  readonly metric: 'throughput' | 'p50' | 'p99';
  /** Above 0, below 1. Example: 0.02. */
  readonly halfWidth: number;
  /** The measured phase lasts at least so long. */
  readonly minMs: number;
}

/** A run ends at whichever comes first; a duration, which then bounds the others, or a number of requests is set. */
export interface StopRule {
  readonly durationMs: number | null;
  readonly requests: number | null;
  readonly precision?: PrecisionRule;
}

/** Load before measuring, never in the numbers. `auto` ends when throughput and latency are steady, at `maxMs` at the latest. */
export type Warmup =
  | { readonly kind: 'none' }
  | { readonly kind: 'fixed'; readonly durationMs: number }
  | { readonly kind: 'auto'; readonly maxMs: number };

export type TransportName = 'socket' | 'undici';

/** How hard, how long and by what means a server is loaded. */
export interface LoadProfile {
  readonly model: LoadModel;
  readonly stop: StopRule;
  readonly warmup: Warmup;
  /** A request without a whole answer by then counts as error `timeout`, and its connection is closed. */
  readonly timeoutMs: number;
  readonly transport: TransportName | 'auto';
  readonly threads: number | 'auto';
  readonly http2: boolean;
  /** Accept a TLS certificate that cannot be verified. */
  readonly insecureTls: boolean;
}
