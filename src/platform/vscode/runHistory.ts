import { join } from 'node:path';
import { EventEmitter, window, workspace, type LogOutputChannel, type Uri } from 'vscode';
import { isSettingChanged, readSetting } from '../../config';
import type { Run } from '../../core/model/run';
import { DisposableStore, type Disposable } from '../../util/disposable';
import { describeError } from '../../util/errors';
import { folderKey } from '../node/folderKey';
import { RunStore, type StoredRun } from '../node/runStore';
import type { EndpointReference } from './endpoints';

/** A stored run and the folder (its URI as a string) that it belongs to. */
export interface FiledRun {
  readonly folder: string;
  readonly run: StoredRun;
}

/** The stored runs of this window's folders, listed in memory so that a lens never waits for the disk. */
export class RunHistory implements Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly #stores = new Map<string, RunStore>();
  readonly #lists = new Map<string, readonly StoredRun[]>();
  /** By list, because a list that is read anew is another list. */
  readonly #latest = new WeakMap<readonly StoredRun[], ReadonlyMap<string, StoredRun>>();
  readonly #root: Uri;
  readonly #log: LogOutputChannel;

  readonly onDidChange = this.#changed.event;

  constructor(root: Uri, log: LogOutputChannel) {
    this.#root = root;
    this.#log = log;
    this.#store.add(workspace.onDidChangeWorkspaceFolders(() => void this.reload()));
    this.#store.add(window.onDidChangeWindowState(({ focused }) => void (focused && this.reload())));
    this.#store.add(
      workspace.onDidChangeConfiguration((event) => {
        if (isSettingChanged(event, 'history.maxRunsPerEndpoint')) this.#stores.clear();
      }),
    );
    void this.reload();
  }

  /** Every run, newest first. */
  all(): readonly FiledRun[] {
    const filed = [...this.#lists].flatMap(([folder, runs]) => runs.map((run) => ({ folder, run })));
    return filed.sort((left, right) => right.run.startedAt.localeCompare(left.run.startedAt));
  }

  /** The runs of an endpoint, newest first. */
  ofEndpoint({ folder, id }: EndpointReference): readonly StoredRun[] {
    return (this.#lists.get(folder) ?? []).filter(({ subject }) => subject === id);
  }

  /** The newest run of an endpoint that measured anything. */
  latest(endpoint: EndpointReference): StoredRun | undefined {
    const runs = this.#lists.get(endpoint.folder) ?? [];
    let latest = this.#latest.get(runs);
    if (!latest) {
      // Newest first: the one that is set last stands.
      const measured = runs.filter(({ throughputRps }) => throughputRps > 0).reverse();
      this.#latest.set(runs, (latest = new Map(measured.map((run) => [run.subject, run]))));
    }
    return latest.get(endpoint.id);
  }

  /** Fails like `RunStore.load`. */
  load(folder: string, id: string): Promise<Run> {
    return this.#storeOf(folder).load(id);
  }

  /** Fails with `run-not-saved`. */
  async save(folder: string, run: Run): Promise<void> {
    await this.#storeOf(folder).save(run);
    await this.reload(folder);
  }

  /** A pinned run is the baseline of its endpoint, the only one, and never dropped to make room. */
  async pin(folder: string, id: string, pinned: boolean): Promise<void> {
    const store = this.#storeOf(folder);
    const runs = this.#lists.get(folder) ?? [];
    const subject = runs.find((run) => run.id === id)?.subject;
    for (const other of runs) {
      if (pinned && other.pinned && other.subject === subject && other.id !== id) await store.pin(other.id, false);
    }
    await store.pin(id, pinned);
    await this.reload(folder);
  }

  async delete(folder: string, id: string): Promise<void> {
    await this.#storeOf(folder).delete(id);
    await this.reload(folder);
  }

  /** Reads the lists anew; another window may have the same folder open. */
  async reload(only?: string): Promise<void> {
    const open = (workspace.workspaceFolders ?? []).map(({ uri }) => uri.toString());
    for (const folder of this.#lists.keys()) if (!open.includes(folder)) this.#lists.delete(folder);
    for (const folder of only === undefined ? open : [only]) {
      try {
        const { runs, problems } = await this.#storeOf(folder).list();
        this.#lists.set(folder, runs);
        for (const { file, sentence } of problems) this.#log.warn(`${file}: ${sentence}`);
      } catch (error) {
        this.#log.error(`The stored runs could not be listed. ${describeError(error)}`);
      }
    }
    if (!this.#store.isDisposed) this.#changed.fire();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #storeOf(folder: string): RunStore {
    const known = this.#stores.get(folder);
    if (known) return known;
    const name = folderKey(folder);
    const keepPerSubject = readSetting('history.maxRunsPerEndpoint');
    const store = new RunStore(join(this.#root.fsPath, 'runs', name), { keepPerSubject });
    this.#stores.set(folder, store);
    return store;
  }
}
