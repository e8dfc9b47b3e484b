import type { Endpoint } from '../model/endpoint';
import type { RequestTemplate, RequestValues } from '../model/request';
import { validateHeaders } from './headers';
import { parseTargetUrl } from './targetGuard';

/** A request that came out of another tool. */
export interface ImportedRequest {
  readonly request: RequestTemplate;
  /** It was made without verifying the server's certificate. */
  readonly insecureTls: boolean;
}

/** Set by every connection itself, so that they say nothing about the request. */
const OF_CONNECTION =
  /^(?:content-length|connection|transfer-encoding|te|trailer|upgrade|expect|keep-alive|proxy-connection|:.*)$/i;

/** Checks a request out of another tool and takes out what a connection sets itself. Fails with `target-url` or `header-invalid`. */
export function importedRequest({ method, url, headers, body }: RequestTemplate): ImportedRequest {
  const target = parseTargetUrl(url);
  target.hash = '';
  const kept = headers.filter(([name]) => !OF_CONNECTION.test(name));
  validateHeaders(kept);
  return { request: { method, url: target.href, headers: kept, body }, insecureTls: false };
}

/**
 * The values that make an endpoint the imported request; undefined when it is another method or path. A path in front of the
 * template, where the application is mounted elsewhere, is let pass.
 *
 * Examples: `/author/{id}` and `http://h/v1/author/a%20b?x=1` → path `{ id: 'a b' }`, query `x=1`
 */
export function valuesOfImport(
  { method: own, path }: Pick<Endpoint, 'method' | 'path'>,
  { method, url, headers, body }: RequestTemplate,
): RequestValues | undefined {
  if (own !== method && own !== 'ANY') return undefined;
  const { pathname, searchParams } = new URL(url);
  const names: string[] = [];
  const source = path
    .split(/(\{[^{}]*\})/)
    .map((part) => {
      const inside = /^\{([^{}]*)\}$/.exec(part)?.[1];
      if (inside === undefined) return encodeURI(part).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      names.push(inside.replace(/\*$/, ''));
      return inside.endsWith('*') ? '(.*)' : '([^/]+)';
    })
    .join('');
  const match = new RegExp(`^(?:/[^/]+)*?${source}$`).exec(pathname);
  if (!match) return undefined;
  const values = names.map((name, at) => [name, decode(match[at + 1] ?? '')] as const);
  return { method, path: Object.fromEntries(values), query: [...searchParams], headers, body };
}

/** The endpoint that an imported request is one of, the one with most fixed text first, with its values. */
export function endpointOfImport<Candidate extends { readonly endpoint: Endpoint }>(
  candidates: readonly Candidate[],
  request: RequestTemplate,
): { readonly candidate: Candidate; readonly values: RequestValues } | undefined {
  const fixed = ({ endpoint }: Candidate): number => endpoint.path.replace(/\{[^{}]*\}/g, '').length;
  const byFixed = [...candidates].sort((a, b) => fixed(b) - fixed(a));
  for (const candidate of byFixed) {
    const values = valuesOfImport(candidate.endpoint, request);
    if (values) return { candidate, values };
  }
  return undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
