import { isSameRoute } from '../discovery/crossCheck';
import { basePathOf } from '../discovery/liveTable';
import { HTTP_METHODS, type Endpoint, type HttpMethod } from '../model/endpoint';
import type { RequestValues } from '../model/request';
import type { JsonValue } from './jsonPath';
import { parseOpenApi } from './openApiDocument';
import { sampleSchema } from './sampleSchema';

/** What a document says of a request; parts that it does not speak of are missing. */
export type DescribedValues = Partial<Pick<RequestValues, 'path' | 'query' | 'headers' | 'body'>>;

type Json = Readonly<Record<string, unknown>>;

/**
 * Values for an endpoint out of an OpenAPI 3 or Swagger 2 document: path values, the query parameters and headers that are
 * required or have an example, and a body of what its schema requires. Undefined when the text is no such document or
 * does not speak of the endpoint.
 *
 * Example: `POST /author` with a schema that requires `name` → body `{"name":"a"}`
 */
export function openApiValues(text: string, endpoint: Pick<Endpoint, 'method' | 'path'>): DescribedValues | undefined {
  const document = parseOpenApi(text);
  if (!document) return undefined;
  const base = basePathOf(document).replace(/\/+$/, '');
  for (const [path, item] of Object.entries(asObject(document['paths']))) {
    for (const method of HTTP_METHODS) {
      const operation = asObject(item)[method.toLowerCase()];
      if (operation === undefined) continue;
      const isThis = [path, base + path].some((each) => isSameRoute(endpoint, { method, path: each }));
      if (isThis)
        return new Description(document).values(asObject(item), asObject(operation), endpoint.path, path, method);
    }
  }
  return undefined;
}

class Description {
  readonly #document: Json;

  constructor(document: Json) {
    this.#document = document;
  }

  values(item: Json, operation: Json, ownPath: string, path: string, method: HttpMethod): DescribedValues {
    const parameters = [...asList(item['parameters']), ...asList(operation['parameters'])].map((each) =>
      this.#follow(each),
    );
    const of = (place: string): (readonly [string, string])[] =>
      parameters
        .filter((each) => each['in'] === place && typeof each['name'] === 'string')
        .filter(
          (each) =>
            place === 'path' || each['required'] === true || hasExample(each) || hasExample(asObject(each['schema'])),
        )
        .map((each) => [String(each['name']), textOf(this.#parameter(each))] as const);
    const query = of('query');
    const content = this.#body(operation, parameters, method);
    const headers = of('header').filter(([name]) => !/^(?:accept|content-type|authorization)$/i.test(name));
    return {
      path: renamed(Object.fromEntries(of('path')), ownPath, path),
      ...(query.length > 0 ? { query } : {}),
      ...(headers.length > 0 || content?.type !== undefined
        ? { headers: content ? [...headers, ['Content-Type', content.type]] : headers }
        : {}),
      ...(content ? { body: { text: content.text } } : {}),
    };
  }

  #parameter(parameter: Json): JsonValue {
    if (parameter['example'] !== undefined) return parameter['example'] as JsonValue;
    const named = Object.values(asObject(parameter['examples']))[0];
    if (named !== undefined) return (asObject(this.#follow(named))['value'] ?? '') as JsonValue;
    return this.#sample(parameter['schema'] ?? parameter);
  }

  #body(operation: Json, parameters: readonly Json[], method: HttpMethod): { type: string; text: string } | undefined {
    if (method === 'GET' || method === 'HEAD') return undefined;
    const content = asObject(this.#follow(operation['requestBody'])['content']);
    for (const type of Object.keys(content)) {
      const media = asObject(content[type]);
      const example =
        media['example'] ?? asObject(this.#follow(Object.values(asObject(media['examples']))[0]))['value'];
      const value = (example as JsonValue | undefined) ?? this.#sample(media['schema']);
      if (/[/+]json\b/i.test(type)) return { type, text: JSON.stringify(value) };
      if (/x-www-form-urlencoded/i.test(type)) return { type, text: formOf(value) };
    }
    // Swagger 2.
    const body = parameters.find((each) => each['in'] === 'body');
    if (body) return { type: 'application/json', text: JSON.stringify(this.#sample(body['schema'])) };
    const fields = parameters.filter((each) => each['in'] === 'formData' && each['required'] === true);
    if (fields.length === 0) return undefined;
    const form = Object.fromEntries(fields.map((each) => [String(each['name']), this.#parameter(each)]));
    return { type: 'application/x-www-form-urlencoded', text: formOf(form) };
  }

  #sample(schema: unknown): JsonValue {
    return sampleSchema(schema, (reference) => this.#resolve(reference));
  }

  #follow(value: unknown): Json {
    const { $ref } = asObject(value);
    return asObject(typeof $ref === 'string' ? this.#resolve($ref) : value);
  }

  /** Within the document only: nothing is fetched because a document says so. */
  #resolve(reference: string): unknown {
    if (!reference.startsWith('#/')) return undefined;
    let found: unknown = this.#document;
    for (const part of reference.slice(2).split('/')) {
      const key = decodePointer(part);
      found =
        typeof found === 'object' && found !== null && Object.hasOwn(found, key) ? (found as Json)[key] : undefined;
    }
    return found;
  }
}

/** Values under the names of the code, which may differ from those of the document. */
function renamed(
  values: Readonly<Record<string, string>>,
  ownPath: string,
  path: string,
): Readonly<Record<string, string>> {
  const names = (template: string): string[] =>
    [...template.matchAll(/\{([^{}*:]+)[^{}]*\}/g)].map(([, name]) => name ?? '');
  const theirs = names(path);
  return Object.fromEntries(
    names(ownPath).flatMap((name, at) => {
      const value = values[name] ?? values[theirs[at] ?? ''];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
}

function hasExample(value: Json): boolean {
  return value['example'] !== undefined || value['examples'] !== undefined;
}

function formOf(value: JsonValue): string {
  const pairs = Object.entries(asObject(value)).map(([name, each]): [string, string] => [
    name,
    textOf(each as JsonValue),
  ]);
  return new URLSearchParams(pairs).toString();
}

function textOf(value: JsonValue): string {
  if (Array.isArray(value)) return value.map(textOf).join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function decodePointer(part: string): string {
  try {
    return decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return part;
  }
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}
