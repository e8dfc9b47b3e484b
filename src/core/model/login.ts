import type { HttpMethod } from './endpoint';
import type { BodyContent } from './request';

/** Where the token is in the answer to a login. */
export type LoginTake =
  /** The one value that a JSONPath finds in the body. */
  | { readonly kind: 'json'; readonly path: string }
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'cookie'; readonly name: string };

/** One request that is sent before a load and whose answer has the token that the load's requests carry. */
export interface LoginRequest {
  /** Requests refer to the token as `${login:name}`. */
  readonly name: string;
  readonly method: HttpMethod;
  /** With its query, from the base URL of the server that is loaded, so that it can go to no other. */
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: BodyContent | null;
  readonly take: LoginTake;
}
