/** Something that holds a resource until told to let go. `dispose` may be called any number of times. */
export interface Disposable {
  dispose(): void;
}

/** Makes a Disposable out of a function; later calls of `dispose` do nothing. */
export function toDisposable(release: () => void): Disposable {
  let held = true;
  return {
    dispose: () => {
      if (!held) return;
      held = false;
      release();
    },
  };
}

/** Holds many resources and releases them in reverse order of their arrival. What is added after disposal is disposed at once. */
export class DisposableStore implements Disposable {
  readonly #items: Disposable[] = [];
  #disposed = false;

  get isDisposed(): boolean {
    return this.#disposed;
  }

  /** Takes ownership of `item` and hands it back for use. */
  add<T extends Disposable>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#items.push(item);
    return item;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const item of this.#items.splice(0).reverse()) item.dispose();
  }
}

/** Holds at most one resource; setting another releases the one before. */
export class MutableDisposable<T extends Disposable> implements Disposable {
  #value: T | undefined;
  #disposed = false;

  get value(): T | undefined {
    return this.#value;
  }

  set value(next: T | undefined) {
    if (next === this.#value) return;
    this.#value?.dispose();
    this.#value = next;
    if (this.#disposed) this.dispose();
  }

  dispose(): void {
    this.#disposed = true;
    this.#value?.dispose();
    this.#value = undefined;
  }
}
