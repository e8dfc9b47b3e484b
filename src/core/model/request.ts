import type { HttpMethod } from './endpoint';
import type { FeedSetting } from './feed';

/** A body as text (sent as UTF-8) or as bytes. */
export type BodyContent = { readonly text: string } | { readonly base64: string };

/** A request made concrete: everything is filled in. */
export interface RequestTemplate {
  readonly method: HttpMethod;
  /** Absolute http or https URL without userinfo and fragment. */
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: BodyContent | null;
}

/** What a person filled in for an endpoint; remembered per endpoint. */
export interface RequestValues {
  readonly method: HttpMethod;
  readonly path: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: BodyContent | null;
  /** Feeds whose values stand where `{name}` does in the values above. */
  readonly feeds?: readonly FeedSetting[];
}

/** The answer to one single request (preview, readiness). */
export interface SingleResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The first bytes of the body as text, at most `PREVIEW_BODY_LIMIT` bytes. */
  readonly bodyText: string;
  /** Bytes of the whole body as received, or as far as they were read when `truncated`. */
  readonly bodyBytes: number;
  readonly truncated: boolean;
  readonly durationMs: number;
  /** What was spoken; missing in answers of older versions. */
  readonly httpVersion?: '1.1' | '2';
}
