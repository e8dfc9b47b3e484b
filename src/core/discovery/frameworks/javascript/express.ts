import type { EndpointMethod } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import { settle, textOf, type CallSite, type UnknownValue, type Value } from '../../evaluate/values';
import { lastName, methodNamed } from '../arguments';
import { joinExpress, parseExpressPath } from './expressPath';
import { argsOf, flattenValues, isPathLike, isRouteCall, NOT_A_ROUTER, objectOfModule, regexPiece } from './handlers';
import type { FrameworkModel, ModelHost } from '../model';

const VERBS = new Set(['get', 'post', 'put', 'delete', 'patch', 'options', 'head', 'all']);

/** Express 4 and 5: applications, routers mounted anywhere, route chains. */
export const express: FrameworkModel = {
  id: 'express',
  languages: ['javascript'],
  packages: ['express', 'express-promise-router', 'router'],
  prefilter:
    /['"]express['"]|\bRouter\(|\.(?:get|post|put|patch|delete|all|use|route|options|head)\s*\(\s*(?:\[\s*)?['"`/]/,
  registrars: ['use', 'route', 'express', 'Router', ...VERBS],
  join: joinExpress,
  normalise: (path) => (path.length > 1 ? path.replace(/\/+$/, '') : path),

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    if (symbol === 'express') return host.router(express, 'app', { kind: 'app', site });
    if (name === 'Router' || symbol === 'express-promise-router' || symbol === 'router') {
      return host.router(express, 'router', { kind: 'router', site });
    }
    if (name === 'static' || name === 'json' || name === 'urlencoded') return host.object(express, 'middleware');
    return undefined;
  },

  callMethod(object, name, site, host) {
    const { router } = object;
    if (!router) return undefined;
    if (object.type === 'route') {
      const path = object.attrs.get('path');
      if (VERBS.has(name) && path)
        addRoutes(
          router,
          name,
          path,
          site.args.map(({ value }) => value),
          site,
          host,
        );
      return object;
    }
    const [first, ...rest] = site.args.map(({ value }) => settle(value));
    if (name === 'route' && first) {
      const chain = host.object(express, 'route', [['path', first]]);
      return { ...chain, router };
    }
    if (VERBS.has(name)) {
      // `app.get('setting')` reads a setting.
      if (first && rest.length > 0) addRoutes(router, name, first, rest, site, host);
      return object;
    }
    if (name === 'use' && first) mount(router, first, rest, site, host);
    return name === 'use' || name === 'param' ? object : undefined;
  },

  instanceOf(symbol, host) {
    const name = lastName(symbol);
    if (['Application', 'Express'].includes(name))
      return host.router(express, 'app', { kind: 'app', isHandedIn: true });
    if (!['Router', 'IRouter'].includes(name)) return undefined;
    return host.router(express, 'router', { kind: 'router', isHandedIn: true });
  },

  recognise(receiver, name, site, host) {
    if (!isRouterLike(receiver, name, site, host)) return undefined;
    return host.router(express, 'app', { kind: 'app', isHandedIn: true });
  },
};

/** Of a parameter: a verb with a path and a function, or `use` with a router. */
function isRouterLike(receiver: UnknownValue, name: string, site: CallSite, host: ModelHost): boolean {
  if (VERBS.has(name)) return isRouteCall(receiver, site, host);
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
  site: CallSite,
  host: ModelHost,
): void {
  const flat = handlers.flatMap(flattenValues);
  const handler = flat[flat.length - 1];
  if (!handler) return;
  const methods: EndpointMethod[] = verb === 'all' ? ['ANY'] : [methodNamed(verb) ?? 'ANY'];
  for (const path of flattenValues(paths)) {
    host.addRoute(router, {
      methods,
      path: pathPiece(path),
      handler: host.handler(handler, site),
      registration: site.place,
    });
  }
}

function pathPiece(value: Value): PathPiece {
  const settled = settle(value);
  if (settled.t === 'regex') return regexPiece(settled);
  const { text, notes } = textOf(settled);
  return { ...parseExpressPath(text), notes };
}

function mount(router: RouterNode, first: Value, rest: readonly Value[], site: CallSite, host: ModelHost): void {
  const isPathFirst = rest.length > 0 && host.objectOf(first) === undefined && host.functionOf(first) === undefined;
  const prefixes = isPathFirst ? flattenValues(first).map(pathPiece) : [EMPTY_PATH];
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
