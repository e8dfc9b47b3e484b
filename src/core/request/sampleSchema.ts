import type { JsonValue } from './jsonPath';
import { samplePattern } from './samplePattern';

/** A JSON Schema as documents have it; nothing in it is trusted. */
export type Schema = Readonly<Record<string, unknown>>;

/** Deeper than any real body; what refers to itself ends there. */
const MOST_DEPTH = 12;
/** A schema may ask for a million items; what it gets is for a request. */
const MOST_ITEMS = 50;
const MOST_CHARS = 4096;

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2024-01-01T00:00:00Z',
  date: '2024-01-01',
  time: '00:00:00Z',
  duration: 'PT1S',
  uuid: '00000000-0000-4000-8000-000000000001',
  email: 'a@example.com',
  'idn-email': 'a@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipvanyaddress: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  'uri-reference': '/a',
  byte: 'YQ==',
  binary: 'a',
  'json-pointer': '/a',
  regex: 'a',
};

/**
 * A small value that a schema accepts: what it gives as example, default, constant or first of an enumeration, else the least
 * that its type and bounds ask for. Of objects only what is required. `resolve` follows a `$ref`; undefined ends it.
 *
 * Examples: `{type: integer, minimum: 5}` → `5`; `{type: object, required: [a], properties: {a: {type: string}}}` → `{a: "a"}`
 */
export function sampleSchema(schema: unknown, resolve: (reference: string) => unknown): JsonValue {
  return new Sampler(resolve).sample(schema, 0, '');
}

class Sampler {
  readonly #resolve: (reference: string) => unknown;
  /** Parts that are still looked at: a small document can ask for more than a machine has. */
  #left = 2000;

  constructor(resolve: (reference: string) => unknown) {
    this.#resolve = resolve;
  }

  sample(given: unknown, depth: number, name: string): JsonValue {
    if (depth > MOST_DEPTH || this.#left <= 0) return null;
    const schema = this.#flatten(given, depth);
    for (const key of ['example', 'const', 'default']) {
      if (schema[key] !== undefined && (schema[key] !== null || key === 'const')) return schema[key] as JsonValue;
    }
    const listed = [schema['examples'], schema['enum']].find(Array.isArray) as JsonValue[] | undefined;
    const first = listed?.find((each) => each !== null);
    if (first !== undefined) return first;
    switch (typeOf(schema)) {
      case 'object':
        return this.#object(schema, depth);
      case 'array':
        return this.#array(schema, depth);
      case 'integer':
        return sampleNumber(schema, 1);
      case 'number':
        return sampleNumber(schema, 0);
      case 'boolean':
        return true;
      case 'null':
        return null;
      default:
        return sampleString(schema, name);
    }
  }

  /** The schema with references followed, every `allOf` merged, and one of the alternatives chosen. */
  #flatten(given: unknown, depth: number): Schema {
    let schema = asSchema(given);
    this.#left -= 1;
    if (this.#left <= 0) return schema;
    for (let step = 0; typeof schema['$ref'] === 'string' && step < MOST_DEPTH; step += 1) {
      const { $ref, ...beside } = schema;
      schema = { ...asSchema(this.#resolve($ref)), ...beside };
    }
    if (depth > MOST_DEPTH) return schema;
    for (const part of asList(schema['allOf'])) schema = merge(schema, this.#flatten(part, depth + 1));
    const choices = [...asList(schema['oneOf']), ...asList(schema['anyOf'])];
    const choice = choices.find((each) => asSchema(each)['type'] !== 'null') ?? choices[0];
    return choice === undefined ? schema : merge(schema, this.#flatten(choice, depth + 1));
  }

  #object(schema: Schema, depth: number): JsonValue {
    const properties = asSchema(schema['properties']);
    const required = asList(schema['required']).filter((each): each is string => typeof each === 'string');
    const least = boundOf(schema, 'minProperties') ?? 0;
    const names = [...new Set([...required, ...Object.keys(properties).slice(0, Math.max(0, least))])];
    const entries = names
      .filter((name) => asSchema(properties[name])['readOnly'] !== true)
      .map((name) => [name, this.sample(properties[name], depth + 1, name)] as const);
    return Object.fromEntries(entries);
  }

  #array(schema: Schema, depth: number): JsonValue {
    const fixed = asList(schema['prefixItems']);
    const least = Math.min(MOST_ITEMS, Math.max(boundOf(schema, 'minItems') ?? 1, fixed.length));
    const most = boundOf(schema, 'maxItems') ?? Infinity;
    const items = Array.from({ length: Math.min(least, most) }, (_, at) =>
      this.sample(fixed[at] ?? schema['items'], depth + 1, ''),
    );
    if (schema['uniqueItems'] !== true) return items;
    return items.map((item, at) =>
      typeof item === 'number' ? item + at : typeof item === 'string' && at > 0 ? `${item}${at}` : item,
    );
  }
}

function sampleNumber(schema: Schema, step: 0 | 1): number {
  const exclusive = (key: string, bound: string): number | undefined =>
    schema[key] === true ? boundOf(schema, bound) : boundOf(schema, key);
  const least = schema['exclusiveMinimum'] === true ? undefined : boundOf(schema, 'minimum');
  const most = schema['exclusiveMaximum'] === true ? undefined : boundOf(schema, 'maximum');
  const above = exclusive('exclusiveMinimum', 'minimum');
  const below = exclusive('exclusiveMaximum', 'maximum');
  const low = Math.max(least ?? -Infinity, above ?? -Infinity);
  const high = Math.min(most ?? Infinity, below ?? Infinity);
  const isOpen = (value: number): boolean => value === above || value === below;
  const unit = boundOf(schema, 'multipleOf') ?? step;
  if (unit > 0) {
    const start = Number.isFinite(low) ? low : Math.min(1, high);
    let value =
      Number.isFinite(low) || high >= 1
        ? Math.ceil(Math.max(start, Number.isFinite(low) ? low : 1) / unit) * unit
        : Math.floor(high / unit) * unit;
    if (isOpen(value)) value += value === above ? unit : -unit;
    return value;
  }
  const inside = [1, low, high, low + 1, high - 1, (low + high) / 2];
  return inside.find((value) => Number.isFinite(value) && value >= low && value <= high && !isOpen(value)) ?? 1;
}

function sampleString(schema: Schema, name: string): string {
  const least = Math.min(MOST_CHARS, boundOf(schema, 'minLength') ?? 0);
  const most = boundOf(schema, 'maxLength') ?? Infinity;
  if (typeof schema['pattern'] === 'string') {
    const found = samplePattern(schema['pattern'], least, most);
    if (found !== undefined) return found;
  }
  const format = typeof schema['format'] === 'string' ? FORMATS[schema['format'].toLowerCase()] : undefined;
  const named = /e-?mail/i.test(name) ? FORMATS['email'] : undefined;
  const text = format ?? named ?? 'a';
  return text.length >= least && text.length <= most ? text : 'a'.repeat(Math.max(least, Math.min(1, most)));
}

function typeOf(schema: Schema): string | undefined {
  const types = [schema['type']].flat().filter((each): each is string => typeof each === 'string');
  const named = types.find((each) => each !== 'null') ?? types[0];
  if (named !== undefined) return named;
  if (schema['properties'] !== undefined || schema['required'] !== undefined) return 'object';
  if (schema['items'] !== undefined) return 'array';
  return schema['minimum'] !== undefined || schema['maximum'] !== undefined ? 'number' : undefined;
}

function merge(base: Schema, more: Schema): Schema {
  const required = [...new Set([...asList(base['required']), ...asList(more['required'])])];
  return {
    ...more,
    ...base,
    properties: { ...asSchema(more['properties']), ...asSchema(base['properties']) },
    ...(required.length > 0 ? { required } : {}),
    ...((base['type'] ?? more['type']) ? { type: base['type'] ?? more['type'] } : {}),
  };
}

function boundOf(schema: Schema, key: string): number | undefined {
  const value = schema[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? (value as Schema) : {};
}
