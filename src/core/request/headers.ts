import { UserError } from '../../util/errors';

/** Set by the connection itself; a second value would make the request ambiguous (RFC 9112 section 6). */
const RESERVED = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'upgrade',
  'expect',
  'te',
  'trailer',
]);

// RFC 9110 section 5.6.2
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/**
 * Fails with `header-invalid` when a header could not be sent as it stands: a name that is no token, a value with a line
 * break, NUL or another control character (it would smuggle further headers in), a character above U+00FF, or a name that the
 * connection sets itself. `Host` may be set, because virtual hosts are told apart by it.
 */
export function validateHeaders(headers: readonly (readonly [name: string, value: string])[]): void {
  for (const [name, value] of headers) {
    if (!TOKEN.test(name)) {
      throw headerInvalid(`The header name ${quote(name)} has characters that a header name cannot have.`);
    }
    if (RESERVED.has(name.toLowerCase()) && name.toLowerCase() !== 'host') {
      throw headerInvalid(`The header "${name}" is set by the connection itself: take it out.`);
    }
    if (/[\r\n]/.test(value)) {
      throw headerInvalid(
        `The value of header "${name}" has a line break, which would start another header: take it out.`,
      );
    }
    if (Array.from(value).some(isControl)) {
      throw headerInvalid(`The value of header "${name}" has a control character: take it out.`);
    }
    if (Array.from(value).some((char) => char > '\u00ff')) {
      throw headerInvalid(`The value of header "${name}" has characters outside of Latin-1: encode it first.`);
    }
  }
}

/**
 * Reads one header as a person types it. Fails with `header-invalid`.
 *
 * Examples: `Accept: application/json` → `['Accept', 'application/json']`; `X-Empty:` → `['X-Empty', '']`.
 */
export function parseHeader(text: string): readonly [name: string, value: string] {
  const colon = text.indexOf(':');
  if (colon < 1) throw headerInvalid(`${quote(text)} is not a header: write it like "Accept: application/json".`);
  const header = [text.slice(0, colon).trim(), text.slice(colon + 1).trim()] as const;
  validateHeaders([header]);
  return header;
}

/** True when a header of this name is there, whatever its case. */
export function hasHeader(headers: readonly (readonly [string, string])[], name: string): boolean {
  return headers.some(([each]) => each.toLowerCase() === name.toLowerCase());
}

function isControl(char: string): boolean {
  return (char < ' ' && char !== '\t') || char === '\u007f';
}

function headerInvalid(sentence: string): UserError {
  return new UserError('header-invalid', sentence);
}

function quote(text: string): string {
  return JSON.stringify(text);
}
