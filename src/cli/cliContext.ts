/** The world as a command sees it; the entry makes it from the process. */
export interface CliContext {
  readonly version: string;
  /** Absolute paths of the bundles and the parser beside this one. */
  readonly loadgenScript: string;
  readonly supervisorScript: string;
  readonly wasmFolder: string;
  /** Where the page's bundle lies, for HTML files. */
  readonly pageFolder: string;
  readonly stderr: NodeJS.WriteStream;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Writes to standard output and settles when it is written. */
  readonly print: (text: string) => Promise<void>;
}
