import { HTTP_METHODS } from '../../core/model/endpoint';
import { DRAFT_AUTH_KINDS, type DraftAuth, type RequestDraft } from '../../core/model/requestDraft';
import { badMessage, fieldsOf, oneOf, parseText } from './parsePageMessage';

type Pair = readonly [name: string, value: string];

/** More than any request that a person fills in. */
const MOST_PAIRS = 200;
const MOST_CHARACTERS = 5_000_000;

/** A request as the form of the page sends it. What is wrong with its values is not looked at. Fails with `bad-message`. */
export function parseRequestDraft(params: unknown): RequestDraft {
  const { path, query, headers, auth } = fieldsOf(params);
  const texts = Object.entries(fieldsOf(path)).filter((entry): entry is [string, string] => isText(entry[1]));
  const body = parseText(params, 'body');
  if (body.length > MOST_CHARACTERS) throw badMessage('The body is longer than 5 MB: feed it from a file instead.');
  return {
    method: oneOf(HTTP_METHODS, parseText(params, 'method')),
    path: Object.fromEntries(texts),
    query: parsePairs(query),
    headers: parsePairs(headers),
    auth: parseAuth(auth),
    body,
  };
}

/** The name of a saved request; null for the one without. Fails with `bad-message`. */
export function parseName(params: unknown): string | null {
  return fieldsOf(params)['name'] === null ? null : parseText(params, 'name');
}

export function parseAuthKind(params: unknown): DraftAuth['kind'] {
  return oneOf(DRAFT_AUTH_KINDS, parseText(params, 'kind'));
}

function parseAuth(auth: unknown): DraftAuth {
  const kind = parseAuthKind(auth);
  switch (kind) {
    case 'none':
      return { kind };
    case 'login':
      return { kind, login: parseText(auth, 'login') };
    case 'bearer':
    case 'basic':
      return { kind, reference: parseText(auth, 'reference') };
    case 'header':
    case 'query':
    case 'cookie':
      return { kind, name: parseText(auth, 'name'), reference: parseText(auth, 'reference') };
  }
}

function parsePairs(pairs: unknown): readonly Pair[] {
  if (!Array.isArray(pairs) || pairs.length > MOST_PAIRS) {
    throw badMessage(`The page sent no list of at most ${MOST_PAIRS} pairs.`);
  }
  return pairs.map((pair: unknown) => {
    const [name, value] = Array.isArray(pair) ? (pair as unknown[]) : [];
    if (!isText(name) || !isText(value)) throw badMessage('The page sent a pair that is not two texts.');
    return [name, value];
  });
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
