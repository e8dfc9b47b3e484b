import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import { settle, textOf, type CallSite, type UnknownValue, type Value } from '../../evaluate/values';
import { lastName } from '../arguments';
import { parseColonPath } from './colonPath';
import { joinExpress, parseExpressPath } from './expressPath';
import {
  argsOf,
  entryOf,
  flattenValues,
  methodsOfVerb,
  isPathLike,
  isRouteCall,
  NOT_A_ROUTER,
  objectOfModule,
  regexPiece,
} from './handlers';
import type { FrameworkModel, ModelHost } from '../model';

const MIDDLEWARE = new Set(['static', 'json', 'urlencoded', 'raw', 'text']);
const VERBS = new Set(['get', 'post', 'put', 'delete', 'patch', 'options', 'head', 'all', 'del']);

/** Express 4 and 5: applications, routers mounted anywhere, route chains. */
export const express: FrameworkModel = expressModel({
  id: 'express',
  packages: ['express', 'express-promise-router', 'router'],
  prefilter:
    /['"]express['"]|\bRouter\(|\.(?:get|post|put|patch|delete|all|use|route|options|head)\s*\(\s*(?:\[\s*)?['"`/]/,
  makes(symbol) {
    if (symbol === 'express' || symbol === 'express.default') return 'app';
    const isRouter = lastName(symbol) === 'Router' || symbol === 'express-promise-router' || symbol === 'router';
    return isRouter ? 'router' : undefined;
  },
  parse: parseExpressPath,
});

/** Polka, which is Express with less. */
export const polka: FrameworkModel = expressModel({
  id: 'polka',
  packages: ['polka'],
  prefilter: /['"]polka['"]/,
  makes: (symbol) => (symbol === 'polka' || symbol === 'polka.default' ? 'app' : undefined),
  parse: (text) => parseColonPath(text, { brackets: '()', star: '*' }),
});

/** restify: what Express has, without mounted routers. */
export const restify: FrameworkModel = expressModel({
  id: 'restify',
  packages: ['restify'],
  prefilter: /['"]restify['"]/,
  makes: (symbol) => (symbol === 'restify.createServer' ? 'app' : undefined),
  parse: (text) => parseColonPath(text, { brackets: '()', star: '*' }),
});

/** itty-router, the prefix of which is its option `base`. */
export const ittyRouter: FrameworkModel = expressModel({
  id: 'itty-router',
  packages: ['itty-router'],
  prefilter: /['"]itty-router['"]/,
  makes: (symbol) => (/\.(?:Auto|Itty|Throwable)?Router$/.test(symbol) ? 'app' : undefined),
  parse: (text) => parseColonPath(text, { brackets: '()', star: '*' }),
});

interface ExpressLike {
  readonly id: string;
  readonly packages: readonly string[];
  readonly prefilter: RegExp;
  /** What a symbol of the library makes when it is called. */
  readonly makes: (symbol: string) => 'app' | 'router' | undefined;
  readonly parse: (text: string) => Omit<PathPiece, 'notes'>;
}

function expressModel({ id, packages, prefilter, makes, parse }: ExpressLike): FrameworkModel {
  const model: FrameworkModel = {
    id,
    languages: ['javascript'],
    packages,
    prefilter,
    registrars: ['use', 'route', id, 'Router', ...VERBS],
    join: joinExpress,
    normalise: (path) => (path.length > 1 ? path.replace(/\/+$/, '') : path),

    callSymbol(symbol, site, host) {
      const kind = makes(symbol);
      const base = entryOf(argsOf(site)[0], 'base');
      if (kind) return host.router(model, kind, { kind, site, ...(base ? { prefix: pathPiece(base, parse) } : {}) });
      return MIDDLEWARE.has(lastName(symbol)) ? host.object(model, 'middleware') : undefined;
    },

    callMethod(object, name, site, host) {
      const { router } = object;
      if (!router) return undefined;
      const [first, ...rest] = argsOf(site);
      if (object.type === 'route') {
        const path = object.attrs.get('path');
        if (VERBS.has(name) && path) addRoutes(router, name, path, argsOf(site), parse, site, host);
        return object;
      }
      if (name === 'route' && first) {
        const chain = host.object(model, 'route', [['path', first]]);
        return { ...chain, router };
      }
      if (VERBS.has(name)) {
        // `app.get('setting')` reads a setting.
        if (first && rest.length > 0) addRoutes(router, name, first, rest, parse, site, host);
        return object;
      }
      if (name === 'use' && first) mount(router, first, rest, parse, site, host);
      return name === 'use' || name === 'param' ? object : undefined;
    },

    instanceOf(symbol, host) {
      const name = lastName(symbol);
      if (['Application', 'Express', 'Polka'].includes(name)) {
        return host.router(model, 'app', { kind: 'app', isHandedIn: true });
      }
      if (!['Router', 'IRouter'].includes(name)) return undefined;
      return host.router(model, 'router', { kind: 'router', isHandedIn: true });
    },

    recognise(receiver, name, site, host) {
      if (!isRouterLike(receiver, name, site, host)) return undefined;
      return host.router(model, 'app', { kind: 'app', isHandedIn: true });
    },
  };
  return model;
}

/** Of a parameter: a verb with a path and a function, or `use` with a router. */
function isRouterLike(receiver: UnknownValue, name: string, site: CallSite, host: ModelHost): boolean {
  if (VERBS.has(name)) return isRouteCall(receiver, site, host, 'request');
  const values = argsOf(site);
  if (NOT_A_ROUTER.test(receiver.name)) return false;
  if (name === 'route') return values.length === 1 && isPathLike(values[0]);
  return name === 'use' && values.some((value) => host.objectOf(value)?.router);
}

/** Paths may be one or an array; handlers may be nested arrays. The last handler answers, those before it are middleware. */
function addRoutes(
  router: RouterNode,
  verb: string,
  paths: Value,
  handlers: readonly Value[],
  parse: ExpressLike['parse'],
  site: CallSite,
  host: ModelHost,
): void {
  const flat = handlers.flatMap(flattenValues);
  const handler = flat[flat.length - 1];
  if (!handler) return;
  const methods = methodsOfVerb(verb);
  for (const path of flattenValues(paths)) {
    host.addRoute(router, {
      methods,
      path: pathPiece(path, parse),
      handler: host.handler(handler, site),
      registration: site.place,
    });
  }
}

function pathPiece(value: Value, parse: ExpressLike['parse']): PathPiece {
  const settled = settle(value);
  if (settled.t === 'regex') return regexPiece(settled);
  const { text, notes } = textOf(settled);
  return { ...parse(text), notes };
}

function mount(
  router: RouterNode,
  first: Value,
  rest: readonly Value[],
  parse: ExpressLike['parse'],
  site: CallSite,
  host: ModelHost,
): void {
  const isPathFirst = rest.length > 0 && host.objectOf(first) === undefined && host.functionOf(first) === undefined;
  const prefixes = isPathFirst ? flattenValues(first).map((path) => pathPiece(path, parse)) : [EMPTY_PATH];
  const targets = [...(isPathFirst ? [] : [first]), ...rest].flatMap(flattenValues);
  for (const target of targets) {
    const child = objectOfModule(target, host)?.router;
    if (!child || child === router) continue;
    for (const prefix of prefixes) {
      const bare = { ...prefix, template: prefix.template === '/' ? '' : prefix.template };
      host.addMount(router, { child, prefix: bare, place: site.place });
    }
  }
}
