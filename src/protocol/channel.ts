import { UserError, describeError, errorCode } from '../util/errors';
import { DisposableStore, toDisposable, type Disposable } from '../util/disposable';

/** Name to `{ params, result }`; a message that wants no answer has `result: void` and is sent with `notify`. */
export type MessageMap = Record<string, { params: unknown; result: unknown }>;

/** One handler per message name; a missing one does not compile. */
export type Handlers<M extends MessageMap> = {
  readonly [Name in keyof M]: (params: M[Name]['params']) => M[Name]['result'] | Promise<M[Name]['result']>;
};

/** The wire below a channel: a webview, an IPC pipe, a thread's port. */
export interface Port {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): Disposable;
  onClose?(listener: () => void): Disposable;
}

type Wire =
  | { kind: 'request'; id: number; name: string; params: unknown }
  | { kind: 'notify'; name: string; params: unknown }
  | { kind: 'reply'; id: number; result: unknown }
  | { kind: 'failure'; id: number; code: string; message: string };

/**
 * Typed messages both ways over a port. Every request settles: by reply, failure, abort or because the channel closed.
 * `Out` is what this end may send, `In` what it answers. Anything malformed that comes in is dropped; an unknown name that
 * asks for a reply is answered with the failure `unknown-message`.
 */
export class Channel<Out extends MessageMap, In extends MessageMap> implements Disposable {
  readonly #port: Port;
  readonly #handlers: Handlers<In>;
  readonly #pending = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  readonly #store = new DisposableStore();
  readonly #onFault: (error: unknown) => void;
  #nextId = 1;

  /** `onFault` hears of handlers of notifications that threw. */
  constructor(port: Port, handlers: Handlers<In>, onFault: (error: unknown) => void) {
    this.#port = port;
    this.#handlers = handlers;
    this.#onFault = onFault;
    this.#store.add(port.onMessage((message) => void this.#receive(message)));
    const closing = port.onClose?.(() => this.dispose());
    if (closing) this.#store.add(closing);
    this.#store.add(toDisposable(() => this.#settleAll()));
  }

  get isClosed(): boolean {
    return this.#store.isDisposed;
  }

  /** Sends and waits for the answer. Rejects with `channel-closed`, `aborted`, or the other end's code and sentence. */
  request<Name extends keyof Out & string>(
    name: Name,
    params: Out[Name]['params'],
    signal?: AbortSignal,
  ): Promise<Out[Name]['result']> {
    if (this.isClosed) return Promise.reject(channelClosed());
    if (signal?.aborted) return Promise.reject(new UserError('aborted', 'The request was cancelled.'));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        this.#pending.delete(id);
        signal?.removeEventListener('abort', onAbort);
        act();
      };
      const onAbort = (): void => settle(() => reject(new UserError('aborted', 'The request was cancelled.')));
      signal?.addEventListener('abort', onAbort);
      this.#pending.set(id, {
        resolve: (value) => settle(() => resolve(value)),
        reject: (error) => settle(() => reject(error)),
      });
      this.#post({ kind: 'request', id, name, params });
    });
  }

  /** Sends without waiting; lost silently when the channel is closed. */
  notify<Name extends keyof Out & string>(name: Name, params: Out[Name]['params']): void {
    if (!this.isClosed) this.#post({ kind: 'notify', name, params });
  }

  dispose(): void {
    this.#store.dispose();
  }

  #post(message: Wire): void {
    try {
      this.#port.post(message);
    } catch (error) {
      if (message.kind === 'request') this.#pending.get(message.id)?.reject(channelClosed(error));
    }
  }

  async #receive(raw: unknown): Promise<void> {
    const message = parseWire(raw);
    if (!message) return;
    if (message.kind === 'reply') return this.#pending.get(message.id)?.resolve(message.result);
    if (message.kind === 'failure') {
      return this.#pending.get(message.id)?.reject(new UserError(message.code, message.message));
    }
    try {
      const result = await this.#handle(message.name, message.params);
      if (message.kind === 'request') this.#post({ kind: 'reply', id: message.id, result });
    } catch (error) {
      if (message.kind === 'notify') this.#onFault(error);
      else {
        const code = errorCode(error) ?? 'failed';
        this.#post({ kind: 'failure', id: message.id, code, message: describeError(error) });
      }
    }
  }

  #handle(name: string, params: unknown): unknown {
    if (!Object.hasOwn(this.#handlers, name)) {
      throw new UserError('unknown-message', `Nothing here answers "${name}".`);
    }
    const handler = this.#handlers[name];
    return handler?.(params);
  }

  #settleAll(): void {
    for (const waiting of [...this.#pending.values()]) waiting.reject(channelClosed());
  }
}

function channelClosed(cause?: unknown): UserError {
  return new UserError('channel-closed', 'The other side went away before it answered.', { cause });
}

function parseWire(raw: unknown): Wire | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const { kind, id, name } = raw as Record<string, unknown>;
  if (kind === 'notify') return typeof name === 'string' ? (raw as Wire) : undefined;
  if (typeof id !== 'number') return undefined;
  if (kind === 'request') return typeof name === 'string' ? (raw as Wire) : undefined;
  if (kind === 'reply' || kind === 'failure') return raw as Wire;
  return undefined;
}
