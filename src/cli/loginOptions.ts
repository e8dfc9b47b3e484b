import type { LoginRequest } from '../core/model/login';
import { HTTP_METHODS } from '../core/model/endpoint';
import { parseHeader } from '../core/request/headers';
import { loginRequest, parseLoginTake } from '../core/request/login';
import { usageError } from './values';

/** What is typed to log in before a load, and where values are; flags of every command that loads. */
export const LOGIN_OPTIONS = {
  login: { type: 'string' },
  'login-body': { type: 'string' },
  'login-header': { type: 'string', multiple: true },
  'env-file': { type: 'string', multiple: true },
} as const;

interface LoginFlags {
  readonly login?: string | undefined;
  readonly 'login-body'?: string | undefined;
  readonly 'login-header'?: readonly string[] | undefined;
}

/** The name of a login of the team file, or a whole one, whose body may be `@file`. */
export type TypedLogin = { readonly name: string } | LoginRequest;

/**
 * The login that was typed, or null when there is none. Fails with `usage` and like `parseLoginTake`.
 *
 * Examples: `user`; `POST /token $.access_token`; `POST /login cookie session`
 */
export function parseLogin(flags: LoginFlags): TypedLogin | null {
  const { login, 'login-body': body, 'login-header': headers } = flags;
  const isWhole = login?.trim().includes(' ') === true;
  if (!isWhole && (body !== undefined || headers !== undefined)) {
    throw usageError(
      '--login-body and --login-header go with a whole login, like --login "POST /token $.access_token".',
    );
  }
  if (login === undefined) return null;
  if (!isWhole) return { name: login.trim() };
  const [, word, path = '', take = ''] = /^([A-Z]+) +(\S+) +(.+)$/.exec(login.trim()) ?? [];
  const method = HTTP_METHODS.find((each) => each === word);
  if (!method) {
    throw usageError(
      `--login wants the name of a login, or method, path and where the token is, like "POST /token $.access_token", not "${login}".`,
    );
  }
  const typed = {
    ...{ name: 'login', method, path },
    headers: (headers ?? []).map(parseHeader),
    body: body === undefined ? null : { text: body },
    take: parseLoginTake(take),
  };
  loginRequest(typed, 'http://127.0.0.1');
  return typed;
}
