import type { Endpoint } from '../model/endpoint';
import type { RequestTemplate, RequestValues } from '../model/request';
import { UserError } from '../../util/errors';
import { replaceSlots, showSlots } from './feedTemplate';
import { hasHeader, validateHeaders } from './headers';
import { showReferences } from './secrets';
import { parseTargetUrl } from './targetGuard';

/**
 * Makes an endpoint concrete. Path values are percent-encoded (RFC 3986), so that no value can leave its segment; a
 * catch-all keeps its slashes. A body without a Content-Type gets `application/json` when it reads as JSON, whatever the
 * feeds of the given names put into it. Fails with
 * `value-missing`, `path-unknown`, `path-dots`, `header-invalid`, `method-body` or `target-url`.
 *
 * Examples:
 *   `/author/{id}` at `http://127.0.0.1:8000/v1`, id `a/b` → `http://127.0.0.1:8000/v1/author/a%2Fb`
 *   `/files/{path*}`, path `a b/c.txt` → `…/files/a%20b/c.txt`
 */
export function buildRequest(
  endpoint: Pick<Endpoint, 'path'>,
  baseUrl: string,
  values: RequestValues,
  feedNames: readonly string[] = [],
): RequestTemplate {
  const base = parseTargetUrl(baseUrl);
  const path = fillPath(endpoint.path, values.path);
  const query = values.query.map(([name, value]) => `${encodeText(name)}=${encodeText(value)}`).join('&');
  const url = `${base.origin}${base.pathname.replace(/\/$/, '')}${path}${query === '' ? '' : `?${query}`}`;
  return finishRequest({ method: values.method, url, headers: values.headers, body: values.body }, feedNames);
}

/** Checks a request that was made without an endpoint and adds what it lacks; fails like `buildRequest`. */
export function finishRequest(request: RequestTemplate, feedNames: readonly string[] = []): RequestTemplate {
  const url = parseTargetUrl(request.url);
  url.hash = '';
  validateHeaders(request.headers);
  if (request.body !== null && (request.method === 'TRACE' || request.method === 'CONNECT')) {
    throw new UserError('method-body', `A ${request.method} request cannot carry a body: take the body out.`);
  }
  const typed = request.body === null || !('text' in request.body) || hasHeader(request.headers, 'content-type');
  const headers =
    typed || !isJson(replaceSlots(request.body.text, feedNames, '0'))
      ? request.headers
      : [...request.headers, ['Content-Type', 'application/json'] as const];
  return { ...request, url: showReferences(showSlots(url.href, feedNames)), headers };
}

function fillPath(template: string, values: Readonly<Record<string, string>>): string {
  const filled = template.replace(/\{([^{}]*)\}/g, (_whole, inside: string) => {
    const name = inside.replace(/\*$/, '');
    const catchAll = inside.endsWith('*');
    if (name === '…' || name === '') throw pathUnknown(template);
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined || (value === '' && !catchAll)) throw valueMissing(name, template);
    return catchAll
      ? value
          .split('/')
          .map((part) => encodeSegment(part, name))
          .join('/')
      : encodeSegment(value, name);
  });
  return filled.startsWith('/') ? filled : `/${filled}`;
}

/** `.` and `..` are never sent as a segment: every URL parser would walk up the path with them, encoded or not. */
function encodeSegment(value: string, name: string): string {
  if (value === '.' || value === '..') {
    throw new UserError('path-dots', `The value of "${name}" must not be "${value}": it would ask for another path.`);
  }
  return encodeText(value);
}

/** A lone surrogate, which has no UTF-8, goes as U+FFFD. */
function encodeText(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function valueMissing(name: string, template: string): UserError {
  return new UserError('value-missing', `A value for "${name}" is needed to ask for ${template}: fill it in.`);
}

function pathUnknown(template: string): UserError {
  return new UserError(
    'path-unknown',
    `A part of the path ${template} is made up when the program runs and cannot be known from the code: benchmark it by its URL.`,
  );
}
