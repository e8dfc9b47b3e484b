import { EventEmitter, workspace, type LogOutputChannel, type Uri, type WorkspaceFolder } from 'vscode';
import type { DiscoveryProblem } from '../../core/model/endpoint';
import type { RouteCache } from '../node/routeCache';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { isSettingChanged, readSetting } from '../../config';
import { isOnRoute, type EndpointReference, type LocatedEndpoint } from './endpoints';
import { FolderIndex } from './folderIndex';
import { IndexerThread } from './indexerThread';

/** The endpoints of every folder of the window, kept true while people type, save, switch branches and add folders. */
export class EndpointIndex implements Disposable {
  readonly #store = new DisposableStore();
  readonly #folders = new Map<string, FolderIndex>();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly #thread: IndexerThread;
  readonly #log: LogOutputChannel;
  readonly #cache: RouteCache;

  /** Fires when anything of the answer of `all` may have changed. */
  readonly onDidChange = this.#changed.event;

  /** `script` is the indexer's thread; `cache` is where endpoints are kept from one window to the next. */
  constructor(script: string, cache: RouteCache, log: LogOutputChannel) {
    this.#log = log;
    this.#cache = cache;
    this.#thread = this.#store.add(new IndexerThread(script, log, () => this.refresh()));
    this.#store.add(workspace.onDidChangeWorkspaceFolders(() => this.#syncFolders()));
    this.#store.add(
      workspace.onDidChangeConfiguration((event) => {
        if (isSettingChanged(event, 'discovery.exclude')) this.refresh();
        if (isSettingChanged(event, 'discovery.includeTests')) this.#changed.fire();
      }),
    );
    this.#store.add(workspace.onDidChangeTextDocument((event) => this.#folderOf(event.document.uri)?.typed(event)));
    this.#store.add(workspace.onDidCloseTextDocument(({ uri }) => this.#folderOf(uri)?.touched(uri)));
    this.#syncFolders();
    this.#thread.start();
  }

  /** True when every folder has been scanned at least once. */
  get isScanned(): boolean {
    return [...this.#folders.values()].every((folder) => folder.isScanned);
  }

  /** Resolves when every folder has been scanned at least once, or when `signal` says that nobody waits any more. */
  whenScanned(signal: AbortSignal): Promise<void> {
    if (this.isScanned || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const settle = (): void => {
        listener.dispose();
        resolve();
      };
      const listener = this.onDidChange(() => {
        if (this.isScanned) settle();
      });
      signal.addEventListener('abort', settle, { once: true });
    });
  }

  /** Every endpoint, folder by folder, in the order of discovery. */
  all(): readonly LocatedEndpoint[] {
    return [...this.#folders.values()].flatMap((index) => visible(index.folder, index.endpoints()));
  }

  /** The endpoints that a file declares. */
  inFile(uri: Uri): readonly LocatedEndpoint[] {
    const index = this.#folderOf(uri);
    return index ? visible(index.folder, index.inFile(uri)) : [];
  }

  /** The endpoints whose registration or handler holds the 1-based line. */
  at(uri: Uri, line: number): readonly LocatedEndpoint[] {
    return this.inFile(uri).filter(({ endpoint }) => isOnRoute(endpoint, line));
  }

  find(reference: EndpointReference): LocatedEndpoint | undefined {
    return this.#folders.get(reference.folder)?.find(reference.id);
  }

  /** Files that could not be read whole, with the sentence why. */
  problems(): readonly DiscoveryProblem[] {
    return [...this.#folders.values()].flatMap((index) => index.problems());
  }

  /** Scans every folder from scratch. */
  refresh(): void {
    for (const folder of this.#folders.values()) folder.scan();
  }

  dispose(): void {
    for (const folder of this.#folders.values()) folder.dispose();
    this.#store.dispose();
  }

  #folderOf(uri: Uri): FolderIndex | undefined {
    const folder = workspace.getWorkspaceFolder(uri);
    return folder && this.#folders.get(folder.uri.toString());
  }

  #syncFolders(): void {
    const wanted = new Map((workspace.workspaceFolders ?? []).map((folder) => [folder.uri.toString(), folder]));
    for (const [key, index] of this.#folders) {
      if (wanted.has(key)) continue;
      index.dispose();
      this.#folders.delete(key);
    }
    for (const [key, folder] of wanted) {
      if (this.#folders.has(key)) continue;
      const index = new FolderIndex(folder, {
        channel: () => this.#thread.channel,
        log: this.#log,
        cache: this.#cache,
        onChange: () => this.#changed.fire(),
      });
      this.#folders.set(key, index);
      index.scan();
    }
    this.#changed.fire();
  }
}

function visible(folder: WorkspaceFolder, endpoints: readonly LocatedEndpoint[]): readonly LocatedEndpoint[] {
  if (readSetting('discovery.includeTests', folder)) return endpoints;
  return endpoints.filter(({ endpoint }) => !endpoint.isTest);
}
