import { parseOpenApi } from '../request/openApiDocument';
import { HTTP_METHODS, type EndpointMethod } from '../model/endpoint';

/** A route as a running server tells of it; parameters as `{name}`. */
export interface LiveRoute {
  readonly method: EndpointMethod;
  readonly path: string;
}

/** A place where servers keep a table of their routes. */
export interface LiveSource {
  readonly path: string;
  /** The routes of an answer's body; undefined when it is no such table. */
  read(body: string): LiveRoute[] | undefined;
}

/** Where to look, the usual places of the frameworks first. */
export const LIVE_SOURCES: readonly LiveSource[] = [
  { path: '/openapi.json', read: readOpenApi }, // FastAPI, Litestar below /schema, many generators
  { path: '/swagger.json', read: readOpenApi }, // Flask-RESTX, goa
  { path: '/v3/api-docs', read: readOpenApi }, // springdoc
  { path: '/actuator/mappings', read: readActuatorMappings }, // Spring Boot Actuator
  { path: '/api-json', read: readOpenApi }, // NestJS
  { path: '/documentation/json', read: readOpenApi }, // @fastify/swagger
  { path: '/docs/openapi.json', read: readOpenApi }, // Sanic Extensions
  { path: '/schema/openapi.json', read: readOpenApi }, // Litestar
  { path: '/swagger/doc.json', read: readOpenApi }, // swaggo for Go
  { path: '/swagger/v1/swagger.json', read: readOpenApi }, // ASP.NET Core
  { path: '/openapi/v1.json', read: readOpenApi }, // ASP.NET Core 9
  { path: '/api/schema/?format=json', read: readOpenApi }, // drf-spectacular
  { path: '/openapi.yaml', read: readOpenApi }, // files that are served as they are
  { path: '/swagger.yaml', read: readOpenApi },
];

/**
 * The operations of an OpenAPI 3 or Swagger 2 document, with the path of the first `servers` entry or `basePath` in
 * front (OpenAPI 3.1 section 4.8.5, Swagger 2.0 `basePath`).
 */
export function readOpenApi(body: string): LiveRoute[] | undefined {
  const document = parseOpenApi(body);
  if (!document) return undefined;
  const base = basePathOf(document).replace(/\/+$/, '');
  return Object.entries(asObject(document['paths'])).flatMap(([path, item]) =>
    HTTP_METHODS.filter((method) => method.toLowerCase() in asObject(item)).map((method) => ({
      method,
      path: `${base}${path}`,
    })),
  );
}

/** The path that a document puts in front of its own: of the first `servers` entry, or `basePath`. */
export function basePathOf(document: Readonly<Record<string, unknown>>): string {
  if (typeof document['basePath'] === 'string') return document['basePath'];
  const servers: unknown[] = Array.isArray(document['servers']) ? document['servers'] : [];
  const url = asObject(servers[0])['url'];
  if (typeof url !== 'string') return '';
  try {
    return new URL(url, 'http://localhost').pathname;
  } catch {
    return '';
  }
}

/** Spring Boot's `mappings` endpoint: the patterns of every dispatcher, servlet or reactive. */
export function readActuatorMappings(body: string): LiveRoute[] | undefined {
  const contexts = parseObject(body)?.['contexts'];
  if (typeof contexts !== 'object' || contexts === null) return undefined;
  const routes: LiveRoute[] = [];
  for (const context of Object.values(contexts)) {
    const { dispatcherServlets, dispatcherHandlers } = asObject(asObject(context)['mappings']);
    for (const group of [dispatcherServlets, dispatcherHandlers]) {
      for (const mapping of Object.values(asObject(group)).flat()) routes.push(...routesOfMapping(mapping));
    }
  }
  return routes;
}

function routesOfMapping(mapping: unknown): LiveRoute[] {
  const conditions = asObject(asObject(asObject(mapping)['details'])['requestMappingConditions']);
  const patterns: unknown = conditions['patterns'];
  if (!Array.isArray(patterns)) return [];
  const methods = Array.isArray(conditions['methods']) ? conditions['methods'] : [];
  const known = HTTP_METHODS.filter((method) => methods.includes(method));
  return patterns
    .filter((pattern) => typeof pattern === 'string')
    .flatMap((path) => (known.length > 0 ? known : (['ANY'] as const)).map((method) => ({ method, path })));
}

function parseObject(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
