import type { HttpMethod } from './endpoint';

/** Where the value of a secret is, as a request refers to it: `secret:token`, `env:TOKEN`. */
export type SecretReference = string;

/** How a request says who asks. `name` is that of the header, query parameter or cookie. */
export type DraftAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly reference: SecretReference }
  | { readonly kind: 'basic'; readonly reference: SecretReference }
  | { readonly kind: 'header'; readonly name: string; readonly reference: SecretReference }
  | { readonly kind: 'query'; readonly name: string; readonly reference: SecretReference }
  | { readonly kind: 'cookie'; readonly name: string; readonly reference: SecretReference }
  | { readonly kind: 'login'; readonly login: string };

export const DRAFT_AUTH_KINDS = ['none', 'bearer', 'basic', 'header', 'query', 'cookie', 'login'] as const;

/** A request as a person edits it in a form: feeds as they are typed, who asks apart from the other headers. */
export interface RequestDraft {
  readonly method: HttpMethod;
  readonly path: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly auth: DraftAuth;
  /** Empty for none. */
  readonly body: string;
}

/** What is wrong with one field of a draft. */
export interface DraftFault {
  /**
   * `path.id`; `query[0]` and `headers[0]` by their place in the draft; `query.limit` for one that the code asks for and that is
   * not there; `auth.name`, `auth.reference`, `auth.login`; `body`.
   */
  readonly field: string;
  readonly sentence: string;
  /** Nothing can be sent before it is mended; otherwise it is worth a thought only. */
  readonly blocks: boolean;
}
