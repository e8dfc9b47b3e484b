import type { BodyContent, RequestTemplate } from '../../core/model/request';
import { hasHeader, validateHeaders } from '../../core/request/headers';
import { UserError } from '../../util/errors';

/** Methods whose requests say `Content-Length: 0` when they have no body (RFC 9110 section 8.6). */
const BODY_METHODS = new Set(['POST', 'PUT', 'PATCH']);

/**
 * The request as it goes over an HTTP/1.1 connection (RFC 9112 section 3): target in origin form, `Host` first, the
 * headers as given, `Content-Length` of the body in bytes. Fails with `header-invalid` when a header could smuggle
 * another one in, and with `method-connect` for CONNECT, which asks for a tunnel and no answer that could be measured.
 *
 * Examples:
 *   GET http://127.0.0.1:8000/a?b=c        → `GET /a?b=c HTTP/1.1`, `Host: 127.0.0.1:8000`
 *   POST with body `{ text: '€' }`          → `Content-Length: 3`
 */
export function encodeRequest(request: RequestTemplate): Uint8Array {
  if (request.method === 'CONNECT') {
    throw new UserError(
      'method-connect',
      'A CONNECT request opens a tunnel and cannot be measured: choose another method.',
    );
  }
  validateHeaders(request.headers);
  const url = new URL(request.url);
  const body = request.body === null ? new Uint8Array(0) : encodeBody(request.body);
  const lines = [`${request.method} ${url.pathname}${url.search} HTTP/1.1${hostLine(request)}`];
  for (const [name, value] of request.headers) lines.push(`${name}: ${value}`);
  if (saysLength(request)) lines.push(`Content-Length: ${body.length}`);
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

/** The line that a request has before its own headers, with the line break before it; empty when they name the host. */
export function hostLine({ url, headers }: RequestTemplate): string {
  return hasHeader(headers, 'host') ? '' : `\r\nHost: ${new URL(url).host}`;
}

/** Whether a request says how long its body is. */
export function saysLength({ method, body }: RequestTemplate): boolean {
  return body !== null || BODY_METHODS.has(method);
}

function encodeBody(body: BodyContent): Uint8Array {
  return 'text' in body ? Buffer.from(body.text, 'utf8') : Buffer.from(body.base64, 'base64');
}
