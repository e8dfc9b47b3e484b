import type { Socket } from 'node:net';
import type { ErrorKind } from '../../core/model/run';
import { errorKindOf } from '../../http/errorKind';
import type { Connection, ConnectionListener } from './socketConnection';

/**
 * Over TLS the end of a write is told one turn of the loop later, when its answer may have been read already. So little leaves
 * as a whole (it is one record, RFC 8446 section 5.1): what is not yet told to have left has left.
 */
const LEAVES_WHOLE_BYTES = 16_384;

/** Opens a socket of `node:net` or `node:tls` whose bytes go to `received`. */
export type OpenStream = (received: (bytes: number) => boolean) => Socket;

/** A connection over Node's own sockets: TLS, Unix sockets, and everything where bare handles cannot be had. */
export class StreamConnection implements Connection {
  readonly #socket: Socket;
  readonly #listener: ConnectionListener;
  #isHandshake = false;
  #isOpen = false;
  #isClosed = false;

  constructor(open: OpenStream, isTls: boolean, listener: ConnectionListener) {
    this.#listener = listener;
    this.#socket = open((bytes) => {
      if (!this.#isClosed) listener.received(bytes);
      return true;
    });
    this.#socket.on('connect', () => {
      this.#isHandshake = isTls;
      if (!isTls) this.#opened();
    });
    if (isTls) this.#socket.on('secureConnect', () => this.#opened());
    this.#socket.on('end', () => {
      if (!this.#isOpen) this.#broke('reset');
      else if (!this.#isClosed) listener.ended();
    });
    this.#socket.on('error', (error) => this.#broke(errorKindOf(error)));
  }

  get hasUnsent(): boolean {
    return this.#socket.writableLength > LEAVES_WHOLE_BYTES;
  }

  write(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  close(): void {
    this.#isClosed = true;
    this.#socket.destroy();
  }

  #opened(): void {
    this.#isHandshake = false;
    this.#isOpen = true;
    if (!this.#isClosed) this.#listener.opened();
  }

  #broke(kind: ErrorKind): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    // A server that speaks no TLS hangs up in the middle of the handshake.
    this.#listener.broke(this.#isHandshake && kind === 'reset' ? 'tls' : kind);
  }
}
