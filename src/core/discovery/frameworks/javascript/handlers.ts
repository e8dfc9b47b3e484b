import type { EndpointMethod, Parameter, ParameterType } from '../../../model/endpoint';
import {
  settle,
  textOf,
  type CallSite,
  type DictValue,
  type ObjectValue,
  type UnknownValue,
  type Value,
} from '../../evaluate/values';
import { HOLE, type PathPiece } from '../../graph';
import type { ModelHost } from '../model';

/** A parameter of one of these names with `.get('/x', f)` is no router. */
export const NOT_A_ROUTER = /client|agent|axios|request|http|fetch|cache|map|store|\bdb\b|mock|nock/i;

/** One of these names is believed even when its handler could not be found. */
const A_ROUTER = /^(?:app|server|router?s?|r|fastify)$|(?:app|router)$/i;

/** Lists within lists as one list of settled values. */
export function flattenValues(value: Value): Value[] {
  const settled = settle(value);
  return settled.t === 'list' ? settled.items.flatMap(flattenValues) : [settled];
}

/** The arguments of a call, settled. */
export function argsOf(site: CallSite): Value[] {
  return site.args.map(({ value }) => settle(value));
}

/** A dictionary argument, when it is one. */
export function dictOf(value: Value | undefined): DictValue | undefined {
  const settled = value && settle(value);
  if (settled?.t === 'dict') return settled;
  // What a library of schemas made, in the shape of JSON Schema.
  if (settled?.t === 'object' && settled.type === 'schema') return dictOf(settled.attrs.get('json'));
  return settled?.t === 'union' ? settled.options.map(dictOf).find(Boolean) : undefined;
}

/** An entry of a dictionary by a way of names: `entryOf(options, 'routes', 'prefix')`. Null counts as absent. */
export function entryOf(value: Value | undefined, ...names: readonly string[]): Value | undefined {
  let current = value;
  for (const name of names) {
    const inner = dictOf(current)?.entries.get(name);
    current = inner && settle(inner);
  }
  const settled = current && settle(current);
  return settled?.t === 'const' && settled.value === null ? undefined : settled;
}

/** The path of a route that is a regular expression. */
export function regexPiece(value: Value & { readonly t: 'regex' }): PathPiece {
  const notes = [`The path is the regular expression /${value.source}/${value.flags}.`];
  return { template: `/${HOLE}`, parameters: [], notes };
}

/** True when a value can be called to answer a request. */
export function isHandler(value: Value, mayBeUnknown: boolean, host: ModelHost): boolean {
  const settled = settle(value);
  if (settled.t === 'list') return settled.items.some((item) => isHandler(item, mayBeUnknown, host));
  if (host.functionOf(settled)) return true;
  return mayBeUnknown && (settled.t === 'method' || settled.t === 'unknown' || settled.t === 'symbol');
}

/** What the frameworks' handlers are given first, by the names that people give it. */
const FIRST_PARAMETERS = { request: /^_*(?:req|request)$/, context: /^_*(?:ctx|context|c)$/ };

/**
 * True for `receiver.verb('/path', ..., handler)` on a parameter that may be a router. A handler whose first parameter is
 * named as those of the other kind of framework rules this one out.
 */
export function isRouteCall(
  receiver: UnknownValue,
  site: CallSite,
  host: ModelHost,
  given: 'request' | 'context',
): boolean {
  const values = argsOf(site);
  const last = values[values.length - 1];
  if (!last || values.length < 2 || !isPathLike(values[0]) || NOT_A_ROUTER.test(receiver.name)) return false;
  const first = host.functionOf(last)?.fn.params[0]?.target;
  const other = FIRST_PARAMETERS[given === 'request' ? 'context' : 'request'];
  if (first?.k === 'name' && other.test(first.name)) return false;
  return isHandler(last, A_ROUTER.test(receiver.name), host);
}

/** True for text that begins as a path does, and for a regular expression. */
export function isPathLike(value: Value | undefined): boolean {
  return (value?.t === 'str' && /^[/*\uE000]/.test(value.text)) || value?.t === 'regex';
}

/** The object of one model behind a value; a module stands for its default export. */
export function objectOfModule(target: Value, host: ModelHost): ObjectValue | undefined {
  const object = host.objectOf(target);
  if (object) return object;
  const settled = settle(target);
  return settled.t === 'module' ? host.objectOf(host.member(settled, 'default')) : undefined;
}

/** A function given as such, wrapped, or as the default export of a module. */
export function functionOfModule(target: Value, host: ModelHost): Value | undefined {
  const settled = settle(target);
  if (settled.t === 'module') return host.functionOf(host.member(settled, 'default'));
  if (settled.t === 'dict') return host.functionOf(settled.entries.get('default') ?? settled);
  return host.functionOf(settled);
}

/** Verbs of a method's name: `all` and `any` stand for every method, `del` for DELETE. */
export function methodsOfVerb(verb: string): readonly EndpointMethod[] {
  const name = verb.toUpperCase();
  if (name === 'DEL') return ['DELETE'];
  const known = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'] as const;
  const found = known.find((method) => method === name);
  return [found ?? 'ANY'];
}

/** The parameters of a path with what a schema of JSON Schema's shape says of them. */
export function typedBySchema(parameters: readonly Parameter[], schema: Value | undefined): Parameter[] {
  const properties = dictOf(entryOf(schema, 'properties') ?? schema)?.entries;
  if (!properties) return [...parameters];
  return parameters.map((parameter) => {
    const property = properties.get(parameter.name);
    return property && parameter.catchAll !== true ? { ...parameter, ...propertyType(property) } : parameter;
  });
}

/** Parameters of the query string that a schema of JSON Schema's shape lists. */
export function queryOfSchema(schema: Value | undefined): Parameter[] {
  const properties = dictOf(entryOf(schema, 'properties'))?.entries;
  const needed = entryOf(schema, 'required');
  const required = needed?.t === 'list' ? needed.items.map((item) => textOf(item).text) : [];
  return [...(properties ?? [])].map(([name, property]) => {
    const fallback = entryOf(property, 'default');
    return {
      name,
      in: 'query',
      type: 'string',
      required: required.includes(name),
      ...propertyType(property),
      ...(fallback ? { default: textOf(fallback).text } : {}),
    };
  });
}

function propertyType(property: Value): { type?: ParameterType; pattern?: string; enumValues?: readonly string[] } {
  const values = entryOf(property, 'enum');
  if (values?.t === 'list') return { type: 'enum', enumValues: values.items.map((item) => textOf(item).text) };
  const [type, format, pattern] = ['type', 'format', 'pattern'].map((name) => entryOf(property, name));
  if (pattern?.t === 'str') return { type: 'regex', pattern: pattern.text };
  if (format?.t === 'str' && format.text === 'uuid') return { type: 'uuid' };
  if (format?.t === 'str' && format.text.startsWith('date')) return { type: 'date' };
  const named = type?.t === 'str' ? type.text : '';
  if (named === 'integer' || named === 'number' || named === 'boolean' || named === 'string') return { type: named };
  return {};
}
