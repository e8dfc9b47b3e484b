import type { Endpoint } from '../model/endpoint';
import type { LoginRequest } from '../model/login';
import type { RequestValues } from '../model/request';
import type { DraftAuth, RequestDraft } from '../model/requestDraft';
import { withLogin } from './login';
import { showFeeds, takeFeeds } from './typedFeeds';

type Pair = readonly [name: string, value: string];

const NAME = '[A-Za-z_][\\w.-]*';
const REFERENCE = `\\$\\{((?:secret|env):${NAME})\\}`;
const BEARER = new RegExp(`^Bearer ${REFERENCE}$`);
const BASIC = new RegExp(`^Basic ${REFERENCE}$`);
const ALONE = new RegExp(`^${REFERENCE}$`);
const COOKIE = new RegExp(`^([\\w.-]+)=${REFERENCE}$`);
const LOGIN = new RegExp(`^(?:Bearer |[\\w.-]+=)\\$\\{login:(${NAME})\\}$`);

/**
 * The values of an endpoint as the form shows them. The first header or query parameter that says who asks by reference alone is
 * taken out as `auth`; what says it in another way stays where it is. A body of bytes is shown as none.
 *
 * Example: header `Authorization: Bearer ${secret:token}` → `auth: { kind: 'bearer', reference: 'secret:token' }`
 */
export function draftOf(values: RequestValues): RequestDraft {
  const { method, path, query, headers, body } = showFeeds(values);
  const inHeaders = headers.map(authOfHeader);
  const header = inHeaders.findIndex((auth) => auth !== undefined);
  const parameter = header >= 0 ? -1 : query.findIndex(([, value]) => ALONE.test(value));
  return {
    method,
    path,
    query: query.filter((_, at) => at !== parameter),
    headers: headers.filter((_, at) => at !== header),
    auth: inHeaders[header] ?? authOfQuery(query[parameter]),
    body: body && 'text' in body ? body.text : '',
  };
}

/**
 * The values that a draft means. Fails like `takeFeeds`; a login that is not among `logins` is left out, which `checkDraft` has
 * told.
 */
export function valuesOfDraft(
  endpoint: Pick<Endpoint, 'path'>,
  { method, path, query, headers, auth, body }: RequestDraft,
  logins: ReadonlyMap<string, LoginRequest>,
): RequestValues {
  return takeFeeds(endpoint, {
    method,
    path,
    query: auth.kind === 'query' ? [...query, [auth.name, `\${${auth.reference}}`]] : query,
    headers: withAuth(headers, auth, logins),
    body: body === '' ? null : { text: body },
  });
}

function withAuth(
  headers: readonly Pair[],
  auth: DraftAuth,
  logins: ReadonlyMap<string, LoginRequest>,
): readonly Pair[] {
  switch (auth.kind) {
    case 'none':
    case 'query':
      return headers;
    case 'bearer':
      return [...headers, ['Authorization', `Bearer \${${auth.reference}}`]];
    case 'basic':
      return [...headers, ['Authorization', `Basic \${${auth.reference}}`]];
    case 'header':
      return [...headers, [auth.name, `\${${auth.reference}}`]];
    case 'cookie':
      return [...headers, ['Cookie', `${auth.name}=\${${auth.reference}}`]];
    case 'login': {
      const login = logins.get(auth.login);
      return login ? withLogin(headers, login) : headers;
    }
  }
}

function authOfHeader([name, value]: Pair): DraftAuth | undefined {
  const kind = name.toLowerCase();
  if (kind === 'authorization') {
    const [, login] = LOGIN.exec(value) ?? [];
    if (login !== undefined && value.startsWith('Bearer ')) return { kind: 'login', login };
    const [, bearer] = BEARER.exec(value) ?? [];
    if (bearer !== undefined) return { kind: 'bearer', reference: bearer };
    const [, basic] = BASIC.exec(value) ?? [];
    return basic === undefined ? undefined : { kind: 'basic', reference: basic };
  }
  if (kind === 'cookie') {
    const [, login] = LOGIN.exec(value) ?? [];
    if (login !== undefined && !value.startsWith('Bearer ')) return { kind: 'login', login };
    const [, cookie, reference] = COOKIE.exec(value) ?? [];
    return cookie === undefined || reference === undefined ? undefined : { kind: 'cookie', name: cookie, reference };
  }
  const [, reference] = ALONE.exec(value) ?? [];
  return reference === undefined ? undefined : { kind: 'header', name, reference };
}

function authOfQuery(pair: Pair | undefined): DraftAuth {
  const [, reference] = ALONE.exec(pair?.[1] ?? '') ?? [];
  return pair && reference !== undefined ? { kind: 'query', name: pair[0], reference } : { kind: 'none' };
}
