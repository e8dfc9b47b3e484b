import type { RequestValues } from '../model/request';
import { UserError } from '../../util/errors';
import { showFeeds } from './typedFeeds';

const SECRET_KEY = /"([^"]*(?:password|passwd|secret|token|api[-_]?key)[^"]*)"\s*:\s*"(?!\$\{)[^"]+"/gi;

/**
 * The values of an endpoint as the team file has them: feeds where they stand, a JSON body as JSON. Fails with `request-repeats`
 * when a parameter or a header is there twice, and with `request-binary` for a body of bytes: the file can hold neither.
 */
export function savedRequest(values: RequestValues): Readonly<Record<string, unknown>> {
  const { path, query, headers, body } = showFeeds(values);
  if (body && !('text' in body)) {
    throw new UserError(
      'request-binary',
      'The body is no text, so the team file cannot hold it: leave the body out, or keep the request here only.',
    );
  }
  return {
    ...(Object.keys(path).length > 0 ? { path } : {}),
    ...(query.length > 0 ? { query: mapOf(query, 'query') } : {}),
    ...(headers.length > 0 ? { headers: mapOf(headers, 'headers') } : {}),
    ...(body ? { body: asJson(body.text) } : {}),
  };
}

/** Keys of a JSON body whose values look like secrets in plain, each once. */
export function plainSecretsIn({ body }: Pick<RequestValues, 'body'>): readonly string[] {
  if (!body || !('text' in body)) return [];
  return [...new Set([...body.text.matchAll(SECRET_KEY)].map(([, key = '']) => key))];
}

function mapOf(pairs: RequestValues['query'], where: 'query' | 'headers'): Readonly<Record<string, string>> {
  const names = pairs.map(([name]) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return Object.fromEntries(pairs);
  const what = where === 'query' ? 'The query' : 'The request';
  throw new UserError(
    'request-repeats',
    `${what} has "${twice}" twice, which the team file cannot hold: leave one out.`,
  );
}

/** An object or a list as itself, when the file would not change what is sent by it. */
function asJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
