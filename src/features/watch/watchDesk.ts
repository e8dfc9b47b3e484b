import { EventEmitter, StatusBarAlignment, l10n, window, workspace, type StatusBarItem } from 'vscode';
import { COMMANDS } from '../../commands';
import { referenceTo, type EndpointReference, type LocatedEndpoint } from '../../platform/vscode/endpoints';
import type { RunParts, Services } from '../../services';
import { DisposableStore, toDisposable, type Disposable } from '../../util/disposable';

/** A save is often followed by another one, of a formatter or of a whole project. */
const QUIET_MS = 1500;

/** Re-runs watched endpoints and compares them when their file is saved, one at a time, until the window closes. */
export class WatchDesk implements Disposable {
  readonly #parts: RunParts;
  readonly #runs: Services['runs'];
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new EventEmitter<void>());
  readonly #watched = new Map<string, EndpointReference>();
  readonly #due = new Set<string>();
  readonly #item: StatusBarItem;
  #timer: NodeJS.Timeout | undefined;

  /** Fires when an endpoint is watched or no longer watched. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: RunParts, runs: Services['runs']) {
    this.#parts = parts;
    this.#runs = runs;
    this.#item = this.#store.add(window.createStatusBarItem('endpointProfiler.watch', StatusBarAlignment.Left, 0));
    this.#item.name = l10n.t('Endpoint Profiler: watch');
    this.#item.command = COMMANDS.showResults;
    this.#store.add(toDisposable(() => clearTimeout(this.#timer)));
    this.#store.add(workspace.onDidSaveTextDocument(({ uri }) => this.#saved(uri.toString())));
    this.#store.add(
      runs.onDidChange(() => {
        if (!runs.isBusy && this.#due.size > 0) this.#schedule();
      }),
    );
  }

  isWatched(reference: EndpointReference): boolean {
    return this.#watched.has(keyOf(reference));
  }

  /** Begins to watch an endpoint, or ends it. Throws `untrusted` where nothing may be run. */
  toggle(located: LocatedEndpoint): void {
    this.#runs.requireTrusted();
    const reference = referenceTo(located);
    const key = keyOf(reference);
    if (!this.#watched.delete(key)) this.#watched.set(key, reference);
    this.#due.delete(key);
    this.#show();
    this.#changed.fire();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #saved(uri: string): void {
    for (const [key, reference] of this.#watched) {
      if (this.#parts.index.find(reference)?.uri.toString() === uri) this.#due.add(key);
    }
    if (this.#due.size > 0) this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#runNext().catch(this.#parts.errors.report), QUIET_MS);
  }

  async #runNext(): Promise<void> {
    const [key] = this.#due;
    // The end of the run under way asks again.
    if (key === undefined || this.#runs.isBusy) return;
    this.#due.delete(key);
    const reference = this.#watched.get(key);
    const located = reference && this.#parts.index.find(reference);
    if (located) await this.#runs.benchmark(located, { compare: true });
  }

  #show(): void {
    const names = [...this.#watched.values()].map((reference) => {
      const found = this.#parts.index.find(reference)?.endpoint;
      return found ? `${found.method} ${found.path}` : reference.id;
    });
    if (names.length === 0) {
      this.#item.hide();
      return;
    }
    this.#item.text = names.length === 1 ? `$(eye) ${names[0] ?? ''}` : l10n.t('$(eye) {0} endpoints', names.length);
    this.#item.tooltip = l10n.t('Re-run and compared when the file is saved: {0}', names.join(', '));
    this.#item.show();
  }
}

function keyOf({ folder, id }: EndpointReference): string {
  return `${folder} ${id}`;
}
