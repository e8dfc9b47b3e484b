import { dict, list, num, settle, str, type ObjectValue, type Value } from '../../evaluate/values';
import { lastName } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { argsOf, dictOf } from './handlers';

const OBJECTS = new Set(['object', 'Object', 'strictObject', 'looseObject']);
const TYPES: Readonly<Record<string, string>> = {
  string: 'string',
  String: 'string',
  number: 'number',
  Number: 'number',
  Numeric: 'number',
  integer: 'integer',
  Integer: 'integer',
  int: 'integer',
  bigint: 'integer',
  boolean: 'boolean',
  Boolean: 'boolean',
  date: 'date',
  Date: 'date',
};

/** Libraries that describe values: zod, TypeBox, Joi and Elysia's `t`, as far as they say what a parameter is. */
export const schemas: FrameworkModel = {
  id: 'schema',
  languages: ['javascript'],
  packages: [
    'zod',
    'joi',
    '@hapi/joi',
    '@sinclair/typebox',
    'typebox',
    'elysia.t',
    '@hono/zod-openapi.z',
    '@elysiajs/eden',
  ],
  prefilter: /(?!)/,
  registrars: [],
  join: (prefix, path) => prefix + path,

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    const [first] = argsOf(site);
    if (OBJECTS.has(name)) return objectSchema(first, host);
    if (name === 'enum' || name === 'nativeEnum' || name === 'Enum' || name === 'UnionEnum')
      return schema(host, [['enum', enumOf(first)]]);
    if (name === 'literal' || name === 'Literal') return schema(host, [['enum', list(first ? [first] : [])]]);
    if (name === 'uuid' || name === 'guid') return schema(host, [['format', str('uuid')]]);
    if (name === 'Optional') return first && optional(first, host);
    const type = TYPES[name];
    if (type === undefined) return undefined;
    const given = dictOf(argsOf(site)[0])?.entries ?? [];
    return schema(host, type === 'date' ? [['format', str('date')]] : [['type', str(type)], ...given]);
  },

  callMethod(object, name, site, host) {
    const [first] = argsOf(site);
    if (name === 'int' || name === 'integer') return extended(object, [['type', str('integer')]], host);
    if (name === 'uuid' || name === 'guid') return extended(object, [['format', str('uuid')]], host);
    if (name === 'datetime' || name === 'isoDate') return extended(object, [['format', str('date')]], host);
    if ((name === 'regex' || name === 'pattern') && first?.t === 'regex') {
      return extended(object, [['pattern', str(first.source)]], host);
    }
    if (name === 'valid' && first) return extended(object, [['enum', list(argsOf(site))]], host);
    if (name === 'optional' || name === 'nullish') return optional(object, host);
    if (name === 'default' && first) return optional(extended(object, [['default', first]], host), host);
    // Limits, transformations and descriptions leave the type as it is.
    return object;
  },
};

function schema(host: ModelHost, entries: Iterable<readonly [string, Value]>): ObjectValue {
  return host.object(schemas, 'schema', [['json', dict(entries)]]);
}

function extended(object: ObjectValue, more: readonly (readonly [string, Value])[], host: ModelHost): ObjectValue {
  return schema(host, [...(dictOf(object)?.entries ?? []), ...more]);
}

function optional(value: Value, host: ModelHost): Value {
  const object = host.objectOf(value);
  return object ? extended(object, [['optional', num(true)]], host) : value;
}

/** `{ properties, required }` of the fields. */
function objectSchema(fields: Value | undefined, host: ModelHost): Value {
  const entries = [...(dictOf(fields)?.entries ?? [])].map(([name, value]) => [name, settle(value)] as const);
  const required = entries.filter(([, value]) => !dictOf(value)?.entries.has('optional')).map(([name]) => str(name));
  return schema(host, [
    ['properties', dict(entries)],
    ['required', list(required)],
  ]);
}

function enumOf(value: Value | undefined): Value {
  if (value?.t === 'list') return value;
  return list([...(dictOf(value)?.entries.values() ?? [])]);
}
