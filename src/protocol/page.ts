import type { LiveSession } from '../core/compare/liveSession';
import type { Comparison } from '../core/model/comparison';
import type { HttpMethod, Parameter } from '../core/model/endpoint';
import type { StoredMany } from '../core/model/manyComparison';
import type { DraftAuth, DraftFault, RequestDraft } from '../core/model/requestDraft';
import type { EndpointSnapshot, Run } from '../core/model/run';
import type { Snapshot } from '../core/model/runPlan';
import type { Sweep, SweepKind } from '../core/model/sweep';
import type { SingleResponse } from '../core/model/request';
import type { LiveRun } from '../core/plan/liveRun';
import type { PreviewAdvice } from '../core/request/advice';
import type { VariantsView } from '../core/report/variantsView';
import type { ExportFormat } from '../core/report/exportKinds';

/** A stored run as a list shows it; the whole run is fetched when it is opened. */
export interface RunListItem {
  readonly id: string;
  readonly startedAt: string;
  readonly state: Run['state'];
  readonly connections: number;
  readonly throughputRps: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Short commit, `+` appended when the tree was dirty; null outside a repository. */
  readonly revision: string | null;
  /** The baseline of its endpoint. */
  readonly pinned?: boolean;
}

/** What a person can do about a problem, as buttons below the sentence. */
export type ProblemAction =
  | 'retry'
  | 'chooseServer'
  | 'startServer'
  | 'editRequest'
  | 'showLog'
  /** Repeats the comparison side by side that did not come about. */
  | 'compareAgain'
  /** Offers commands that start the application and are told their port. */
  | 'proposeCommand'
  /** Opens the team file, or the settings, where servers are written down. */
  | 'editServers';

export interface Problem {
  readonly code: string;
  readonly sentence: string;
  readonly actions: readonly ProblemAction[];
  /** The end of what a server wrote that did not come up, oldest line first. */
  readonly log?: readonly string[];
}

/** What the panel is about right now. */
export type Activity =
  | { readonly kind: 'idle' }
  | { readonly kind: 'preparing'; readonly sentence: string }
  | { readonly kind: 'running'; readonly live: LiveRun }
  | { readonly kind: 'comparing'; readonly live: LiveSession }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Load as the form in the panel edits it. */
export interface LoadForm {
  readonly connections: number;
  readonly durationS: number;
}

/** A stored sweep as a list shows it. */
export interface SweepListItem {
  readonly id: string;
  readonly startedAt: string;
  readonly state: Sweep['state'];
  readonly kind: SweepKind;
  /** The server that was loaded. */
  readonly serverName: string;
  /** The highest throughput of any level. */
  readonly bestRps: number;
  readonly kneeLevel: number | null;
  readonly revision: string | null;
}

/** The sweeps of the shown endpoint. */
export interface PageSweeps {
  /** What is on the chart: the one that the words are about, then those laid over it. Their histograms are left out. */
  readonly shown: readonly Sweep[];
  /** Every stored one, newest first. */
  readonly list: readonly SweepListItem[];
}

/** The newest benchmark of the shown endpoint on several servers. */
export interface PageVariants extends VariantsView {
  /** More servers or rounds are to come. */
  readonly isUnderWay: boolean;
}

/** The newest comparison side by side of the shown endpoint. */
export interface SideBySide {
  /** When the two sides were fixed. */
  readonly startedAt: string;
  /** `cancelled`: of the whole rounds until a person stopped it. */
  readonly state: 'decided' | 'undecided' | 'cancelled';
  readonly comparison: Comparison;
  /** More rounds may be added to those behind the comparison. */
  readonly canGoOn: boolean;
  /** The handler's file was edited since. */
  readonly editedSince: boolean;
}

/** Many endpoints that were compared together. */
export interface PageMany {
  /** Without the dots and looks of its comparisons. */
  readonly shown: StoredMany;
  /** The endpoint that the page is about, which was one of them; null where the page is about all. */
  readonly endpointId: string | null;
  /** Every stored one, newest first. */
  readonly list: readonly { readonly id: string; readonly startedAt: string; readonly headline: string }[];
}

/** The endpoints that are loaded together; `name` as in the team file, null without one. */
export interface PageMix {
  readonly name: string | null;
  readonly endpoints: readonly { readonly name: string; readonly weight: number }[];
}

/** A request that the team wrote down for the shown endpoint. */
export interface SavedRequest {
  /** Null for the one without a name, which is taken when none is asked for. */
  readonly name: string | null;
  readonly draft: RequestDraft;
}

/** What is needed to edit the request of the shown endpoint. */
export interface PageRequest {
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** More than one where the handler takes every method. */
  readonly methods: readonly HttpMethod[];
  /** What is sent next. */
  readonly draft: RequestDraft;
  readonly saved: readonly SavedRequest[];
  /** Names of the team's logins, with what they ask. */
  readonly logins: readonly { readonly name: string; readonly about: string }[];
  /** Names of the secrets that have a value; the values stay where they are. */
  readonly secrets: readonly string[];
  /** Somebody asked for the form: it is to be opened and to take the keyboard, once. */
  readonly isAskedFor: boolean;
}

/** Everything that the page draws. The host owns it; the page owns only what is folded, hovered or half typed. */
export interface PageState {
  readonly endpoint: EndpointSnapshot | null;
  /** Where several endpoints are loaded together: which; `endpoint` is null then. */
  readonly mix?: PageMix | null;
  readonly server: { readonly name: string; readonly baseUrl: string } | null;
  readonly activity: Activity;
  /** The answer to the preview request of the run under way or shown. */
  readonly preview: SingleResponse | null;
  /** What that answer means, when it was asked for by itself. */
  readonly previewAdvice?: PreviewAdvice;
  readonly run: Run | null;
  /** The earlier run that `run` is laid over. */
  readonly before: Run | null;
  /** What can be said about `run` against `before`; null without one. */
  readonly comparison: Comparison | null;
  /** The two versions can be measured side by side from here. */
  readonly canConfirm: boolean;
  /** The handler's file was edited after `run` was measured. */
  readonly editedSince: boolean;
  readonly history: readonly RunListItem[];
  readonly load: LoadForm;
  /** Null where nothing may be sent; absent while it is being read. */
  readonly request?: PageRequest | null;
  /** Absent for an endpoint that was never swept. */
  readonly sweeps?: PageSweeps;
  /** Absent for an endpoint that was never compared side by side. */
  readonly sideBySide?: SideBySide;
  /** Absent or null where nothing was compared together. */
  readonly many?: PageMany | null;
  /** Absent for an endpoint that was never measured on several servers. */
  readonly variants?: PageVariants;
}

/** What the page says to the host. */
export type PageToHost = {
  'page/ready': { params: null; result: PageState };
  /**
   * Runs the shown endpoint with this load; with `compare`, the run shown until now becomes `before`, and its request is sent
   * again. A `request` is what is sent from now on.
   */
  'run/start': {
    params: LoadForm & { readonly compare: boolean; readonly request?: RequestDraft };
    result: void;
  };
  'run/cancel': { params: null; result: void };
  'run/open': { params: { readonly id: string }; result: void };
  'run/delete': { params: { readonly id: string }; result: void };
  'run/export': { params: { readonly format: ExportFormat }; result: void };
  /** Chooses the run to lay behind the shown one; null takes the comparison away. */
  'compare/with': { params: { readonly id: string | null }; result: void };
  /** Measures the shown run's code and that of the run before it side by side; fails with `cannot-confirm`. */
  'compare/confirm': { params: null; result: void };
  /** Asks for a commit and measures the working tree against it, side by side. */
  'compare/commit': { params: null; result: void };
  /** Adds rounds to the comparison side by side; fails with `cannot-go-on`. */
  'compare/goOn': { params: null; result: void };
  /** Puts a verdict on the clipboard as Markdown; fails with `no-comparison`. */
  'compare/copy': { params: { readonly of: 'runs' | 'sideBySide' }; result: void };
  /** Shows one of the endpoints that were compared together; fails with `endpoint-gone`. */
  'many/endpoint': { params: { readonly id: string }; result: void };
  /** Goes from an endpoint back to all that were compared with it. */
  'many/back': { params: null; result: void };
  'many/open': { params: { readonly id: string }; result: void };
  'many/delete': { params: { readonly id: string }; result: void };
  /** Puts the list on the clipboard, or into a file, as Markdown. */
  'many/copy': { params: null; result: void };
  'many/save': { params: null; result: void };
  /** Puts a stored sweep on the chart alone. */
  'sweep/open': { params: { readonly id: string }; result: void };
  /** Lays a stored sweep over the one on the chart, or takes it away. */
  'sweep/lay': { params: { readonly id: string; readonly isLaid: boolean }; result: void };
  'sweep/delete': { params: { readonly id: string }; result: void };
  /** Puts the table of several servers on the clipboard as Markdown; fails with `no-variants`. */
  'variants/copy': { params: null; result: void };
  /** What is wrong with a request of the shown endpoint, field by field. */
  'request/check': { params: RequestDraft; result: readonly DraftFault[] };
  /** Sends a request once and shows the answer; it is what is sent from now on. */
  'request/preview': { params: RequestDraft; result: void };
  /** Writes a request into the team file, in the place of one of the same name. */
  'request/save': { params: { readonly name: string | null; readonly draft: RequestDraft }; result: void };
  /** Takes a request out of the team file. */
  'request/delete': { params: { readonly name: string | null }; result: void };
  /** A body that fits what is known of the endpoint; null where nothing is known. */
  'request/skeleton': { params: null; result: string | null };
  /** Asks for the value of a secret in the editor, and keeps it in its secret storage. */
  'request/storeSecret': { params: { readonly name: string; readonly kind: DraftAuth['kind'] }; result: void };
  /** Describes a login, asked for in the editor, in the team file. */
  'request/addLogin': { params: null; result: void };
  /** The form has been opened because it was asked for. */
  'request/opened': { params: null; result: void };
  'source/reveal': { params: null; result: void };
  'problem/act': { params: { readonly action: ProblemAction }; result: void };
};

/** What the host says to the page. */
export type HostToPage = {
  'state/replace': { params: PageState; result: void };
  'run/tick': { params: Snapshot; result: void };
  'compare/tick': { params: LiveSession; result: void };
};
