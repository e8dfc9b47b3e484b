import {
  RelativePattern,
  Uri,
  workspace,
  type LogOutputChannel,
  type TextDocumentChangeEvent,
  type WorkspaceFolder,
} from 'vscode';
import { isDiscoveryFile, WATCHED_ENDINGS } from '../../core/discovery/files';
import type { DiscoveryProblem, DiscoveryResult } from '../../core/model/endpoint';
import type { Channel } from '../../protocol/channel';
import type { FileChange, HostToIndexer, IndexerToHost } from '../../protocol/indexer';
import type { RouteCache } from '../node/routeCache';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { describeError, errorCode } from '../../util/errors';
import { readSetting } from '../../config';
import { shiftLines, type LocatedEndpoint } from './endpoints';
import { EndpointTable } from './endpointTable';

type IndexerChannel = Channel<HostToIndexer, IndexerToHost>;

/** Long enough to swallow a burst of keys, short enough that lenses seem to follow. */
const DEBOUNCE_MS = 150;
/** A branch switch or an unpacked folder comes as thousands of events. */
const RESCAN_DEBOUNCE_MS = 1000;
/** Each key that is pressed makes a new result; only the one that stays is written. */
const SAVE_DEBOUNCE_MS = 2000;
/** Files read from a folder that is not on this machine's disk. */
const VIRTUAL_FILE_LIMIT = 2000;
const SOURCES = `**/*.{${WATCHED_ENDINGS.join(',')}}`;
const NOT_OURS = /(^|\/)(node_modules|\.git|\.hg|__pycache__|\.venv|venv|site-packages)(\/|$)/;

export interface FolderIndexParts {
  readonly channel: () => IndexerChannel | undefined;
  readonly log: LogOutputChannel;
  readonly cache: RouteCache;
  readonly onChange: () => void;
}

/** The endpoints of one workspace folder: asks the indexer's thread for scans and updates, one at a time. */
export class FolderIndex implements Disposable {
  readonly folder: WorkspaceFolder;
  readonly #key: string;
  readonly #channel: () => IndexerChannel | undefined;
  readonly #log: LogOutputChannel;
  readonly #cache: RouteCache;
  readonly #onChange: () => void;
  readonly #store = new DisposableStore();
  readonly #pending = new Set<string>();
  #table = new EndpointTable([]);
  #problems: readonly DiscoveryProblem[] = [];
  #timer: NodeJS.Timeout | undefined;
  #scanWanted = false;
  #busy = false;
  #scanned = false;
  #saveTimer: NodeJS.Timeout | undefined;

  constructor(folder: WorkspaceFolder, parts: FolderIndexParts) {
    this.folder = folder;
    this.#key = folder.uri.scheme === 'file' ? folder.uri.fsPath : folder.uri.toString();
    this.#channel = parts.channel;
    this.#log = parts.log;
    this.#cache = parts.cache;
    this.#onChange = parts.onChange;
    void this.#readCache();
    const sources = this.#store.add(workspace.createFileSystemWatcher(new RelativePattern(folder, SOURCES)));
    for (const event of [sources.onDidChange, sources.onDidCreate, sources.onDidDelete]) {
      this.#store.add(event((uri) => this.touched(uri)));
    }
    // A folder that is moved or deleted as a whole is told as one event for the folder.
    const folders = this.#store.add(workspace.createFileSystemWatcher(new RelativePattern(folder, '**'), false, true));
    for (const event of [folders.onDidCreate, folders.onDidDelete]) {
      this.#store.add(event((uri) => this.#folderTouched(uri)));
    }
  }

  get isScanned(): boolean {
    return this.#scanned;
  }

  endpoints(): readonly LocatedEndpoint[] {
    return this.#table.all;
  }

  inFile(uri: Uri): readonly LocatedEndpoint[] {
    return this.#table.inFile(this.#relative(uri));
  }

  find(id: string): LocatedEndpoint | undefined {
    return this.#table.find(id);
  }

  problems(): readonly DiscoveryProblem[] {
    return this.#problems;
  }

  /** Forgets what is known and reads the whole folder, as soon as nothing else is under way. */
  scan(): void {
    this.#scanWanted = true;
    this.#schedule(0);
  }

  /** A file may have changed on disk or in an editor. */
  touched(uri: Uri): void {
    const file = this.#relative(uri);
    if (!isDiscoveryFile(file) || NOT_OURS.test(file)) return;
    this.#pending.add(file);
    this.#schedule(DEBOUNCE_MS);
  }

  /** Moves the lines of what is known at once; the text is parsed again when typing pauses. */
  typed({ document, contentChanges }: TextDocumentChangeEvent): void {
    if (contentChanges.length === 0) return;
    const file = this.#relative(document.uri);
    const edits = contentChanges.map(({ range, text }) => ({
      start: range.start.line,
      end: range.end.line,
      inserted: text.split('\n').length - 1,
    }));
    if (edits.some(({ start, end, inserted }) => end - start !== inserted)) {
      const moved = this.#table.all.map((each) =>
        each.endpoint.file === file ? { ...each, endpoint: edits.reduce(shiftLines, each.endpoint) } : each,
      );
      this.#table = new EndpointTable(moved);
    }
    this.touched(document.uri);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#saveTimer);
    this.#channel()?.notify('folder/forget', { folder: this.#key });
    this.#store.dispose();
  }

  #folderTouched(uri: Uri): void {
    const path = this.#relative(uri);
    if (NOT_OURS.test(path) || /\.[^/]+$/.test(path)) return;
    this.#scanWanted = true;
    this.#schedule(RESCAN_DEBOUNCE_MS);
  }

  #schedule(delayMs: number): void {
    if (this.#store.isDisposed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#flush(), delayMs);
  }

  async #flush(): Promise<void> {
    const channel = this.#channel();
    if (this.#busy || !channel) return;
    this.#busy = true;
    try {
      if (this.#scanWanted) await this.#scanNow(channel);
      else if (this.#pending.size > 0) await this.#updateNow(channel, [...this.#pending]);
    } catch (error) {
      if (errorCode(error) !== 'channel-closed') {
        this.#log.error(`${this.folder.name}: endpoints could not be read. ${describeError(error)}`);
      }
    } finally {
      this.#busy = false;
      if (this.#scanWanted || this.#pending.size > 0) this.#schedule(DEBOUNCE_MS);
    }
  }

  async #scanNow(channel: IndexerChannel): Promise<void> {
    this.#scanWanted = false;
    this.#pending.clear();
    const exclude = readSetting('discovery.exclude', this.folder);
    this.#apply(await channel.request('folder/scan', { folder: this.#key, exclude: [...exclude] }));
    this.#scanned = true;
    const unsaved = workspace.textDocuments.filter(
      ({ uri, isDirty }) => isDirty && workspace.getWorkspaceFolder(uri)?.uri.toString() === this.folder.uri.toString(),
    );
    for (const { uri } of unsaved) this.touched(uri);
    if (this.folder.uri.scheme !== 'file') await this.#readVirtual();
    this.#onChange();
  }

  async #updateNow(channel: IndexerChannel, files: readonly string[]): Promise<void> {
    this.#pending.clear();
    const changes = await Promise.all(files.map((file) => this.#changeOf(file)));
    const result = await channel.request('folder/update', { folder: this.#key, changes });
    // What was typed meanwhile has moved lines that this answer does not know of; the next one does.
    if (this.#pending.size === 0) this.#apply(result);
  }

  /** What an editor holds unsaved wins over the disk; without a disk the text comes through VS Code. */
  async #changeOf(file: string): Promise<FileChange> {
    const uri = Uri.joinPath(this.folder.uri, file);
    const document = workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    if (document && (document.isDirty || uri.scheme !== 'file')) {
      return { file, kind: 'changed', text: document.getText() };
    }
    if (uri.scheme === 'file') return { file, kind: 'changed', text: null };
    try {
      return { file, kind: 'changed', text: new TextDecoder().decode(await workspace.fs.readFile(uri)) };
    } catch {
      return { file, kind: 'deleted', text: null };
    }
  }

  async #readVirtual(): Promise<void> {
    const found = await workspace.findFiles(new RelativePattern(this.folder, SOURCES), undefined, VIRTUAL_FILE_LIMIT);
    for (const uri of found) this.touched(uri);
  }

  /** What the last window knew, until the first scan is done. */
  async #readCache(): Promise<void> {
    const known = await this.#cache.read(this.#key);
    if (!known || this.#scanned || this.#store.isDisposed) return;
    this.#show(known);
    this.#onChange();
  }

  #show(result: DiscoveryResult): void {
    const uris = new Map<string, Uri>();
    const uriOf = (file: string): Uri => {
      const uri = uris.get(file) ?? Uri.joinPath(this.folder.uri, file);
      uris.set(file, uri);
      return uri;
    };
    this.#table = new EndpointTable(
      result.endpoints.map((endpoint) => ({ folder: this.folder, uri: uriOf(endpoint.file), endpoint })),
    );
    this.#problems = result.problems;
  }

  #apply(result: DiscoveryResult): void {
    this.#show(result);
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => void this.#cache.write(this.#key, result), SAVE_DEBOUNCE_MS);
    const { files, parsed, durationMs } = result.stats;
    this.#log.info(
      `${this.folder.name}: ${result.endpoints.length} endpoints in ${files} files, ${parsed} parsed, ${Math.round(durationMs)} ms.`,
    );
    for (const { file, message } of result.problems) this.#log.warn(`${file}: ${message}`);
    this.#onChange();
  }

  #relative(uri: Uri): string {
    const base = this.folder.uri.path.endsWith('/') ? this.folder.uri.path : `${this.folder.uri.path}/`;
    return uri.path.startsWith(base) ? uri.path.slice(base.length) : uri.path;
  }
}
