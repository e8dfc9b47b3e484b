/** How to start a server: one shell line, as a person would type it. */
export interface ServerCommand {
  readonly command: string;
  /** Absolute, or relative to the workspace folder. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Run once in each copy of the project before it is started for a comparison: `npm ci && npm run build`. */
  readonly prepare?: string;
  /** Path asked while waiting; any HTTP answer counts as ready. Default `/`. */
  readonly readyPath?: string;
  readonly readyTimeoutMs?: number;
}

/** A way to reach a running application. */
export interface Server {
  readonly name: string;
  /** `http://127.0.0.1:8000`, without a trailing slash; may carry a base path. */
  readonly baseUrl: string;
  readonly start?: ServerCommand;
  /** What a person says of it: "gevent worker on PyPy". */
  readonly description?: string;
  /** Folder of the code that it runs where that is not the workspace folder, relative to it: endpoints are matched by method and path. */
  readonly dir?: string;
  /** Name of the login whose token every request to it carries that does not say itself who asks. */
  readonly login?: string;
}

/** A process that listens on a TCP port. */
export interface ListeningProcess {
  readonly pid: number;
  readonly name: string;
  readonly commandLine: string;
  /** Its working directory, absolute, when it can be read. */
  readonly cwd: string | null;
  /** The address that a client on this machine should connect to: `127.0.0.1`, `::1`. */
  readonly host: string;
  readonly port: number;
}
