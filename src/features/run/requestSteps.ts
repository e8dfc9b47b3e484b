import { l10n } from 'vscode';
import type { Endpoint, HttpMethod, Parameter } from '../../core/model/endpoint';
import type { RequestValues } from '../../core/model/request';
import { feedMistake, pathMistake } from '../../core/request/checkDraft';
import { exampleFeed } from '../../core/request/exampleFeed';
import { formatQuery, parseQuery } from '../../core/request/typedQuery';

/** One question about a request, asked in one input box. Values are those that a person types, with feeds where they stand. */
export interface RequestStep {
  readonly prompt: string;
  readonly placeholder: string;
  /** The text to start with. */
  read(values: RequestValues): string;
  /** The values with the text taken in; only called with a text that `check` has nothing against. */
  write(values: RequestValues, text: string): RequestValues;
  /** A sentence why this text cannot be used, or undefined. */
  check(text: string): string | undefined;
}

const BODY_METHODS: readonly HttpMethod[] = ['POST', 'PUT', 'PATCH'];

/** What has to be asked before the first request: path values, required query values, and the body of a writing method. */
export function requiredSteps(endpoint: Endpoint): readonly RequestStep[] {
  const steps = pathSteps(endpoint);
  if (endpoint.parameters.some((each) => each.in === 'query' && each.required)) steps.push(queryStep(endpoint));
  if (BODY_METHODS.some((method) => method === endpoint.method)) steps.push(bodyStep());
  return steps;
}

function pathSteps(endpoint: Endpoint): RequestStep[] {
  return endpoint.parameters.filter((each) => each.in === 'path').map((each) => pathStep(endpoint, each));
}

function pathStep(endpoint: Endpoint, parameter: Parameter): RequestStep {
  const { name, type, pattern, enumValues } = parameter;
  const hint = enumValues ? enumValues.join(', ') : type === 'unknown' ? '' : type;
  const what = hint
    ? l10n.t('A value for {0} in the path ({1}), one that exists on the server', name, hint)
    : l10n.t('A value for {0} in the path, one that exists on the server', name);
  return {
    prompt: `${what}. ${l10n.t('Or another one for each request: {0}', feedExamples(endpoint, name))}`,
    placeholder: pattern ?? name,
    read: ({ path }) => path[name] ?? '',
    write: (values, text) => ({ ...values, path: { ...values.path, [name]: text } }),
    check: (text) => pathMistake(parameter, text),
  };
}

/** Ids out of the list above first, because a range often names things that are not there. */
function feedExamples(endpoint: Endpoint, name: string): string {
  return [...new Set([exampleFeed(endpoint, name), '1..1000', 'random:uuid', '@ids.csv'])].join('   ');
}

function feedHint(example: string): string {
  return l10n.t('Another one for each request: {0}', example);
}

function firstMistake(pairs: readonly (readonly [string, string])[]): string | undefined {
  return pairs.map(([, value]) => feedMistake(value, true)).find((mistake) => mistake !== undefined);
}

function queryStep(endpoint: Endpoint): RequestStep {
  const names = endpoint.parameters.filter((each) => each.in === 'query').map(({ name }) => name);
  return {
    prompt: `${names.length > 0 ? l10n.t('Query ({0}), without “?”', names.join(', ')) : l10n.t('Query, without “?”')}. ${feedHint('limit=1..50')}`,
    placeholder: 'limit=20&offset=0',
    read: ({ query }) => formatQuery(query),
    write: (values, text) => ({ ...values, query: parseQuery(text) }),
    check: (text) => firstMistake(parseQuery(text)),
  };
}

function bodyStep(): RequestStep {
  return {
    prompt: `${l10n.t('The body of the request, empty for none')}. ${feedHint('{"name": "{{random:hex:8}}"}')}`,
    placeholder: '{"name": "Ada"}',
    read: ({ body }) => (body && 'text' in body ? body.text : ''),
    write: (values, text) => ({ ...values, body: text === '' ? null : { text } }),
    check: (text) => feedMistake(text, false),
  };
}
