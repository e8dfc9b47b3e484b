import type { ErrorKind } from '../core/model/run';
import { errorCode } from '../util/errors';

const KINDS: Readonly<Record<string, ErrorKind>> = {
  ECONNREFUSED: 'refused',
  // A Unix socket that is not there.
  ENOENT: 'refused',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  // The connection closed before the answer was as long as it had promised.
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'reset',
  // The connection closed inside a chunked answer, or before its head was whole.
  HPE_INVALID_EOF_STATE: 'reset',
  ERR_HTTP2_STREAM_ERROR: 'reset',
  ERR_HTTP2_STREAM_CANCEL: 'reset',
  ERR_HTTP2_GOAWAY_SESSION: 'reset',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  EADDRNOTAVAIL: 'ports',
  EADDRINUSE: 'ports',
  EMFILE: 'descriptors',
  ENFILE: 'descriptors',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  EPROTO: 'tls',
  // A proxy that opens no way.
  proxy: 'unreachable',
  UND_ERR_HEADERS_OVERFLOW: 'malformed',
};

const TLS_CODE = /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA)/;

/** The kind of failure that a Node, OpenSSL or HTTP parser error stands for; `other` when its code is unknown. */
export function errorKindOf(error: unknown): ErrorKind {
  const code = errorCode(error);
  if (code === undefined) return 'other';
  const kind = KINDS[code];
  if (kind) return kind;
  if (TLS_CODE.test(code)) return 'tls';
  return code.startsWith('HPE_') || code.startsWith('ERR_HTTP2_') ? 'malformed' : 'other';
}
