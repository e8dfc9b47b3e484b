import { parseYaml } from './yaml';

/** A document of an interface; nothing in it is trusted. */
export type OpenApiDocument = Readonly<Record<string, unknown>>;

/** The first key of an OpenAPI or Swagger document in YAML stands at the margin, after comments and perhaps others. */
const YAML_KEY = /^["']?(?:openapi|swagger)["']?\s*:/m;

/** Half a second of parsing, which nothing else of the editor's process can use. */
const MOST_YAML_CHARS = 4_000_000;

/**
 * An OpenAPI 3 or Swagger 2 document in JSON or YAML. Undefined for everything else, HTML pages above all: servers answer with
 * them where a document might be.
 *
 * Examples: `{"openapi": "3.1.0"}`; `swagger: "2.0"`
 */
export function parseOpenApi(text: string): OpenApiDocument | undefined {
  const value = /^\s*\{/.test(text) ? parseJson(text) : isYaml(text) ? parseYaml(text) : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const document = value as OpenApiDocument;
  // `swagger: 2.0` without quotation marks is a number in YAML.
  const isOne = [document['openapi'], document['swagger']].some((version) =>
    /^(?:string|number)$/.test(typeof version),
  );
  return isOne ? document : undefined;
}

function isYaml(text: string): boolean {
  return text.length <= MOST_YAML_CHARS && YAML_KEY.test(text);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
