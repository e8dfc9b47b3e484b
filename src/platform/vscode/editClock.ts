import { EventEmitter, workspace, type Uri } from 'vscode';
import { DisposableStore, type Disposable } from '../../util/disposable';

/** Knows when a file's text last changed, in an editor or on disk. */
export class EditClock implements Disposable {
  readonly #store = new DisposableStore();
  readonly #typedMs = new Map<string, number>();
  readonly #changed = this.#store.add(new EventEmitter<Uri>());

  /** Fires when a clean document becomes edited or is saved; further typing changes nothing that is shown. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#store.add(
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0 || document.uri.scheme === 'output') return;
        const key = document.uri.toString();
        const isFirst = !this.#typedMs.has(key);
        this.#typedMs.set(key, Date.now());
        if (isFirst) this.#changed.fire(document.uri);
      }),
    );
    this.#store.add(workspace.onDidSaveTextDocument(({ uri }) => this.#changed.fire(uri)));
    this.#store.add(
      // Closed without saving: the text on disk is the text again.
      workspace.onDidCloseTextDocument(({ uri, isDirty }) => {
        if (this.#typedMs.delete(uri.toString()) || isDirty) this.#changed.fire(uri);
      }),
    );
  }

  /** Milliseconds since 1970; 0 when the file cannot be read. */
  async lastEditMs(uri: Uri): Promise<number> {
    const typedMs = this.#typedMs.get(uri.toString()) ?? 0;
    try {
      return Math.max(typedMs, (await workspace.fs.stat(uri)).mtime);
    } catch {
      return typedMs;
    }
  }

  dispose(): void {
    this.#store.dispose();
  }
}
