import type { LoginRequest } from '../core/model/login';
import type { RequestValues } from '../core/model/request';
import type { Server } from '../core/model/server';
import { loginRequest, takeToken, withLogin } from '../core/request/login';
import { fillSecrets, referencesIn, type Secrets } from '../core/request/secrets';
import { TEAM_FILE } from '../core/request/teamFile';
import { sendOnce, type SendOptions } from '../http/client';
import { describeError, UserError } from '../util/errors';
import { redactResponse } from './secrets';

/** The login of a name for a workspace folder; undefined when nobody described it. */
export type LoginSource = (name: string, folder: string | null) => Promise<LoginRequest | undefined>;

/** Longer answers to a login than any that has a token. */
const ANSWER_LIMIT = 1024 * 1024;

/** The logins whose tokens are referred to. Fails with `login-unknown`. */
export async function readLogins(
  references: readonly string[],
  source: LoginSource | undefined,
  folder: string | null,
): Promise<readonly LoginRequest[]> {
  const logins: LoginRequest[] = [];
  for (const reference of references) {
    if (!reference.startsWith('login:')) continue;
    logins.push(await loginNamed(reference.slice('login:'.length), source, folder));
  }
  return logins;
}

/** What the requests of logins refer to, each once. */
export function referencesInLogins(logins: readonly LoginRequest[]): readonly string[] {
  return [...new Set(logins.flatMap((login) => referencesIn(loginRequest(login, 'http://127.0.0.1'))))];
}

/** The values with the token of the server's login, unless they say themselves who asks. Fails with `login-unknown`. */
export async function withServerLogin(
  values: RequestValues,
  { login }: Pick<Server, 'login'>,
  source: LoginSource | undefined,
  folder: string | null,
): Promise<RequestValues> {
  if (login === undefined) return values;
  return { ...values, headers: withLogin(values.headers, await loginNamed(login, source, folder)) };
}

/**
 * Sends each login once to the server at `baseUrl` and answers with the tokens under `login:name`. Rejects like `takeToken`,
 * and like `sendOnce` with a sentence that names the login; neither has a secret or a token in it.
 */
export async function logIn(
  logins: readonly LoginRequest[],
  baseUrl: string,
  secrets: Secrets,
  options: Omit<SendOptions, 'maxBodyBytes'>,
): Promise<ReadonlyMap<string, string>> {
  const tokens = new Map<string, string>();
  for (const login of logins) {
    const request = fillSecrets(loginRequest(login, baseUrl), secrets);
    const answer = await sendOnce(request, { ...options, maxBodyBytes: ANSWER_LIMIT }).catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error;
      const sentence = `The login "${login.name}" (${login.method} ${login.path}) could not be sent. ${describeError(error)}`;
      throw new UserError(error.code, sentence, { cause: error });
    });
    tokens.set(`login:${login.name}`, takeToken(login, answer, redactResponse(answer, secrets)));
  }
  return tokens;
}

async function loginNamed(name: string, source: LoginSource | undefined, folder: string | null): Promise<LoginRequest> {
  const login = await source?.(name, folder);
  if (login) return login;
  throw new UserError(
    'login-unknown',
    `There is no login "${name}": describe it under "logins" in ${TEAM_FILE}, with its "path" and where its "token" is.`,
  );
}
