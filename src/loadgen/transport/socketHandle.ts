import { getSystemErrorName } from 'node:util';
import { errorKindOf } from '../../http/errorKind';
import type { Connection, ConnectionListener } from './socketConnection';

/** libuv's `UV_EOF`, the same on every system. */
const END_OF_FILE = -4095;

interface Request {
  oncomplete: (status: number) => void;
}

interface Handle {
  onread: () => void;
  connect(request: Request, address: string, port: number): number;
  connect6(request: Request, address: string, port: number): number;
  setNoDelay(isOn: boolean): number;
  useUserBuffer(buffer: Uint8Array): void;
  readStart(): number;
  writeBuffer(request: Request, bytes: Uint8Array): number;
  close(): void;
}

/** The part of Node's own binding to libuv that a connection needs. */
export interface HandleBinding {
  readonly createHandle: () => Handle;
  readonly createConnect: () => Request;
  readonly createWrite: () => Request;
  /** What the call that ended last left behind: bytes read or an error, and whether a write goes on. */
  readonly state: Int32Array;
  readonly readSlot: number;
  readonly asyncSlot: number;
}

interface TcpBinding {
  readonly TCP?: new (type: number) => Handle;
  readonly TCPConnectWrap?: new () => Request;
  readonly constants?: { readonly SOCKET?: number };
}

interface StreamBinding {
  readonly WriteWrap?: new () => Request;
  readonly streamBaseState?: Int32Array;
  readonly kReadBytesOrError?: number;
  readonly kLastWriteWasAsync?: number;
}

/**
 * Node's binding to libuv, or null where it is not there or looks different; the caller then uses `node:net`.
 *
 * Why go below `node:net`: a server that closes every connection costs the generator a new socket per request, and a
 * `net.Socket` (two streams, an emitter, a dozen closures) takes 40 to 60 µs of CPU to make and drop where the system calls
 * take 60 µs. With bare handles one request costs what it costs wrk, so that the generator is not what is measured. The
 * binding is reached through `process.binding`, which is deprecated but open to these two modules in every Node up to date.
 */
export function loadHandleBinding(): HandleBinding | null {
  try {
    const binding = (process as unknown as { binding?: (name: string) => unknown }).binding;
    const tcp = binding?.('tcp_wrap') as TcpBinding | undefined;
    const stream = binding?.('stream_wrap') as StreamBinding | undefined;
    const type = tcp?.constants?.SOCKET;
    if (!tcp?.TCP || !tcp.TCPConnectWrap || type === undefined) return null;
    if (!stream?.WriteWrap || !stream.streamBaseState) return null;
    if (stream.kReadBytesOrError === undefined || stream.kLastWriteWasAsync === undefined) return null;
    const { TCP, TCPConnectWrap } = tcp;
    const { WriteWrap } = stream;
    const methods = ['connect', 'connect6', 'setNoDelay', 'useUserBuffer', 'readStart', 'writeBuffer', 'close'];
    if (!methods.every((name) => name in TCP.prototype)) return null;
    return {
      createHandle: () => new TCP(type),
      createConnect: () => new TCPConnectWrap(),
      createWrite: () => new WriteWrap(),
      state: stream.streamBaseState,
      readSlot: stream.kReadBytesOrError,
      asyncSlot: stream.kLastWriteWasAsync,
    };
  } catch {
    return null;
  }
}

/** What all connections to one server share. */
export interface HandleContext {
  readonly binding: HandleBinding;
  /** An IP address. */
  readonly address: string;
  readonly isIPv6: boolean;
  readonly port: number;
  readonly buffer: Uint8Array;
  /** A request for a write that is not in use: almost every write leaves at once and needs it for the call alone. */
  spareWrite: Request | null;
}

/** The first write may be so long without being held back: it is one segment on every network. */
const ONE_SEGMENT_BYTES = 1_000;

/** A TCP connection on a bare libuv handle. */
export class HandleConnection implements Connection {
  readonly #shared: HandleContext;
  readonly #listener: ConnectionListener;
  readonly #handle: Handle;
  #hasNoDelay = false;
  #hasWritten = false;
  #writesGoingOn = 0;
  #isClosed = false;

  constructor(shared: HandleContext, listener: ConnectionListener) {
    this.#shared = shared;
    this.#listener = listener;
    const { binding, address, port, buffer } = shared;
    const handle = binding.createHandle();
    this.#handle = handle;
    handle.useUserBuffer(buffer);
    handle.onread = () => this.#read();
    const request = binding.createConnect();
    let isReading = false;
    request.oncomplete = (status) => {
      if (this.#isClosed) return;
      if (status < 0) {
        this.#broke(status);
        return;
      }
      if (!isReading) handle.readStart();
      listener.opened();
    };
    const status = shared.isIPv6 ? handle.connect6(request, address, port) : handle.connect(request, address, port);
    // The caller has not got the connection yet: what failed at once is said a moment later.
    if (status < 0) setImmediate(() => this.#broke(status));
    // Asked for now, reading costs no call of the system of its own later. Windows wants an open connection for it.
    else isReading = handle.readStart() === 0;
  }

  get hasUnsent(): boolean {
    return this.#writesGoingOn > 0;
  }

  write(bytes: Uint8Array): void {
    const shared = this.#shared;
    // Only what follows something else, or is long, could be held back; a connection for one request saves the call.
    if (!this.#hasNoDelay && (this.#hasWritten || bytes.length > ONE_SEGMENT_BYTES)) {
      this.#hasNoDelay = true;
      this.#handle.setNoDelay(true);
    }
    this.#hasWritten = true;
    const request = shared.spareWrite ?? shared.binding.createWrite();
    shared.spareWrite = null;
    const status = this.#handle.writeBuffer(request, bytes);
    if (status < 0) setImmediate(() => this.#broke(status));
    else if (shared.binding.state[shared.binding.asyncSlot] === 0) shared.spareWrite = request;
    else {
      this.#writesGoingOn += 1;
      request.oncomplete = (status) => {
        this.#writesGoingOn -= 1;
        if (status < 0) this.#broke(status);
      };
    }
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#handle.close();
  }

  /** Must return nothing: Node would take it for another receive buffer. */
  #read(): void {
    const { state, readSlot } = this.#shared.binding;
    const bytes = state[readSlot] ?? 0;
    if (this.#isClosed) return;
    if (bytes > 0) this.#listener.received(bytes);
    else if (bytes === END_OF_FILE) this.#listener.ended();
    else if (bytes < 0) this.#broke(bytes);
  }

  #broke(status: number): void {
    if (this.#isClosed) return;
    this.close();
    this.#listener.broke(errorKindOf({ code: getSystemErrorName(status) }));
  }
}
