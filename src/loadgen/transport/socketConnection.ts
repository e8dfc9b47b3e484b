import type { ErrorKind } from '../../core/model/run';

/** Hears what happens on a connection; nothing after `close`, and one of `ended` and `broke` at most. */
export interface ConnectionListener {
  /** It can be written to; with TLS, after the handshake. */
  opened(): void;
  /** So many bytes came; they are at the start of the receive buffer until this returns. */
  received(bytes: number): void;
  /** The other side sends nothing more. */
  ended(): void;
  /** It could not be opened, or was lost. */
  broke(kind: ErrorKind): void;
}

/** One connection that has begun to open. */
export interface Connection {
  /** Bytes that were written and have not left yet. */
  readonly hasUnsent: boolean;
  /** `bytes` must stay as they are as long as the connection lives. */
  write(bytes: Uint8Array): void;
  /** Closes it at once and says nothing more. */
  close(): void;
}

/** Opens connections to one server. All of them receive into one buffer. */
export interface Connector {
  readonly buffer: Uint8Array;
  connect(listener: ConnectionListener): Connection;
}
