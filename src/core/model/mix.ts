import type { AnswerChecks, AnswerFacts } from './answers';
import type { FeedPlan, FeedReport } from './feed';
import type { RequestTemplate, RequestValues } from './request';
import type { EndpointSnapshot, ErrorKind, LatencySummary } from './run';

/** One request of a mix. Example: weight 3 among weights 3, 1 and 1 is sent three times in five. */
export interface PlannedMixRequest {
  /** As a person knows it. Example: "GET /author/{id}". */
  readonly name: string;
  /** Above 0; only its proportion to the others counts. */
  readonly weight: number;
  readonly request: RequestTemplate;
  readonly feeds?: FeedPlan;
  readonly checks?: AnswerChecks;
}

/**
 * Several requests to one server as one load: each request that goes out is drawn by weight. The same seed draws the same
 * sequence in each thread, whatever the answers.
 */
export interface MixPlan {
  readonly requests: readonly PlannedMixRequest[];
  readonly seed: number;
  /** Which thread of how many; each draws numbers of its own. */
  readonly share?: { readonly index: number; readonly count: number };
}

/** What came back for one request of a mix; answers, failures and bytes of all of them add up to those of the run. */
export interface MixResult {
  /** From the start of the run to its end, warm-up included; of all together, `sent` of the run's accounting. */
  readonly sent: number;
  /** Answers received whole within the measured phase. */
  readonly requests: number;
  readonly throughputRps: number;
  readonly latencyMs: LatencySummary;
  /** Open loop only: latency from the due time. */
  readonly correctedLatencyMs?: LatencySummary;
  readonly statuses: Readonly<Record<string, number>>;
  readonly errors: Readonly<Partial<Record<ErrorKind, number>>>;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly answers: AnswerFacts;
  /** As that of the run; the empty string in a run whose load generator died. */
  readonly histogram: string;
}

/** One endpoint of a run that loaded several: what was sent, and what came back. */
export interface MixEndpoint extends MixResult {
  readonly name: string;
  readonly weight: number;
  readonly endpoint: EndpointSnapshot | null;
  readonly request: RequestTemplate;
  readonly values: RequestValues | null;
  readonly feeds?: readonly FeedReport[];
  readonly checks?: AnswerChecks;
}

/** What a run that loaded several endpoints at once tells of each. */
export interface MixReport {
  /** Of the mix in the team file; null for one that was put together for this run. */
  readonly name: string | null;
  readonly seed: number;
  readonly endpoints: readonly MixEndpoint[];
}
