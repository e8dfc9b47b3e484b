import type { EndpointMethod, Parameter, ParameterType } from '../../../model/endpoint';
import type { PathPiece, RouterNode } from '../../graph';
import { settle, type CallSite, type FuncValue, type Value } from '../../evaluate/values';
import type { Expr } from '../../ir';
import type { ModelHost } from '../model';

type Parsed = Omit<PathPiece, 'notes'>;

/**
 * Parses a path of axum, actix-web, poem or salvo.
 *
 * Examples: `/a/{id}` and `/a/:id` are `/a/{id}`; `/f/{*rest}`, `/f/*rest` and `/f/{rest:.*}` are `/f/{rest*}`; `/{id:\d+}` has its
 * pattern.
 */
export function parseRustPath(text: string): Parsed {
  const parameters: Parameter[] = [];
  const template = text.replace(
    /\{\{|\}\}|\{(\*{0,2})(\w+)(?::((?:[^{}]|\{[^{}]*\})*))?\}|(?<=\/):(\w+)|(?<=\/)\*(\w*)/g,
    (whole, star?: string, braced?: string, pattern?: string, colon?: string, rest?: string) => {
      if (whole === '{{' || whole === '}}') return whole.charAt(0);
      const name = braced ?? colon ?? (rest === undefined || rest === '' ? 'path' : rest);
      const isRest = star ? true : rest !== undefined || /^\.[*+]$/.test(pattern ?? '');
      if (isRest) {
        parameters.push({ name, in: 'path', type: 'path', required: true, catchAll: true });
        return `{${name}*}`;
      }
      const isDigits = /^\^?(?:\\d|\[0-9\])[+*]?(?:\{[\d,]+\})?\$?$/.test(pattern ?? '');
      const type = pattern === undefined ? 'string' : isDigits ? 'integer' : 'regex';
      parameters.push({ name, in: 'path', required: true, type, ...(pattern === undefined ? {} : { pattern }) });
      return `{${name}}`;
    },
  );
  return { template, parameters };
}

/** A prefix before a path; a path of `/` is the prefix itself. */
export function joinNested(prefix: string, path: string): string {
  if (prefix === '' || prefix === '/') return path === '' ? prefix : path;
  const base = prefix.replace(/\/+$/, '');
  return path === '/' || path === '' ? base : `${base}/${path.replace(/^\/+/, '')}`;
}

/** The type of a parameter for a type of Rust. Examples: `u32` is an integer; `Uuid` a uuid; what is not known a string. */
export function rustType(type: Expr | undefined): ParameterType {
  const inner = optionOf(type);
  if (inner) return rustType(inner);
  const name = type?.k === 'name' || type?.k === 'member' ? type.name : '';
  if (/^[iu](?:8|16|32|64|128|size)$/.test(name)) return 'integer';
  if (/^f(?:32|64)$/.test(name)) return 'number';
  if (name === 'bool') return 'boolean';
  if (name === 'Uuid') return 'uuid';
  return /^(?:Naive)?Date$/.test(name) ? 'date' : 'string';
}

/** What stands within an `Option`. */
export function optionOf(type: Expr | undefined): Expr | undefined {
  return type?.k === 'index' && type.object.k === 'name' && type.object.name === 'Option' ? type.index : undefined;
}

/** Adds a route whose parameters have the types that its handler takes out of requests. */
export function addExtracted(
  router: RouterNode,
  methods: readonly EndpointMethod[],
  path: PathPiece,
  handler: Value,
  site: CallSite,
  host: ModelHost,
): void {
  host.addRoute(router, {
    methods,
    path: withExtractedTypes(path, handler, host),
    handler: host.handler(handler, site),
    registration: site.place,
    query: extractedQuery(handler, host),
  });
}

/**
 * Gives the parameters of a path the types that the handler's extractors say.
 *
 * Examples: `Path((a, b)): Path<(u32, Uuid)>` in order; a struct in `Path<S>` by the names of its fields.
 */
function withExtractedTypes(path: PathPiece, handler: Value, host: ModelHost): PathPiece {
  const func = host.functionOf(handler);
  const types = func && extracted(func, 'Path', host);
  if (!types || path.parameters.length === 0) return path;
  const parameters = path.parameters.map((parameter, at): Parameter => {
    const type = types.byName?.get(parameter.name) ?? types.inOrder?.[at];
    if (!type || parameter.type !== 'string') return parameter;
    return { ...parameter, type: rustType(type) };
  });
  return { ...path, parameters };
}

/** Query parameters that a handler's `Query<S>` says, by the fields of `S`. */
function extractedQuery(handler: Value, host: ModelHost): Parameter[] {
  const func = host.functionOf(handler);
  const fields = func && extracted(func, 'Query', host)?.byName;
  return [...(fields ?? [])].map(([name, type]) => ({ name, in: 'query', type: rustType(type), required: false }));
}

interface Extracted {
  readonly inOrder?: readonly Expr[];
  readonly byName?: ReadonlyMap<string, Expr | undefined>;
}

function extracted(func: FuncValue, extractor: string, host: ModelHost): Extracted | undefined {
  for (const { type } of func.fn.params) {
    if (type?.k !== 'index') continue;
    const { object, index } = type;
    if ((object.k !== 'name' && object.k !== 'member') || object.name !== extractor) continue;
    if (index.k === 'list') return { inOrder: index.items };
    const value = index.k === 'name' || index.k === 'member' ? settle(host.evaluateIn(func, index)) : undefined;
    if (value?.t !== 'class') return { inOrder: [index] };
    const fields = value.cls.body.flatMap((one) =>
      one.k === 'assign' && one.target.k === 'name' ? [[one.target.name, one.type] as const] : [],
    );
    return { byName: new Map(fields) };
  }
  return undefined;
}
