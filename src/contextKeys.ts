import { commands } from 'vscode';

/** Keys that `when` clauses of package.json read, with the type of their value. */
export interface ContextKeys {
  /** The cursor of the active editor is within a route's handler or its registration. */
  'endpointProfiler.onRoute': boolean;
  /** Paths of the files that declare a route. */
  'endpointProfiler.routeFiles': readonly string[];
  /** 1-based lines of the active editor that belong to a route. */
  'endpointProfiler.routeLines': readonly number[];
  /** The first scan of every folder has ended. */
  'endpointProfiler.scanned': boolean;
  'endpointProfiler.grouping': 'file' | 'path';
  /** A run is being prepared or is under way. */
  'endpointProfiler.running': boolean;
  /** The results panel has a run to show. */
  'endpointProfiler.hasRun': boolean;
  /** The results panel has a verdict to show, from stored runs or side by side. */
  'endpointProfiler.hasVerdict': boolean;
  /** The results panel has a table of several servers to show. */
  'endpointProfiler.hasServersTable': boolean;
  /** A server that this extension started is up. */
  'endpointProfiler.serverStarted': boolean;
}

/** Sets a key for `when` clauses; one that is set to the value it has costs VS Code nothing. */
export function setContextKey<Key extends keyof ContextKeys>(key: Key, value: ContextKeys[Key]): void {
  void commands.executeCommand('setContext', key, value);
}
