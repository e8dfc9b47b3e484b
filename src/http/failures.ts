import type { ErrorKind } from '../core/model/run';
import { unixPathOf } from '../core/request/unixSocket';
import { describeError, errorCode, UserError } from '../util/errors';
import { errorKindOf } from './errorKind';

/** The reason that requests are given when this side closes their connection. Kind `reset`. */
export function closedByUs(): Error {
  return Object.assign(new Error('The connection was closed.'), { code: 'ECONNRESET' });
}

/** The reason for a request that had no whole answer in time. Kind `timeout`. */
export function timedOut(): Error {
  return Object.assign(new Error('No whole answer in time.'), { code: 'ETIMEDOUT' });
}

/** How a request went that failed, as far as its sentence depends on it. */
export interface FailedWay {
  readonly timeoutMs: number;
  readonly allowedAddresses?: readonly string[] | null;
  readonly proxy?: string | null;
  readonly http2?: boolean;
}

/** What to tell a person when a single request to `url` failed; `code` is the error's kind, or `bad-request`. */
export function requestFailed(url: URL, error: unknown, way: FailedWay): UserError {
  if (error instanceof UserError) return error;
  const code = errorCode(error);
  if (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH') {
    const sentence = `The request cannot be sent as it is (${describeError(error)}); correct its headers or body.`;
    return new UserError('bad-request', sentence, { cause: error });
  }
  const kind = code === 'UND_ERR_HEADERS_OVERFLOW' ? 'malformed' : errorKindOf(error);
  return new UserError(kind, sentenceFor(kind, url, way, error), { cause: error });
}

function sentenceFor(kind: ErrorKind, url: URL, way: FailedWay, error: unknown): string {
  const { host } = url;
  switch (kind) {
    case 'refused':
      return refusedSentence(host, way);
    case 'reset':
      return url.protocol === 'http:'
        ? `${host} closed the connection before it had answered; look at the server's log for a crash, or use https:// if it speaks TLS.`
        : `${host} closed the connection before it had answered; look at the server's log for a crash.`;
    case 'timeout':
      return `${host} gave no whole answer within ${way.timeoutMs / 1000} s; check that it is not waiting for something, or allow more time.`;
    case 'dns':
      return `The name in ${host} does not resolve to an address; check how it is spelt in the URL.`;
    case 'tls':
      return tlsSentence(host, error);
    case 'malformed':
      return way.http2 === true && url.protocol === 'http:'
        ? `${host} does not speak HTTP/2 without TLS; leave HTTP/2 out, or use https.`
        : malformedSentence(host, error);
    case 'ports':
      return `This machine has no free port left to connect to ${host} from; wait a minute, or use fewer connections.`;
    case 'descriptors':
      return `This process may not open more files and sockets; raise the limit (ulimit -n), or use fewer connections.`;
    case 'unreachable':
      return `${host} cannot be reached from this machine; check the address, the network and a VPN.`;
    case 'check':
    case 'other':
      return `The request to ${host} failed: ${describeError(error)}`;
  }
}

function refusedSentence(host: string, { proxy, allowedAddresses }: FailedWay): string {
  if (proxy)
    return `Nothing listens where the proxy should be, ${new URL(proxy).origin}: correct its address, or leave ${host} out with NO_PROXY.`;
  const socket = allowedAddresses?.map(unixPathOf).find((path) => path !== null);
  if (socket) return `Nothing listens on the Unix socket ${socket}: start the server, or correct the path.`;
  return `Nothing listens on ${host}: start the server, or choose another one.`;
}

/** OpenSSL's own words tell the file and line of its source; its reason is what helps. */
function tlsSentence(host: string, error: unknown): string {
  const said = describeError(error);
  if (said.includes('wrong version number')) return `${host} does not speak TLS: use http:// in the place of https://.`;
  if (said.includes('no application protocol')) {
    return `${host} speaks another version of HTTP over TLS than the one that was offered: ask for HTTP/2 (--http2), or leave it out.`;
  }
  const [, reason] = /:error:[0-9A-F]+:SSL routines:[^:]*:([^:]+):/i.exec(said) ?? [];
  return `No secure connection to ${host} (${reason ?? said}); check http against https, or accept its certificate if it is your own.`;
}

function malformedSentence(host: string, error: unknown): string {
  return `What ${host} answered is not HTTP (${describeError(error)}); check that the port belongs to a web server.`;
}
