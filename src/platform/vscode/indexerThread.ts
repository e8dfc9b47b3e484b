import { Worker } from 'node:worker_threads';
import type { LogOutputChannel } from 'vscode';
import { Channel, type Port } from '../../protocol/channel';
import type { HostToIndexer, IndexerToHost } from '../../protocol/indexer';
import { DisposableStore, toDisposable, type Disposable } from '../../util/disposable';
import { describeError } from '../../util/errors';

/** Waits between restarts; the last one is used for every further one. A thread that lived a minute starts over. */
const RESTART_DELAYS_MS = [200, 1000, 5000, 30_000];
const HEALTHY_AFTER_MS = 60_000;

/**
 * Owns the thread that finds endpoints. When it dies it is started again after a growing pause and `onStarted` is called, so
 * that the owner scans anew; requests in flight reject with `channel-closed`.
 */
export class IndexerThread implements Disposable {
  readonly #script: string;
  readonly #log: LogOutputChannel;
  readonly #onStarted: () => void;
  #session: DisposableStore | undefined;
  #channel: Channel<HostToIndexer, IndexerToHost> | undefined;
  #restart: NodeJS.Timeout | undefined;
  #deaths = 0;
  #disposed = false;

  constructor(script: string, log: LogOutputChannel, onStarted: () => void) {
    this.#script = script;
    this.#log = log;
    this.#onStarted = onStarted;
  }

  /** The way to the thread, or undefined while it is down. */
  get channel(): Channel<HostToIndexer, IndexerToHost> | undefined {
    return this.#channel;
  }

  start(): void {
    if (this.#disposed || this.#session) return;
    const worker = new Worker(this.#script);
    const session = (this.#session = new DisposableStore());
    const bornMs = Date.now();
    session.add(toDisposable(() => void worker.terminate()));
    this.#channel = session.add(
      new Channel<HostToIndexer, IndexerToHost>(
        portOf(worker),
        { 'log/write': ({ level, message }) => this.#log[level](message) },
        (error) => this.#log.error(describeError(error)),
      ),
    );
    worker.on('error', (error) => this.#log.error(`The thread that finds endpoints failed: ${describeError(error)}`));
    worker.on('exit', (code) => {
      if (this.#session === session) this.#afterDeath(code, Date.now() - bornMs);
    });
    this.#onStarted();
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#restart);
    this.#channel = undefined;
    this.#session?.dispose();
  }

  #afterDeath(code: number, livedMs: number): void {
    this.#channel = undefined;
    this.#session?.dispose();
    this.#session = undefined;
    if (this.#disposed) return;
    this.#deaths = livedMs > HEALTHY_AFTER_MS ? 1 : this.#deaths + 1;
    const delayMs = RESTART_DELAYS_MS[Math.min(this.#deaths, RESTART_DELAYS_MS.length) - 1] ?? 0;
    this.#log.warn(`The thread that finds endpoints ended with code ${code}; it starts again in ${delayMs} ms.`);
    this.#restart = setTimeout(() => this.start(), delayMs);
  }
}

function portOf(worker: Worker): Port {
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => {
      worker.on('message', listener);
      return toDisposable(() => worker.off('message', listener));
    },
    onClose: (listener) => {
      worker.on('exit', listener);
      return toDisposable(() => worker.off('exit', listener));
    },
  };
}
