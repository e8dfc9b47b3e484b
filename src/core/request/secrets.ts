import type { RequestTemplate, RequestValues } from '../model/request';
import { UserError } from '../../util/errors';
import { escapeFor } from './feedPlaces';
import { isInJsonString, replaceSlots } from './feedTemplate';
import { validateHeaders } from './headers';

/** Values by reference, `secret:name`, `env:NAME` or `login:name`, as a request writes them: `${secret:name}`. */
export type Secrets = ReadonlyMap<string, string>;

/** As typed, and as a URL writes it. */
const REFERENCE = /(?:\$|%24)(?:\{|%7b)(secret|env|login)(?::|%3a)([A-Za-z_][\w.-]*)(?:\}|%7d)/gi;
const SECRET_HEADER =
  /^(?:proxy-)?authorization$|^cookie$|(?:^|[-_])(?:token|secret|password|api[-_]?key|session(?:[-_]?id)?)$/i;
const SECRET_QUERY =
  /^(?:x[-_])?(?:api[-_]?key|key|token|(?:access|auth|id|session)[-_]?token|(?:client[-_]?)?secret|password|passwd|sig|signature)$/i;
const SCHEME = /^(Bearer|Basic|Token|Digest|ApiKey|JWT)\s+(?=\S)/i;
/** A shorter value would be found in half of all texts. */
const SHORTEST_REDACTED = 4;

/**
 * What a secret is called in the environment.
 *
 * Examples: `token` → `ENDPOINT_PROFILER_SECRET_TOKEN`; `x-api-key` → `ENDPOINT_PROFILER_SECRET_X_API_KEY`
 */
export function environmentNameOf(secret: string): string {
  return `ENDPOINT_PROFILER_SECRET_${secret.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
}

/** The references in a request, each once: `secret:name`, `login:name`. */
export function referencesIn({ url, headers, body }: RequestTemplate): readonly string[] {
  const texts = [url, ...headers.map(([, value]) => value), body && 'text' in body ? body.text : ''];
  return referencesInTexts(texts);
}

/** The references in texts, each once. */
export function referencesInTexts(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.flatMap((text) => [...text.matchAll(REFERENCE)].map(keyOf)))];
}

/** A URL with its references as a person wrote them, where a URL parser percent-encodes them. */
export function showReferences(url: string): string {
  return url.replace(REFERENCE, (_whole, kind: string, name: string) => `\${${kind}:${name}}`);
}

/**
 * The request as it is sent: every reference replaced by its value, written so that it stays one value where it stands. Fails
 * with `secret-missing` for a reference without a value, and with `header-invalid` for a value that no header can have; neither
 * sentence has the value in it.
 */
export function fillSecrets(request: RequestTemplate, secrets: Secrets): RequestTemplate {
  const fill = (text: string, write: (value: string, at: number) => string): string =>
    text.replace(REFERENCE, (whole: string, kind: string, name: string, at: number) => {
      const value = secrets.get(`${kind.toLowerCase()}:${name}`);
      if (value === undefined) throw secretMissing(whole);
      return write(value, at);
    });
  const headers = request.headers.map(([name, value]) => [name, fill(value, (each) => each)] as const);
  validateHeaders(headers);
  const { body } = request;
  return {
    ...request,
    url: fill(request.url, (value) => escapeFor('query', value)),
    headers,
    body:
      body && 'text' in body ? { text: fill(body.text, (value, at) => inBody(value, at, body.text, headers)) } : body,
  };
}

/** A text of an answer without the values of secrets, however it repeats them; values under four characters are left. */
export function redactSecrets(text: string, secrets: Secrets): string {
  let redacted = text;
  const longestFirst = [...secrets].sort(([, a], [, b]) => b.length - a.length);
  for (const [reference, value] of longestFirst) {
    if (value.length < SHORTEST_REDACTED) continue;
    for (const form of spellings(value)) redacted = redacted.replaceAll(form, `\${${reference}}`);
  }
  return redacted;
}

/** What was typed in plain and is a secret, by the name of the secret it became. */
export interface HiddenSecrets<Request> {
  readonly request: Request;
  /** Without `secret:`. Only what was hidden now. */
  readonly hidden: ReadonlyMap<string, string>;
}

/**
 * Moves what is a secret by the name of its header or query parameter out of the values. `known` are secrets that are kept
 * already: the same value gets the same name, another one a new name. What is fed or refers to a secret stays.
 *
 * Examples:
 *   `Authorization: Bearer abc` → `Authorization: Bearer ${secret:authorization}`
 *   `?api_key=abc` → `?api_key=${secret:api_key}`
 */
export function hideSecretValues(
  values: RequestValues,
  known: ReadonlyMap<string, string>,
): HiddenSecrets<RequestValues> {
  const feedNames = (values.feeds ?? []).map(({ name }) => name);
  const namer = new SecretNamer(known, feedNames, textsOf(values));
  const headers = values.headers.map((header) => namer.header(header));
  const query = values.query.map((pair) => namer.query(pair));
  return { request: { ...values, headers, query }, hidden: namer.hidden };
}

/** The same for a request that was made without an endpoint. */
export function hideSecretsOfRequest(
  request: RequestTemplate,
  feedNames: readonly string[],
): HiddenSecrets<RequestTemplate> {
  const namer = new SecretNamer(new Map(), feedNames, [request.url, ...request.headers.map(([, value]) => value)]);
  const headers = request.headers.map((header) => namer.header(header));
  const [before, query] = splitOnce(request.url, '?');
  const [pairs, hash] = splitOnce(query ?? '', '#');
  const hidden = pairs.split('&').map((pair) => {
    const [name, value] = splitOnce(pair, '=');
    if (value === undefined) return pair;
    const [, written] = namer.query([decodeOrKeep(name), decodeOrKeep(value)]);
    return written === decodeOrKeep(value) ? pair : `${name}=${written}`;
  });
  const url =
    query === undefined ? request.url : `${before}?${hidden.join('&')}${hash === undefined ? '' : `#${hash}`}`;
  return { request: { ...request, url, headers }, hidden: namer.hidden };
}

/** Whether a header of this name is a secret. */
export function isSecretHeader(name: string): boolean {
  return SECRET_HEADER.test(name);
}

class SecretNamer {
  readonly hidden = new Map<string, string>();
  readonly #known: ReadonlyMap<string, string>;
  readonly #feedNames: readonly string[];
  readonly #referred: readonly string[];

  constructor(known: ReadonlyMap<string, string>, feedNames: readonly string[], texts: readonly string[]) {
    this.#known = known;
    this.#feedNames = feedNames;
    this.#referred = referencesInTexts(texts);
  }

  header([name, value]: readonly [string, string]): readonly [string, string] {
    if (!isSecretHeader(name) || this.#isOpen(value)) return [name, value];
    const scheme = SCHEME.exec(value)?.[0] ?? '';
    return [name, scheme + this.#hide(name, value.slice(scheme.length))];
  }

  query([name, value]: readonly [string, string]): readonly [string, string] {
    return !SECRET_QUERY.test(name) || this.#isOpen(value) ? [name, value] : [name, this.#hide(name, value)];
  }

  #isOpen(value: string): boolean {
    return (
      value.trim() === '' || referencesInTexts([value]).length > 0 || replaceSlots(value, this.#feedNames, '') !== value
    );
  }

  #hide(label: string, value: string): string {
    const base = label
      .toLowerCase()
      .replace(/[^\w-]/g, '_')
      .replace(/^(?![a-z_])/, '_');
    const isFree = (name: string): boolean => {
      const kept = this.#known.get(name) ?? this.hidden.get(name);
      if (kept !== undefined) return kept === value;
      return !this.#referred.includes(`secret:${name}`);
    };
    let name = base;
    for (let number = 2; !isFree(name); number++) name = `${base}-${number}`;
    this.hidden.set(name, value);
    return `\${secret:${name}}`;
  }
}

function inBody(value: string, at: number, text: string, headers: RequestTemplate['headers']): string {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1].toLowerCase() ?? '';
  if (type.includes('json')) return escapeFor(isInJsonString(text, at) ? 'json-text' : 'json-string', value);
  return escapeFor(type.includes('x-www-form-urlencoded') ? 'form' : type.includes('xml') ? 'xml' : 'text', value);
}

function textsOf({ headers, query, path, body }: RequestValues): readonly string[] {
  const pairs = [...headers, ...query].map(([, value]) => value);
  return [...pairs, ...Object.values(path), body && 'text' in body ? body.text : ''];
}

/** As servers repeat a value: raw, in a URL, in JSON, in JSON within JSON, in HTML. The longest first. */
function spellings(value: string): ReadonlySet<string> {
  const json = JSON.stringify(value).slice(1, -1);
  const forms = [
    JSON.stringify(json).slice(1, -1),
    json,
    encodeURIComponent(value),
    escapeFor('xml', value),
    escapeFor('xml', value).replaceAll('&apos;', '&#39;'),
    value,
  ];
  return new Set(forms.sort((a, b) => b.length - a.length));
}

function keyOf([, kind = '', name = '']: RegExpExecArray): string {
  return `${kind.toLowerCase()}:${name}`;
}

function splitOnce(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}

function decodeOrKeep(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function secretMissing(reference: string): UserError {
  return new UserError('secret-missing', `There is no value for ${showReferences(reference)}: fill it in.`);
}
