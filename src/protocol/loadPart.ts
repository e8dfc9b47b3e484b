import type { TransportName } from '../core/model/loadProfile';
import type { ErrorKind, RunAccounting } from '../core/model/run';
import type { RunPlan } from '../core/model/runPlan';
import type { MixTally } from '../core/plan/mixTally';
import type { StageTally } from '../core/plan/stageTally';
import type { AnswerColumns } from '../core/stats/answerTally';
import type { HistogramColumns } from '../core/stats/histogram';

/** What one thread of the load generator is given: its share of the plan. Times are microseconds of `nowUs`, which all threads share. */
export interface PartSetup {
  readonly plan: RunPlan;
  /** The IP address to load. */
  readonly address: string;
  /** Open loop: wait for the last moment in a loop that takes a core; the measured phase may do otherwise. */
  readonly spins: boolean;
}

/** Everything that a part has counted; the parts of a run add up number by number. */
export interface PartCounts {
  readonly accounting: RunAccounting;
  readonly statuses: Readonly<Record<string, number>>;
  readonly errors: Readonly<Partial<Record<ErrorKind, number>>>;
  readonly warmupErrors: Readonly<Partial<Record<ErrorKind, number>>>;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly connectionsOpened: number;
  /** Open loop: due requests that were never sent. */
  readonly unsent: number;
}

/** Latencies by what they are of, microseconds. */
export interface PartHistograms {
  readonly corrected: HistogramColumns;
  readonly lateness: HistogramColumns;
  readonly firstByte: HistogramColumns;
  readonly connect: HistogramColumns;
}

/** One interval of a part. */
export interface PartRow {
  readonly tMs: number;
  readonly requests: number;
  readonly errors: number;
  readonly bytesRead: number;
  readonly latencies: HistogramColumns;
}

export interface PartRows {
  readonly intervalMs: number;
  readonly rows: readonly PartRow[];
}

/** A part up to one moment. What is measured in `counts` is in all its rows and in `current` together. */
export interface PartReport {
  readonly transport: TransportName;
  readonly counts: PartCounts;
  /** Lanes that the load uses at this moment. */
  readonly lanesInUse: number;
  /** Only when asked for: they cost time to make. */
  readonly histograms: PartHistograms | null;
  /** The intervals that ended since the last report. */
  readonly warmupRows: PartRows;
  readonly measuredRows: PartRows;
  /** The measured interval under way; null before the measured phase. */
  readonly current: PartRow | null;
  /** Only where the load has stages, and only when asked for. */
  readonly stages: readonly StageTally[] | null;
  /** What answers were like; only when asked for. */
  readonly answers: AnswerColumns | null;
  /** Only of a mix, and only when asked for: its requests, in the order of the plan. */
  readonly mix: readonly MixTally[] | null;
  readonly load: {
    /** CPU of the whole process in percent of one core, and this thread's busy share, since the phase began. */
    readonly cpuPercent: number;
    readonly eventLoopUtilization: number;
    /** Share of that time in which this thread wanted a core and had none, 0 to 1; null where the system does not tell. */
    readonly waited: number | null;
    /** The same since the last report. */
    readonly recentCpuPercent: number;
    readonly recentUtilization: number;
    /** Open loop: how far sending is behind although a connection is free. */
    readonly behindUs: number;
  };
}

/** What the thread that leads a run says to one that sends load. */
export type LeadToPart = {
  /** Opens the connections. Fails when the plan cannot be run. */
  'part/open': { params: PartSetup; result: void };
  /** Load that is not measured, `maxMs` at most; its rows have negative times, up to 0 then. */
  'part/warmup': { params: { readonly startUs: number; readonly maxMs: number }; result: void };
  'part/measure': { params: { readonly startUs: number; readonly spins: boolean }; result: void };
  /** Moves the end of the measured phase to `endUs`. */
  'part/drain': { params: { readonly endUs: number }; result: void };
  /** Sends nothing more; `part/settled` comes when nothing is in flight. */
  'part/retire': { params: null; result: void };
  'part/poll': { params: { readonly withHistograms: boolean }; result: PartReport };
  /** Ends the measured phase at `endUs` unless it has ended, closes everything at once and answers with the last report. */
  'part/finish': { params: { readonly endUs: number }; result: PartReport };
};

export type PartToLead = {
  /** Every connection is open, or has been tried. */
  'part/ready': { params: null; result: void };
  /** Nothing more will come: `endUs` is when this part's measured phase ended. */
  'part/settled': { params: { readonly endUs: number }; result: void };
};
