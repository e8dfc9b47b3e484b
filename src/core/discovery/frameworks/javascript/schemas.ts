import { dict, list, num, settle, str, type ObjectValue, type Value } from '../../evaluate/values';
import { lastName } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { readByProperties } from './defaults';
import { argsOf, dictOf, entryOf } from './handlers';

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

/** Calls that read a value by a description. */
const READS = new Set(['parse', 'parseAsync', 'safeParse', 'safeParseAsync', 'validate', 'validateSync', 'cast']);

/** Under which names what was read stands in an answer: zod's and Valibot's. */
const READ_AS = ['data', 'output'] as const;

/**
 * Libraries that describe values: zod, TypeBox, Joi, Yup, Valibot and Elysia's `t`, as far as they say what a parameter is and
 * which default a setting has.
 */
export const schemas: FrameworkModel = {
  id: 'schema',
  languages: ['javascript'],
  packages: [
    'zod',
    'valibot',
    'yup',
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
    const second = argsOf(site)[1];
    if (name === 'Optional' || name === 'optional') return first && optional(withDefault(first, second, host), host);
    if (READS.has(name) && first && second) return host.callMethod(first, name, { ...site, args: [{ value: second }] });
    // Valibot puts the steps of a description side by side.
    if (name === 'pipe') return first;
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
    if ((name === 'keys' || name === 'extend') && first) return objectSchema(dict(fieldsOf(object, first)), host);
    if (READS.has(name)) return readBy(object, name, first);
    // Limits, transformations and descriptions leave the type as it is.
    return object;
  },
};

/** Reads a value by a description: what the fields' defaults say, in the wrapping that the library answers with. */
function readBy(object: ObjectValue, name: string, given: Value | undefined): Value | undefined {
  const properties = entryOf(object, 'properties');
  if (!properties) return undefined;
  const read = readByProperties(properties, given);
  if (name.startsWith('safeParse'))
    return dict(
      READ_AS.map((key) => [key, read] as const),
      true,
    );
  if (name === 'validate') return dict([['value', read]], true);
  return read;
}

function fieldsOf(object: ObjectValue, more: Value): [string, Value][] {
  return [entryOf(object, 'properties'), more].flatMap((one) => [...(dictOf(one)?.entries ?? [])]);
}

function withDefault(value: Value, fallback: Value | undefined, host: ModelHost): Value {
  const object = host.objectOf(value);
  return object && fallback ? extended(object, [['default', fallback]], host) : value;
}

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
