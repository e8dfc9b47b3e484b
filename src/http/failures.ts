import type { ErrorKind } from '../core/model/run';
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

/** What to tell a person when a single request to `url` failed; `code` is the error's kind, or `bad-request`. */
export function requestFailed(url: URL, error: unknown, timeoutMs: number): UserError {
  if (error instanceof UserError) return error;
  const code = errorCode(error);
  if (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH') {
    const sentence = `The request cannot be sent as it is (${describeError(error)}); correct its headers or body.`;
    return new UserError('bad-request', sentence, { cause: error });
  }
  const kind = code === 'UND_ERR_HEADERS_OVERFLOW' ? 'malformed' : errorKindOf(error);
  return new UserError(kind, sentenceFor(kind, url.host, timeoutMs, error), { cause: error });
}

function sentenceFor(kind: ErrorKind, host: string, timeoutMs: number, error: unknown): string {
  switch (kind) {
    case 'refused':
      return `Nothing listens on ${host}: start the server, or choose another one.`;
    case 'reset':
      return `${host} closed the connection before it had answered; look at the server's log for a crash.`;
    case 'timeout':
      return `${host} gave no whole answer within ${timeoutMs / 1000} s; check that it is not waiting for something, or allow more time.`;
    case 'dns':
      return `The name in ${host} does not resolve to an address; check how it is spelt in the URL.`;
    case 'tls':
      return `No secure connection to ${host} (${describeError(error)}); check http against https, or accept its certificate if it is your own.`;
    case 'malformed':
      return `What ${host} answered is not HTTP (${describeError(error)}); check that the port belongs to a web server.`;
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
