import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { bareHost, portOf } from '../core/request/urlPlace';
import { UserError } from '../util/errors';
import { timedOut } from './failures';

/** Longest head of a proxy's answer to CONNECT. */
const HEAD_LIMIT_BYTES = 16_384;

export interface TunnelOptions {
  readonly proxy: URL;
  /** Host and port behind the proxy. */
  readonly authority: string;
  readonly timeoutMs: number;
}

/** The header that tells a proxy who asks, when its URL says so (RFC 9110 section 11.7.2). */
export function proxyAuthorization({ username, password }: URL): readonly [name: string, value: string] | null {
  if (username === '' && password === '') return null;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return ['Proxy-Authorization', `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`];
}

/**
 * Opens a tunnel through a proxy (RFC 9110 section 9.3.6). Fails with the socket's error, `ETIMEDOUT`, or UserError `proxy`
 * when the proxy refuses.
 */
export function openTunnel(options: TunnelOptions, done: (error: Error | null, socket: Socket | null) => void): void {
  const { proxy, authority, timeoutMs } = options;
  const host = bareHost(proxy);
  const port = portOf(proxy);
  const socket =
    proxy.protocol === 'https:'
      ? connectTls({ host, port, ...(isIP(host) ? {} : { servername: host }) })
      : connectTcp({ host, port, noDelay: true });
  let head = '';
  let isDone = false;
  const finish = (error: Error | null): void => {
    if (isDone) return;
    isDone = true;
    clearTimeout(timer);
    socket.removeListener('data', take);
    socket.removeListener('error', finish);
    socket.removeListener('close', closed);
    if (error) {
      socket.on('error', () => undefined);
      socket.destroy();
    }
    done(error, error ? null : socket);
  };
  const closed = (): void => finish(refused(proxy, authority, 'it closed the connection'));
  const take = (chunk: Buffer): void => {
    head += chunk.toString('latin1');
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) {
      if (head.length > HEAD_LIMIT_BYTES) finish(refused(proxy, authority, 'what it answered is not HTTP'));
      return;
    }
    const [, status, reason = ''] = /^HTTP\/1\.[01] (\d{3})(?: ([^\r\n]*))?/.exec(head) ?? [];
    if (status?.startsWith('2') !== true) {
      const said = status === undefined ? 'what it answered is not HTTP' : `it answered ${status} ${reason}`.trimEnd();
      finish(refused(proxy, authority, said));
      return;
    }
    // A server that speaks first has its bytes here already.
    socket.pause();
    if (head.length > end + 4) socket.unshift(Buffer.from(head.slice(end + 4), 'latin1'));
    finish(null);
  };
  const timer = setTimeout(() => finish(timedOut()), timeoutMs);
  socket.on('error', finish);
  socket.on('close', closed);
  socket.on('data', take);
  const credentials = proxyAuthorization(proxy);
  const lines = [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`];
  if (credentials) lines.push(credentials.join(': '));
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
}

function refused(proxy: URL, authority: string, why: string): UserError {
  return new UserError(
    'proxy',
    `The proxy ${proxy.origin} opens no way to ${authority}: ${why}. Check its address, user and password, or leave the host out with NO_PROXY.`,
  );
}
