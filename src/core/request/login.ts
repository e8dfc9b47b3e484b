import type { LoginRequest, LoginTake } from '../model/login';
import type { RequestTemplate, SingleResponse } from '../model/request';
import { UserError } from '../../util/errors';
import { buildRequest } from './buildRequest';
import { hasHeader, validateHeaders } from './headers';
import { checkJsonPath, findByJsonPath, type JsonValue } from './jsonPath';
import { referencesInTexts, referencesIn } from './secrets';
import { clipLine, serverMessage } from './serverMessage';

/**
 * Reads where the token is. Fails with `login-take` or `json-path`.
 *
 * Examples: `$.access_token`, `header X-Auth-Token`, `cookie session`
 */
export function parseLoginTake(text: string): LoginTake {
  const trimmed = text.trim();
  if (trimmed.startsWith('$')) {
    checkJsonPath(trimmed);
    return { kind: 'json', path: trimmed };
  }
  const [, kind, name = ''] = /^(header|cookie) +([!#$%&'*+\-.^_`|~\w]+)$/.exec(trimmed) ?? [];
  if (kind === 'header' || kind === 'cookie') return { kind, name };
  throw new UserError(
    'login-take',
    `"${text}" does not say where the token is: write a JSONPath like $.access_token, "header X-Auth-Token" or "cookie session".`,
  );
}

/** As `parseLoginTake` reads it. */
export function formatLoginTake(take: LoginTake): string {
  return take.kind === 'json' ? take.path : `${take.kind} ${take.name}`;
}

/** The login at a server, with references in the place of secrets. Fails like `buildRequest`, and with `login-path`. */
export function loginRequest({ name, method, path, headers, body }: LoginRequest, baseUrl: string): RequestTemplate {
  if (!path.startsWith('/') || /[{}\\\s]/.test(path)) {
    throw new UserError(
      'login-path',
      `The path of login "${name}" is "${path}": write it from the server's base URL, like /login.`,
    );
  }
  const request = buildRequest({ path }, baseUrl, { method, path: {}, query: [], headers, body });
  if (referencesIn(request).some((each) => each.startsWith('login:'))) {
    throw new UserError('login-path', `The login "${name}" refers to the token of a login: it can use secrets only.`);
  }
  return request;
}

/**
 * The headers with the token of a login in them: as a cookie where it comes as one, otherwise as a bearer token. They stay as
 * they are where they refer to it already, or say in another way who asks.
 *
 * Examples: take `$.token` of `user` → `Authorization: Bearer ${login:user}`; take `cookie sid` → `Cookie: sid=${login:user}`
 */
export function withLogin(
  headers: RequestTemplate['headers'],
  { name, take }: Pick<LoginRequest, 'name' | 'take'>,
): RequestTemplate['headers'] {
  const reference = `\${login:${name}}`;
  const values = headers.map(([, value]) => value);
  if (referencesInTexts(values).includes(`login:${name}`)) return headers;
  if (take.kind !== 'cookie') {
    return hasHeader(headers, 'authorization') ? headers : [...headers, ['Authorization', `Bearer ${reference}`]];
  }
  const own = `${take.name}=${reference}`;
  const isCookie = ([each]: readonly [string, string]): boolean => each.toLowerCase() === 'cookie';
  const cookies = headers.find(isCookie)?.[1];
  if (cookies === undefined) return [...headers, ['Cookie', own]];
  if (cookies.split(/;\s*/).some((each) => each.startsWith(`${take.name}=`))) return headers;
  return headers.map((header) => (isCookie(header) ? [header[0], `${cookies}; ${own}`] : header));
}

/**
 * The token in the answer to a login. `shown` is the same answer as it may be quoted. Fails with `login-refused` and
 * `login-token`, and with `header-invalid` for a token that no header can have; no sentence has a token in it.
 */
export function takeToken(login: LoginRequest, answer: SingleResponse, shown: SingleResponse): string {
  const { take } = login;
  const named = `The login "${login.name}" (${login.method} ${login.path})`;
  const status = `${answer.status} ${answer.statusText}`.trim();
  if (answer.status >= 400) {
    const message = serverMessage(shown.bodyText);
    throw new UserError(
      'login-refused',
      `${named} was refused with ${status}.${message === null ? '' : ` The server says: ${message}`} Check its path, its body and the secrets in it.`,
    );
  }
  const token = find(take, answer);
  if (typeof token === 'string') {
    validateHeaders([['Authorization', token]]);
    return token;
  }
  throw new UserError(
    'login-token',
    `${named} was answered with ${status}, but ${formatLoginTake(take)} ${token.why}: correct where its token is.`,
  );
}

function find(take: LoginTake, answer: SingleResponse): string | { readonly why: string } {
  if (take.kind === 'json') return findInBody(take.path, answer);
  if (take.kind === 'header') {
    const value = answer.headers.find(([name]) => name.toLowerCase() === take.name.toLowerCase())?.[1];
    return value === undefined || value === '' ? { why: 'is not among its headers' } : value;
  }
  const cookies = answer.headers
    .filter(([name]) => name.toLowerCase() === 'set-cookie')
    .map(([, value]) => /^\s*([^=;\s]+)=([^;]*)/.exec(value))
    .filter((found) => found !== null);
  // A cookie may be set twice, the old one being deleted first; the last one counts.
  const value = cookies.findLast(([, name]) => name === take.name)?.[2];
  if (value !== undefined && value !== '') return value;
  const names = cookies.map(([, name = '']) => name).join(', ');
  return { why: `is not among the cookies that it sets (${clipLine(names === '' ? 'none' : names)})` };
}

function findInBody(path: string, { bodyText, truncated }: SingleResponse): string | { readonly why: string } {
  let body: JsonValue;
  try {
    body = JSON.parse(bodyText) as JsonValue;
  } catch {
    // Not what the parser says, which quotes the text.
    if (truncated) return { why: 'was not looked for, because the answer is too long' };
    return { why: `finds nothing in it (the body is ${bodyText.trim() === '' ? 'empty' : 'no JSON'})` };
  }
  const found = findByJsonPath(body, path);
  const [token] = found;
  if (found.length === 1 && typeof token === 'number') return String(token);
  if (found.length === 1 && typeof token === 'string' && token !== '') return token;
  if (found.length > 1) return { why: `finds ${found.length} values in it, and one is needed` };
  if (found.length === 1) return { why: 'finds no text in it' };
  const keys = typeof body === 'object' && body !== null && !Array.isArray(body) ? Object.keys(body).join(', ') : '';
  return { why: keys === '' ? 'finds nothing in it' : `finds nothing in it (there is ${clipLine(keys)})` };
}
