import type { AnswerChecks } from '../core/model/answers';
import type { Endpoint } from '../core/model/endpoint';
import type { LoadProfile } from '../core/model/loadProfile';
import type { RequestTemplate, RequestValues, SingleResponse } from '../core/model/request';
import type { Run, RunEnvironment } from '../core/model/run';
import type { LoadResult, RunPlan, Snapshot } from '../core/model/runPlan';
import type { Server } from '../core/model/server';
import type { LoadCaps } from '../core/plan/loadCaps';
import type { Activity } from '../protocol/page';
import type { FeedOrder } from './loadFeeds';
import type { LoginSource } from './login';
import type { ValueSources } from './secrets';

/** What to load: an endpoint with values, or one finished request to a URL. */
export type BenchmarkTarget =
  | { readonly kind: 'endpoint'; readonly endpoint: Endpoint; readonly values: RequestValues; readonly server: Server }
  | { readonly kind: 'request'; readonly request: RequestTemplate };

/** Everything that decides one benchmark. */
export interface BenchmarkOrder {
  readonly target: BenchmarkTarget;
  readonly profile: LoadProfile;
  readonly checks?: AnswerChecks;
  /** Takes the place of the feeds among the values of an endpoint. */
  readonly feeds?: FeedOrder;
  /** Absolute path of a Unix socket to send everything to, in the place of the URL's host; for a target that is a request. */
  readonly unixSocket?: string;
  /** The workspace folder, absolute: where the server is started and the commit is read. */
  readonly folder: string | null;
}

/** A question that must be answered with yes before anything more is sent. */
export type Question =
  /** Load would go to another machine. With `remember`, a yes is kept for this host and workspace. */
  | { readonly kind: 'host'; readonly sentence: string; readonly host: string; readonly remember: boolean }
  /** The endpoint writes; a yes is kept for this endpoint. */
  | { readonly kind: 'writes'; readonly sentence: string; readonly method: string; readonly path: string }
  /** The preview was answered with something that is not worth measuring. */
  | { readonly kind: 'preview'; readonly sentence: string; readonly response: SingleResponse };

/** The person, whoever stands for them: a dialog, a command-line flag, a test. */
export interface Prompts {
  /** False is "no" as well as "dismissed". */
  confirm(question: Question, signal: AbortSignal): Promise<boolean>;
}

/** Remembers consents under opaque keys; per workspace in the editor, nowhere on the command line. */
export interface ConsentStore {
  has(key: string): boolean;
  add(key: string): void | Promise<void>;
}

/** Runs a plan in the load generator's process. */
export interface LoadRunner {
  run(
    plan: RunPlan,
    options: { readonly onSnapshot: (snapshot: Snapshot) => void; readonly signal: AbortSignal },
  ): Promise<LoadResult>;
}

/** Where a session makes sure that a server runs; see `ServerPool`. */
export interface ServerSource {
  /** The base URL to use, after starting the server when it has a command and is not up. */
  ensure(
    server: Server,
    folder: string | null,
    allowedAddresses: readonly string[] | null,
    signal: AbortSignal,
  ): Promise<{ readonly baseUrl: string; readonly started: boolean }>;
}

/** The world outside, as a session needs it. */
export interface SessionServices extends ValueSources {
  readonly prompts: Prompts;
  readonly consents: ConsentStore;
  readonly load: LoadRunner;
  readonly servers: ServerSource;
  /** Keeps a run; null keeps nothing. */
  readonly store: { save(run: Run): Promise<void> } | null;
  readonly readEnvironment: (folder: string | null) => Promise<RunEnvironment>;
  /** All addresses of a host name (never asked for a literal address). */
  readonly resolveHost: (host: string) => Promise<readonly string[]>;
  /** The proxy to go through to a URL on another machine; null for none. This machine is never asked through one. */
  readonly proxyFor?: (url: string) => string | null;
  /** The login whose token `${login:name}` stands for. */
  readonly loginOf?: LoginSource;
  /** The most that a load may ask for; without it only what no machine can do is refused. */
  readonly caps?: () => LoadCaps;
}

/** What a session tells while it goes on; every listener may be left out. */
export interface SessionEvents {
  /** `preparing`, `running`, then `idle` or `problem`; `idle` also after a cancel. */
  readonly onActivity?: (activity: Activity) => void;
  readonly onServer?: (server: { readonly name: string; readonly baseUrl: string }) => void;
  readonly onPreview?: (response: SingleResponse) => void;
  readonly onSnapshot?: (snapshot: Snapshot) => void;
}
