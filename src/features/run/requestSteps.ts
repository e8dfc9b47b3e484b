import { l10n } from 'vscode';
import { HTTP_METHODS, type Endpoint, type HttpMethod, type Parameter } from '../../core/model/endpoint';
import type { RequestValues } from '../../core/model/request';
import { looksLikeFeed } from '../../core/request/feedSpec';
import { exampleFeed } from '../../core/request/feedValues';
import { parseHeader } from '../../core/request/headers';
import { checkTypedFeeds } from '../../core/request/typedFeeds';
import { formatQuery, parseQuery } from '../../core/request/typedQuery';
import { describeError } from '../../util/errors';

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

/** Between headers in one line; commas and semicolons are part of many values. */
const HEADER_SEPARATOR = ' | ';
const BODY_METHODS: readonly HttpMethod[] = ['POST', 'PUT', 'PATCH'];

/** What has to be asked before the first request: path values, required query values, and the body of a writing method. */
export function requiredSteps(endpoint: Endpoint): readonly RequestStep[] {
  const steps = pathSteps(endpoint);
  if (endpoint.parameters.some((each) => each.in === 'query' && each.required)) steps.push(queryStep(endpoint));
  if (BODY_METHODS.some((method) => method === endpoint.method)) steps.push(bodyStep());
  return steps;
}

/** Everything about a request that can be edited. */
export function allSteps(endpoint: Endpoint): readonly RequestStep[] {
  const steps = pathSteps(endpoint);
  if (endpoint.method === 'ANY') steps.unshift(methodStep());
  steps.push(queryStep(endpoint), headersStep());
  if (endpoint.method !== 'GET' && endpoint.method !== 'HEAD') steps.push(bodyStep());
  return steps;
}

function methodStep(): RequestStep {
  const parse = (text: string): HttpMethod | undefined =>
    HTTP_METHODS.find((method) => method === text.trim().toUpperCase());
  return {
    prompt: l10n.t('The method to send; this handler takes every method'),
    placeholder: 'GET',
    read: ({ method }) => method,
    write: (values, text) => ({ ...values, method: parse(text) ?? values.method }),
    check: (text) => (parse(text) ? undefined : l10n.t('Write one of {0}.', HTTP_METHODS.join(', '))),
  };
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
    check: (text) => {
      const mistake = feedMistake(text, true);
      if (mistake !== undefined || looksLikeFeed(text) || text.includes('{{')) return mistake;
      if (text === '' && !parameter.catchAll) return l10n.t('A value for {0} is needed.', name);
      if (type === 'integer' && !/^-?\d+$/.test(text)) return l10n.t('The code asks for a whole number here.');
      return undefined;
    },
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

function feedMistake(text: string, isWhole: boolean): string | undefined {
  try {
    checkTypedFeeds(text, isWhole);
    return undefined;
  } catch (error) {
    return describeError(error);
  }
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

function headersStep(): RequestStep {
  const parse = (text: string): RequestValues['headers'] =>
    text
      .split(HEADER_SEPARATOR)
      .filter((line) => line.trim() !== '')
      .map((line) => parseHeader(line));
  return {
    prompt: `${l10n.t('Headers, several with “ | ” between them')}. ${feedHint('X-User: 1..50')}`,
    placeholder: 'Accept: application/json | X-Trace: 1',
    read: ({ headers }) => headers.map(([name, value]) => `${name}: ${value}`).join(HEADER_SEPARATOR),
    write: (values, text) => ({ ...values, headers: parse(text) }),
    check: (text) => {
      try {
        return firstMistake(parse(text));
      } catch (error) {
        return describeError(error);
      }
    },
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
