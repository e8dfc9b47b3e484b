/** The methods that a request can carry (RFC 9110 section 9, RFC 5789). */
export const HTTP_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'] as const;
export type HttpMethod = (typeof HTTP_METHODS)[number];

/** `ANY` where the framework accepts every method. */
export type EndpointMethod = HttpMethod | 'ANY';

export type ParameterType =
  'string' | 'integer' | 'number' | 'boolean' | 'uuid' | 'path' | 'date' | 'enum' | 'regex' | 'unknown';

/** One value that a request needs before it can be sent. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly type: ParameterType;
  readonly required: boolean;
  /** The last part of the path, slashes included (`{name*}` in the template). */
  readonly catchAll?: boolean;
  /** The regular expression that the framework matches, as written in the code. */
  readonly pattern?: string;
  readonly enumValues?: readonly string[];
  /** Default in the code, as text that can be sent. */
  readonly default?: string;
}

/** One step of how a path got its prefix, outermost first: "mounted at /api in server.ts:14". */
export interface PrefixStep {
  readonly prefix: string;
  readonly file: string;
  readonly line: number;
}

/** A route handler found in source. One per method. */
export interface Endpoint {
  /** Stable across edits elsewhere: method, path template and file; a repeat in the same file gets `~2`. */
  readonly id: string;
  readonly method: EndpointMethod;
  /** Full path with every prefix; parameters as `{name}`, a catch-all as `{name*}`, what cannot be known as `{…}`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Relative to the workspace folder, forward slashes. */
  readonly file: string;
  /** 1-based line of the handler's definition (`def`, `function`, arrow or method). */
  readonly line: number;
  /** 1-based line where the route is registered: the first decorator, or the registering call. */
  readonly registrationLine: number;
  /** 1-based last line of the handler. */
  readonly endLine: number;
  /** The handler's name as a person would say it: `author`, `AuthorView.get`, `anonymous`. */
  readonly handler: string;
  readonly framework: string;
  readonly prefixes: readonly PrefixStep[];
  /** What could not be known from the code alone, as sentences. */
  readonly notes: readonly string[];
  /** Declared in a test file; hidden unless asked for. */
  readonly isTest: boolean;
}

/** A file that could not be used whole, and why. Discovery goes on without it. */
export interface DiscoveryProblem {
  readonly file: string;
  readonly code: 'too-large' | 'binary' | 'not-utf8' | 'unreadable' | 'syntax' | 'gave-up';
  readonly message: string;
}

/** What discovery knows of one folder. */
export interface DiscoveryResult {
  readonly endpoints: readonly Endpoint[];
  readonly problems: readonly DiscoveryProblem[];
  readonly stats: {
    /** Source files seen. */
    readonly files: number;
    /** Files that passed the text prefilter and were parsed. */
    readonly parsed: number;
    readonly durationMs: number;
  };
}
