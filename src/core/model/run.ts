import type { AnswerChecks, AnswerFacts } from './answers';
import type { EndpointMethod } from './endpoint';
import type { FeedReport } from './feed';
import type { LoadProfile, TransportName } from './loadProfile';
import type { MixReport } from './mix';
import type { RequestTemplate, RequestValues } from './request';

/** Kinds of failure. A failure is counted, never a latency. */
export type ErrorKind =
  | 'refused' // ECONNREFUSED
  | 'reset' // ECONNRESET, EPIPE, or closed in the middle of an answer
  | 'timeout' // no whole answer in time
  | 'dns' // the name does not resolve
  | 'tls' // handshake or certificate
  | 'malformed' // an answer that is not HTTP
  | 'ports' // EADDRNOTAVAIL: no free local port
  | 'descriptors' // EMFILE, ENFILE
  | 'unreachable' // EHOSTUNREACH, ENETUNREACH
  | 'check' // a whole answer that is not the one that was expected
  | 'other';

/**
 * `complete`: ended by its own stop rule. `cancelled`: a person stopped it. `broken-off`: stopped because nearly every
 * answer failed. `interrupted`: the load generator died; what it had reported is kept.
 */
export type RunState = 'complete' | 'cancelled' | 'broken-off' | 'interrupted';

/** Milliseconds with microsecond resolution. All zero when nothing was measured. */
export interface LatencySummary {
  readonly min: number;
  readonly mean: number;
  readonly stdev: number;
  readonly p50: number;
  readonly p75: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
  readonly p9999: number;
  readonly max: number;
}

/** The fields of a `LatencySummary` in the order in which tables show them. */
export const LATENCY_KEYS = [
  'min',
  'mean',
  'stdev',
  'p50',
  'p75',
  'p90',
  'p95',
  'p99',
  'p999',
  'p9999',
  'max',
] as const;

/** The measured phase in numbers. */
export interface RunSummary {
  /** Answers received whole within the measured phase, whatever their status. */
  readonly requests: number;
  readonly durationS: number;
  /** `requests / durationS`. */
  readonly throughputRps: number;
  readonly latencyMs: LatencySummary;
  /** Open loop only: latency from the due time. */
  readonly correctedLatencyMs?: LatencySummary;
  /** Time to the first byte of the answer's head, from where `latencyMs` counts. Missing in runs of older versions. */
  readonly ttfbMs?: LatencySummary;
  /** Time to open a connection, TCP and TLS together, for every one of `connectionsOpened`. Missing in runs of older versions. */
  readonly connectMs?: LatencySummary;
  /** Status code to answers. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly errors: Readonly<Partial<Record<ErrorKind, number>>>;
  /** Bytes of the answers (head and body) as they came over the connection; TLS records and HTTP/2 framing not counted. */
  readonly bytesRead: number;
  readonly bytesWritten: number;
  /** Connections opened from the start of the run to its end, warm-up included. */
  readonly connectionsOpened: number;
}

/** What came back while one stage lasted. The answers and latencies of all stages add up to those of the run. */
export interface StageResult {
  /** Since the measured phase began. */
  readonly startMs: number;
  /** Shorter than planned when the run ended within it; stages that were not reached are left out. */
  readonly durationMs: number;
  /** Connections, or requests per second in an open loop. */
  readonly from: number;
  readonly to: number;
  readonly requests: number;
  readonly throughputRps: number;
  readonly latencyMs: LatencySummary;
  /** Open loop only: latency from the due time. */
  readonly correctedLatencyMs?: LatencySummary;
  readonly errors: Readonly<Partial<Record<ErrorKind, number>>>;
  /** Open loop only: requests that were due in the stage, and how many of them were sent, however late. */
  readonly due?: number;
  readonly sent?: number;
  /** As that of the run. */
  readonly histogram: string;
}

/**
 * Where every request of the run went: `sent = warmup + measured + drained + failed + aborted`. A server that counts what
 * it read agrees with `sent`; one that counts what it answered agrees with `warmup + measured + drained`, give or take
 * answers that a failing connection lost.
 */
export interface RunAccounting {
  readonly sent: number;
  readonly warmup: number;
  readonly measured: number;
  /** Answered after the measured phase had ended. */
  readonly drained: number;
  readonly failed: number;
  /** In flight when the run was told to stop, connection closed by us. */
  readonly aborted: number;
}

/** One column per quantity, one row per interval of the measured phase; all columns have the same length. */
export interface RunSeries {
  readonly intervalMs: number;
  /** Start of the interval, milliseconds since the measured phase began; negative in warm-up. */
  readonly tMs: readonly number[];
  readonly requests: readonly number[];
  readonly errors: readonly number[];
  /** 0 in an interval without answers. */
  readonly p50Ms: readonly number[];
  readonly p99Ms: readonly number[];
  readonly bytesRead: readonly number[];
}

/**
 * Why load came from so many threads. `asked`: as asked for. `enough`: one kept up. `saturated`: one did not keep up in the
 * warm-up and cores were idle. `no-core`: one did not keep up and no core was idle. `connections`: each thread needs a
 * connection of its own. `no-warmup`: there was no time to find out.
 */
export type ThreadsReason = 'asked' | 'enough' | 'saturated' | 'no-core' | 'connections' | 'no-warmup';

/**
 * Why load went over this transport. `asked`: as asked for. `http1`: bare sockets are the choice for HTTP/1.1. `http2`, `proxy`:
 * bare sockets know neither.
 */
export type TransportReason = 'asked' | 'http1' | 'http2' | 'proxy';

export interface GeneratorReport {
  /** CPU of the load-generating process over the measured phase, percent of one core. */
  readonly cpuPercent: number;
  /** Largest share of time that an event loop of the generator was busy, 0 to 1 (perf_hooks eventLoopUtilization). */
  readonly eventLoopUtilization: number;
  readonly saturated: boolean;
  /** How late requests were sent against their due time, microseconds; open loop only. */
  readonly latenessUs: { readonly p50: number; readonly p99: number; readonly max: number } | null;
  readonly transport: TransportName;
  /** Missing in runs of older versions. */
  readonly transportReason?: TransportReason;
  readonly threads: number;
  /** Missing in runs of older versions. */
  readonly threadsReason?: ThreadsReason;
  /** Open loop only: `spin` waits for the last moment in a loop that takes a core, `timer` is up to a millisecond late. */
  readonly pacing?: 'spin' | 'timer';
  /** Share of the measured phase in which its busiest thread wanted a core and others had it, 0 to 1. Missing in runs of older versions. */
  readonly starved?: number;
  /** Share of the time of all cores that the host of a virtual machine took, 0 to 1; missing where the system does not tell. */
  readonly stolen?: number;
}

export interface ProcessReport {
  readonly pid: number;
  readonly name: string;
  /** Percent of one core, mean over the measured phase. */
  readonly cpuPercent: number;
  readonly rssMB: number;
  readonly role: 'server' | 'dependency';
  /** The most threads that it was seen with; absent where the system does not tell. */
  readonly threads?: number;
  /** On how many cores its main thread was seen over the measured phase: 1 for one that stays where it is. */
  readonly cores?: number;
  /** Of a dependency: what it is part of. Example: "PostgreSQL". */
  readonly service?: string;
}

export interface ServerReport {
  readonly processes: readonly ProcessReport[];
  /** Share of all cores that anything on the machine kept busy over the measured phase, 0 to 1. */
  readonly machineBusy?: number;
}

/** CPU and memory over time of processes that belong together; both columns are as long as the series' `tMs`. */
export interface UsageLane {
  /** Example: "PostgreSQL". */
  readonly name: string;
  readonly role: ProcessReport['role'] | 'generator';
  /** Percent of one core, summed over the processes, in the time before the sample; null before they were found. */
  readonly cpuPercent: readonly (number | null)[];
  readonly rssMB: readonly (number | null)[];
  /** Of the load generator: percent of the time that its busiest event loop worked. */
  readonly loopPercent?: readonly (number | null)[];
}

/** What the server, the services it uses and the load generator took, sampled at least twice a second. */
export interface UsageSeries {
  /** Time of the sample, milliseconds since the measured phase began; negative in warm-up. */
  readonly tMs: readonly number[];
  readonly lanes: readonly UsageLane[];
}

/** The machine and the code that a run was measured on. */
export interface RunEnvironment {
  readonly cpuModel: string;
  readonly cores: number;
  readonly memoryMB: number;
  readonly os: string;
  readonly nodeVersion: string;
  readonly profilerVersion: string;
  /** Commit of the workspace, or null outside a repository. */
  readonly commit: string | null;
  /** True when tracked files differ from the commit; null when unknown. */
  readonly dirty: boolean | null;
}

/** What a reader should know before believing the numbers. */
export interface RunWarning {
  readonly code: string;
  readonly message: string;
}

/** The endpoint a run was made for, as it was then. */
export interface EndpointSnapshot {
  readonly id: string;
  readonly method: EndpointMethod;
  readonly path: string;
  readonly file: string;
  readonly line: number;
  readonly handler: string;
  readonly framework: string;
}

/** How closely a run that was to end by precision knows what it was to find out. */
export interface PrecisionReport {
  readonly metric: 'throughput' | 'p50' | 'p99';
  /** Half of the 95 % interval as a share of the value: as asked for, and in the end; null when too little was measured to tell. */
  readonly wanted: number;
  readonly reached: number | null;
  /** The run ended because of it, not at its longest duration. */
  readonly isReached: boolean;
}

/** One measured load. This is the file format and the command line's JSON; `schemaVersion` changes when a field changes meaning. */
export interface Run {
  readonly schemaVersion: 1;
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly state: RunState;
  readonly endpoint: EndpointSnapshot | null;
  readonly target: { readonly name: string; readonly baseUrl: string };
  readonly request: RequestTemplate;
  /** What was filled in, so that the same load can be run again after the server moved. */
  readonly values: RequestValues | null;
  readonly profile: LoadProfile;
  readonly environment: RunEnvironment;
  readonly summary: RunSummary;
  readonly accounting: RunAccounting;
  readonly warmup: {
    readonly durationMs: number;
    readonly steady: boolean | null;
    /** The intervals of the warm-up, `tMs` negative; they are in no other number. */
    readonly series?: RunSeries;
  };
  /** How long the single request before the load took, when nothing else was going on. */
  readonly preview?: { readonly status: number; readonly durationMs: number };
  readonly generator: GeneratorReport;
  readonly server: ServerReport | null;
  readonly series: RunSeries;
  readonly usage?: UsageSeries;
  /** Latencies in microseconds: HdrHistogram V2 compressed, base64. Empty string when nothing was measured. */
  readonly histogram: string;
  /** Only where the load has stages. */
  readonly stages?: readonly StageResult[];
  /** Only where the run was to end by precision. */
  readonly precision?: PrecisionReport;
  /** Missing in runs of older versions. */
  readonly answers?: AnswerFacts;
  /** Only where answers were checked. */
  readonly checks?: AnswerChecks;
  /** Only where requests differed; `{name}` in `request` is where their values stood. */
  readonly feeds?: readonly FeedReport[];
  /** Only where several endpoints were loaded together; `endpoint` is null then and `request` the first of them. */
  readonly mix?: MixReport;
  readonly warnings: readonly RunWarning[];
}
