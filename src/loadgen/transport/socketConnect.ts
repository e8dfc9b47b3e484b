import { connect as connectTcp, isIP } from 'node:net';
import type { Socket, SocketConnectOpts } from 'node:net';
import { connect as connectTls, createSecureContext } from 'node:tls';
import type { TransportOptions } from './transport';

/** Opens connections to one server. */
export interface Connector {
  readonly isTls: boolean;
  /**
   * Begins to open a connection whose bytes go to `received`: how many came, at the start of `buffer`, which is shared by
   * all connections and valid until `received` returns.
   */
  connect(received: (bytes: number) => boolean): Socket;
  readonly buffer: Uint8Array;
}

const RECEIVE_BUFFER_BYTES = 65_536;

/** The address `unix:/path` means a Unix socket. */
const UNIX_PREFIX = 'unix:';

/**
 * Prepares everything that all connections share: the address (no name is looked up), the receive buffer (libuv fills it
 * and calls back before it reads anything else, so that one is enough), and the TLS context with its root certificates.
 */
export function prepareConnector(options: TransportOptions): Connector {
  const url = new URL(options.request.url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isTls = url.protocol === 'https:';
  const buffer = Buffer.allocUnsafeSlow(RECEIVE_BUFFER_BYTES);
  const { address } = options;
  const port = url.port === '' ? (isTls ? 443 : 80) : Number(url.port);
  const target = address.startsWith(UNIX_PREFIX)
    ? { path: address.slice(UNIX_PREFIX.length) }
    : { host: address, port, noDelay: true, autoSelectFamily: false };
  if (!isTls) {
    return {
      isTls,
      buffer,
      connect: (received) => connectTcp({ ...target, onread: { buffer, callback: received } } as SocketConnectOpts),
    };
  }
  const secure = {
    secureContext: createSecureContext(),
    rejectUnauthorized: !options.insecureTls,
    ALPNProtocols: ['http/1.1'],
    // A server name is never an address (RFC 6066 section 3); the certificate is then checked against the address itself.
    ...(isIP(host) ? {} : { servername: host }),
  };
  return {
    isTls,
    buffer,
    connect: (received) => connectTls({ ...target, ...secure, onread: { buffer, callback: received } } as never),
  };
}
