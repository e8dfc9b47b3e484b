import type { RequestValues } from '../model/request';
import type { LoginRequest } from '../model/login';
import { withLogin } from './login';
import { isSecretHeader } from './secrets';

/** Ways to say who asks. `name` is that of the header, query parameter or cookie. */
export type Authorization =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer' }
  | { readonly kind: 'basic' }
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'query'; readonly name: string }
  | { readonly kind: 'cookie'; readonly name: string }
  /** The token of a login. */
  | { readonly kind: 'login'; readonly login: LoginRequest };

/**
 * The values with one way of saying who asks in the place of all others, referring to the secret. The value of a `basic`
 * secret is what `basicCredentials` makes.
 *
 * Examples: `bearer`, secret `api` → `Authorization: Bearer ${secret:api}`; `cookie` `sid` → `Cookie: sid=${secret:api}`
 */
export function withAuthorization(values: RequestValues, how: Authorization, secret: string): RequestValues {
  const reference = `\${secret:${secret}}`;
  const query = how.kind === 'query' ? values.query.filter(([name]) => name !== how.name) : values.query;
  const headers = values.headers.filter(([name]) => !isSecretHeader(name));
  switch (how.kind) {
    case 'none':
      return { ...values, headers };
    case 'login':
      return { ...values, headers: withLogin(headers, how.login) };
    case 'bearer':
      return { ...values, headers: [...headers, ['Authorization', `Bearer ${reference}`]] };
    case 'basic':
      return { ...values, headers: [...headers, ['Authorization', `Basic ${reference}`]] };
    case 'header':
      return {
        ...values,
        headers: [...headers.filter(([name]) => name.toLowerCase() !== how.name.toLowerCase()), [how.name, reference]],
      };
    case 'query':
      return { ...values, headers, query: [...query, [how.name, reference]] };
    case 'cookie':
      return { ...values, headers: [...headers, ['Cookie', `${how.name}=${reference}`]] };
  }
}

/** User and password as they follow `Basic` (RFC 7617): base64 of their UTF-8. Example: `a`, `b` → `YTpi` */
export function basicCredentials(user: string, password: string): string {
  const bytes = new TextEncoder().encode(`${user}:${password}`);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
