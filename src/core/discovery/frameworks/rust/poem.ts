import type { EndpointMethod, Parameter } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import type { ClassIr } from '../../ir';
import { list, settle, str, textOf, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { lastName, methodNamed, pathOf } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { addExtracted, joinNested, parseRustPath } from './rustPaths';

const VERB = /^(?:get|post|put|patch|delete|head|options|trace|connect)$/;

/** poem: routes nested across functions and modules, method routers, and the services of poem-openapi. */
export const poem: FrameworkModel = {
  id: 'poem',
  languages: ['rust'],
  packages: ['poem', 'poem_openapi', 'oai'],
  prefilter: /\bpoem(?:_openapi)?\b/,
  registrars: ['at', 'nest', 'nest_no_strip', 'oai'],
  join: joinNested,

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    const [first, second] = site.args.map(({ value }) => value);
    if (symbol === 'oai' || name === 'OpenApi') return host.object(poem, name, site.args.flatMap(namedEntry));
    if (symbol.endsWith('Route.new')) return host.router(poem, 'route', { kind: 'app', site });
    if (symbol.endsWith('RouteMethod.new')) return methodRouter(host);
    if (symbol.endsWith('OpenApiService.new')) return first && service(first, site, host);
    if (symbol.endsWith('Server.run')) return undefined;
    if (name === 'method' && first && second) return withMethod(methodRouter(host), first, second);
    return VERB.test(name) && first ? withMethod(methodRouter(host), str(name), first) : undefined;
  },

  callMethod(object, name, site, host) {
    const [first, second] = site.args.map(({ value }) => value);
    if (object.type === 'oai' || object.type === 'OpenApi') {
      if (name === '()' && first) describe(object, first, site, host);
      return undefined;
    }
    if (object.type === 'methods') {
      if (name === 'method' && first && second) return withMethod(object, first, second);
      return VERB.test(name) && first ? withMethod(object, str(name), first) : object;
    }
    const { router } = object;
    if (!router || !first || !second) return object;
    if (name === 'at') addRoutes(router, pathOf(first, parsePoemPath), second, site, host);
    else if (name === 'nest' || name === 'nest_no_strip') {
      const prefix = name === 'nest' ? pathOf(first, parsePoemPath) : EMPTY_PATH;
      const child = host.objectOf(second)?.router;
      if (child && child !== router) host.addMount(router, { child, prefix, place: site.place });
      else if (!child) addExtracted(router, ['ANY'], below(prefix), second, site, host);
    }
    // Middleware and data leave the routes as they are.
    return object;
  },

  instanceOf(symbol, host) {
    if (lastName(symbol) !== 'Route') return undefined;
    return host.router(poem, 'route', { kind: 'app', isHandedIn: true });
  },
};

/**
 * Parses a path of poem.
 *
 * Examples: `/a/:id` is `/a/{id}`; `/a/:id<\\d+>` has its pattern; `/a/<\\d+>` is `/a/{0}`; `/f/*rest` is `/f/{rest*}`.
 */
function parsePoemPath(text: string): Omit<PathPiece, 'notes'> {
  let unnamed = 0;
  return parseRustPath(
    text.replace(/(?:(?<=\/):(\w+))?<([^<>]+)>/g, (_whole, name: string | undefined, pattern: string) => {
      return `{${name ?? String(unnamed++)}:${pattern}}`;
    }),
  );
}

function namedEntry({ name, value }: { readonly name?: string; readonly value: Value }): [string, Value][] {
  return name === undefined ? [] : [[name, value]];
}

function methodRouter(host: ModelHost): ObjectValue {
  return host.object(poem, 'methods', [['all', list([])]]);
}

function withMethod(object: ObjectValue, method: Value, handler: Value): ObjectValue {
  const settled = settle(method);
  const all = object.attrs.get('all');
  if (all?.t === 'list')
    all.items.push(list([settled.t === 'symbol' ? str(lastName(settled.path)) : settled, handler]));
  return object;
}

function addRoutes(router: RouterNode, path: PathPiece, endpoint: Value, site: CallSite, host: ModelHost): void {
  const all = host.objectOf(endpoint)?.attrs.get('all');
  if (all?.t !== 'list') {
    addExtracted(router, ['ANY'], path, endpoint, site, host);
    return;
  }
  for (const pair of all.items) {
    const [method, handler] = pair.t === 'list' ? pair.items : [];
    if (method && handler) addExtracted(router, [methodOf(method)], path, handler, site, host);
  }
}

function methodOf(value: Value): EndpointMethod {
  return methodNamed(textOf(value).text.toLowerCase()) ?? 'ANY';
}

function below(prefix: PathPiece): PathPiece {
  const rest: Parameter = { name: 'path', in: 'path', type: 'path', required: true, catchAll: true };
  const template = joinNested(prefix.template, '/{path*}');
  return { template, parameters: [...prefix.parameters, rest], notes: prefix.notes };
}

/** The routes that `#[oai]` describes, by the type that has the functions. */
function described(host: ModelHost): Map<ClassIr, RouterNode> {
  return host.state('poem described', () => new Map<ClassIr, RouterNode>());
}

/** Applies `#[oai(path, method)]` to a function, or what `#[OpenApi(prefix_path)]` says to those of its type. */
function describe(attribute: ObjectValue, handler: Value, site: CallSite, host: ModelHost): void {
  const func = host.functionOf(handler);
  const cls = func?.owner?.cls;
  if (!cls) return;
  const known = described(host);
  const router = known.get(cls) ?? host.router(poem, 'api', { kind: 'router', site }).router;
  if (!router) return;
  known.set(cls, router);
  const prefix = attribute.attrs.get('prefix_path');
  if (prefix) router.prefix = pathOf(prefix, parsePoemPath);
  const [path, method] = [attribute.attrs.get('path'), attribute.attrs.get('method')];
  if (path) addExtracted(router, [method ? methodOf(method) : 'ANY'], pathOf(path, parsePoemPath), handler, site, host);
}

/** `OpenApiService::new((Users, Pets), ...)`. */
function service(value: Value, site: CallSite, host: ModelHost): Value {
  const made = host.router(poem, 'service', { kind: 'router', site });
  const settled = settle(value);
  for (const one of settled.t === 'list' ? settled.items : [settled]) {
    const api = settle(one);
    const cls = api.t === 'instance' ? api.cls : api;
    const child = cls.t === 'class' ? described(host).get(cls.cls) : undefined;
    if (child && made.router) host.addMount(made.router, { child, prefix: EMPTY_PATH, place: site.place });
  }
  return made;
}
