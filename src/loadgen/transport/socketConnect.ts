import { connect as connectTcp, isIP, isIPv6 } from 'node:net';
import type * as Tls from 'node:tls';
import { unixPathOf } from '../../core/request/unixSocket';
import { bareHost, portOf } from '../../core/request/urlPlace';
import type { Connector } from './socketConnection';
import { HandleConnection } from './socketHandle';
import type { HandleBinding } from './socketHandle';
import { StreamConnection } from './socketStream';
import type { OpenStream } from './socketStream';
import type { TransportOptions } from './transport';

const RECEIVE_BUFFER_BYTES = 65_536;

/**
 * Prepares what all connections to a server share: the address (no name is looked up), the receive buffer (libuv fills it
 * and calls back before it reads anything else, so that one is enough) and the TLS context with its root certificates.
 * Plain TCP goes over bare handles when `binding` is given.
 */
export function prepareConnector(options: TransportOptions, binding: HandleBinding | null): Connector {
  const url = new URL(options.request.url);
  const isTls = url.protocol === 'https:';
  const port = portOf(url);
  const buffer = Buffer.allocUnsafeSlow(RECEIVE_BUFFER_BYTES);
  const { address } = options;
  const path = unixPathOf(address);
  if (binding !== null && !isTls && path === null) {
    const shared = { binding, address, isIPv6: isIPv6(address), port, buffer, spareWrite: null };
    return { buffer, connect: (listener) => new HandleConnection(shared, listener) };
  }
  const target = path === null ? { host: address, port, noDelay: true, autoSelectFamily: false } : { path };
  const open = isTls ? prepareTls(options, url, target, buffer) : prepareTcp(target, buffer);
  return { buffer, connect: (listener) => new StreamConnection(open, isTls, listener) };
}

type Target = { readonly path: string } | { readonly host: string; readonly port: number };

function prepareTcp(target: Target, buffer: Uint8Array): OpenStream {
  return (received) => connectTcp({ ...target, onread: { buffer, callback: received } });
}

function prepareTls(options: TransportOptions, url: URL, target: Target, buffer: Uint8Array): OpenStream {
  // Plain HTTP need not wait for what TLS takes to load.
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- An import() could not be waited for here.
  const { connect, createSecureContext } = require('node:tls') as typeof Tls;
  const host = bareHost(url);
  const secure = {
    ...target,
    secureContext: createSecureContext(),
    rejectUnauthorized: !options.insecureTls,
    ALPNProtocols: ['http/1.1'],
    // A server name is never an address (RFC 6066 section 3); the certificate is then checked against the address itself.
    ...(isIP(host) ? {} : { servername: host }),
  };
  return (received) => {
    // Documented for tls.connect, missing from its types.
    const options = { ...secure, onread: { buffer, callback: received } };
    return connect(options);
  };
}
