import { fork, type ChildProcess } from 'node:child_process';
import type { PairPlan, PairProgress, PairResult } from '../../core/model/pairPlan';
import type { LoadResult, RunPlan, Snapshot } from '../../core/model/runPlan';
import { Channel, type Handlers, type Port } from '../../protocol/channel';
import type { Checkpoint, HostToLoadgen, LoadgenToHost } from '../../protocol/loadgen';
import { CancelledError, describeError, UserError } from '../../util/errors';
import { toDisposable, type Disposable } from '../../util/disposable';
import { InterruptedRun } from './interruptedRun';

/** How long a load generator may take to end its run after it was told to stop. */
const STOP_GRACE_MS = 2000;

export interface LoadProcessOptions {
  /** Absolute path of the load generator's bundle, `dist/loadgen.js`. */
  readonly entry: string;
  readonly log: (message: string) => void;
}

export interface LoadRunOptions {
  readonly onSnapshot: (snapshot: Snapshot) => void;
  /** Aborting ends the run early; what was measured until then is the result, in state `cancelled`. */
  readonly signal: AbortSignal;
}

export interface PairOptions {
  readonly onProgress: (progress: PairProgress) => void;
  readonly signal: AbortSignal;
}

const IGNORED: Handlers<LoadgenToHost> = {
  'run/snapshot': () => undefined,
  'run/checkpoint': () => undefined,
  'pair/progress': () => undefined,
};

/**
 * Owns the load generator's process: one for each run, so that no run inherits the heap and the compiled code of another.
 * The process ends when this one does, however that happens.
 */
export class LoadProcess implements Disposable {
  readonly #options: LoadProcessOptions;
  readonly #children = new Set<ChildProcess>();
  #isDisposed = false;

  constructor(options: LoadProcessOptions) {
    this.#options = options;
  }

  /** The process ids of the load generators that run now. */
  get pids(): readonly number[] {
    return [...this.#children].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  /**
   * Runs a plan to its end. When the process dies before that, the result holds what it had reported, in state
   * `interrupted`. Raises the generator's own UserErrors for a plan that cannot be run (`dns`, `address-not-allowed`,
   * `bad-request`), `loadgen-failed` when the process cannot be started or dies before it measured anything, and
   * `CancelledError` when `signal` was aborted before the start.
   */
  async run(plan: RunPlan, options: LoadRunOptions): Promise<LoadResult> {
    const partial = new InterruptedRun();
    const handlers: Handlers<LoadgenToHost> = {
      ...IGNORED,
      'run/snapshot': (snapshot) => {
        partial.addSnapshot(snapshot);
        options.onSnapshot(snapshot);
      },
      'run/checkpoint': (checkpoint: Checkpoint) => partial.setCheckpoint(checkpoint),
    };
    return this.#inChild(
      handlers,
      options.signal,
      (channel) => channel.request('run/start', plan),
      (death) => partial.resultAfter(death, options.signal.aborted),
    );
  }

  /**
   * One launch of two servers, loaded in turn. Raises the generator's own UserErrors like `run`, `loadgen-failed` when the
   * process dies, and `CancelledError` when `signal` was aborted before the start; aborted later, the whole blocks so far
   * are the result, in state `cancelled`.
   */
  async pair(plan: PairPlan, options: PairOptions): Promise<PairResult> {
    return this.#inChild(
      { ...IGNORED, 'pair/progress': options.onProgress },
      options.signal,
      (channel) => channel.request('pair/start', plan),
      (death) => {
        throw new UserError(
          'loadgen-failed',
          `The load generator ended in the middle of a comparison (${death}); start it again.`,
        );
      },
    );
  }

  async #inChild<T>(
    handlers: Handlers<LoadgenToHost>,
    signal: AbortSignal,
    work: (channel: Channel<HostToLoadgen, LoadgenToHost>) => Promise<T>,
    afterDeath: (death: string) => T,
  ): Promise<T> {
    if (signal.aborted || this.#isDisposed) throw new CancelledError();
    const child = this.#spawn();
    const death = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(describeError(error)));
      child.once('exit', (code, killedBy) =>
        resolve(killedBy === null ? `exit code ${code ?? 'unknown'}` : `signal ${killedBy}`),
      );
    });
    const channel = new Channel<HostToLoadgen, LoadgenToHost>(portOf(child), handlers, (error) =>
      this.#options.log(`A progress listener failed: ${describeError(error)}`),
    );
    let killTimer: NodeJS.Timeout | undefined;
    const stop = (): void => {
      channel.request('run/stop', null).catch(() => undefined);
      killTimer = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await work(channel);
    } catch (error) {
      if (!(error instanceof UserError) || error.code !== 'channel-closed') throw error;
      // It hung up; should it live on nevertheless, it is of no more use.
      killTimer ??= setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
      return afterDeath(await death);
    } finally {
      clearTimeout(killTimer);
      signal.removeEventListener('abort', stop);
      channel.dispose();
      child.kill('SIGKILL');
      this.#children.delete(child);
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const child of this.#children) child.kill('SIGKILL');
  }

  #spawn(): ChildProcess {
    // Inside VS Code the executable is Electron; and what a debugger puts into NODE_OPTIONS would slow the load down.
    const env: NodeJS.ProcessEnv = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
    delete env['NODE_OPTIONS'];
    delete env['VSCODE_INSPECTOR_OPTIONS'];
    const child = fork(this.#options.entry, [], {
      serialization: 'advanced',
      execArgv: [],
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#children.add(child);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.#options.log(`load generator: ${text.trimEnd()}`));
    }
    return child;
  }
}

function portOf(child: ChildProcess): Port {
  return {
    // A pipe that broke is seen by `disconnect` and `exit`, which settle every request.
    post: (message) => void child.send(message as object, () => undefined),
    onMessage: (listener) => {
      child.on('message', listener);
      return toDisposable(() => child.off('message', listener));
    },
    onClose: (listener) => {
      child.once('disconnect', listener);
      child.once('exit', listener);
      child.once('error', listener);
      return toDisposable(() => {
        child.off('disconnect', listener);
        child.off('exit', listener);
        child.off('error', listener);
      });
    },
  };
}
