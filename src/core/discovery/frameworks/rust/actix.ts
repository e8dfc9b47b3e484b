import type { EndpointMethod } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import { settle, str, textOf, union, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { lastName, methodNamed, pathOf } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { attributeMethods, attributeOf, mark, mountMarked } from './attributes';
import { addExtracted, parseRustPath } from './rustPaths';

const VERB = /^(?:get|post|put|patch|delete|head|trace|options)$/;

/** actix-web: attributes, scopes, resources, and functions that configure. */
export const actix: FrameworkModel = {
  id: 'actix-web',
  languages: ['rust'],
  packages: ['actix_web', 'actix_web_lab', 'paperclip.actix'],
  prefilter: /\bactix_web\b|\bweb::(?:scope|resource|ServiceConfig)\b/,
  registrars: ['service', 'route', 'configure', 'scope', 'resource'],
  join: joinActix,

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    const [first] = site.args.map(({ value }) => value);
    if (symbol.endsWith('HttpServer.new') && first) return host.call(first, [], site);
    if (symbol.endsWith('.App.new') || symbol.endsWith('test.init_service')) {
      return host.router(actix, 'app', { kind: 'app', site });
    }
    if ((name === 'scope' || name === 'resource') && first) return below(name, first, site, host);
    if (symbol.includes('.web.')) {
      if (name === 'to' && first) return host.object(actix, 'route', [['handler', first]]);
      if (VERB.test(name)) return host.object(actix, 'route', [['method', str(name)]]);
      if (name === 'method' && first) return host.object(actix, 'route', [['method', first]]);
      return name === 'route' ? host.object(actix, 'route') : undefined;
    }
    return attributeOf(actix, name, site, host);
  },

  callMethod(object, name, site, host) {
    const [first, second] = site.args.map(({ value }) => value);
    if (object.type === 'attribute') {
      if (name === '()' && first) applyAttribute(object, first, site, host);
      return undefined;
    }
    if (object.type === 'route') {
      if (name === 'to' && first) object.attrs.set('handler', first);
      if (name === 'method' && first) object.attrs.set('method', first);
      return object;
    }
    const { router } = object;
    if (!router) return undefined;
    switch (name) {
      case 'service':
        if (first) service(router, first, site, host);
        return object;
      case 'configure':
        if (first) host.call(first, [object], site);
        return object;
      case 'route':
        if (first && second) addRoute(router, pathOf(first, parseRustPath), second, site, host);
        else if (first) addRoute(router, EMPTY_PATH, first, site, host);
        return object;
      case 'to':
        if (first) addExtracted(router, guardedMethods(object), EMPTY_PATH, first, site, host);
        return object;
      default:
        if (name === 'guard' && first) object.attrs.set('guard', first);
        if (object.type === 'resource' && VERB.test(name) && first) {
          addExtracted(router, [methodNamed(name) ?? 'ANY'], EMPTY_PATH, first, site, host);
        }
        return object;
    }
  },

  instanceOf(symbol, host) {
    if (lastName(symbol) !== 'ServiceConfig') return undefined;
    return host.router(actix, 'config', { kind: 'app', isHandedIn: true });
  },
};

/** A scope's path stands as it is: `/p/` and `/x` are `/p//x`, which is what actix-web answers; `x` gets a slash. */
function joinActix(prefix: string, path: string): string {
  return prefix === '' || path === '' || path.startsWith('/') ? prefix + path : `${prefix}/${path}`;
}

/** A scope or a resource, which may have several paths. */
function below(name: string, path: Value, site: CallSite, host: ModelHost): Value {
  const settled = settle(path);
  if (settled.t === 'list') return union(settled.items.map((one) => below(name, one, site, host)));
  return host.router(actix, name, { kind: 'router', site, prefix: pathOf(path, parseRustPath) });
}

/** `resource.guard(guard::Get()).to(handler)` answers what the guard lets through. */
function guardedMethods(resource: ObjectValue): EndpointMethod[] {
  const guard = resource.attrs.get('guard');
  const settled = guard && settle(guard);
  const name = settled?.t === 'unknown' ? /guard\.(\w+)\(\)$/.exec(settled.name)?.[1] : undefined;
  return [methodNamed(name ?? '') ?? 'ANY'];
}

function applyAttribute(attribute: ObjectValue, handler: Value, site: CallSite, host: ModelHost): void {
  const path = pathOf(attribute.attrs.get('path'), parseRustPath);
  const write = (router: RouterNode): void =>
    addExtracted(router, attributeMethods(attribute), path, handler, site, host);
  mark(actix, handler, host, write, site);
}

function service(router: RouterNode, value: Value, site: CallSite, host: ModelHost): void {
  const settled = settle(value);
  if (settled.t === 'list' || settled.t === 'union') {
    for (const item of settled.t === 'list' ? settled.items : settled.options) service(router, item, site, host);
    return;
  }
  if (mountMarked(actix, settled, router, site, host)) return;
  const child = host.objectOf(settled)?.router;
  if (child && child !== router) host.addMount(router, { child, prefix: EMPTY_PATH, place: site.place });
}

function addRoute(router: RouterNode, path: PathPiece, route: Value, site: CallSite, host: ModelHost): void {
  const object = host.objectOf(route);
  const handler = object?.attrs.get('handler');
  if (!object || !handler) return;
  const given = object.attrs.get('method');
  const settled = given && settle(given);
  const name = settled?.t === 'symbol' ? lastName(settled.path) : settled ? textOf(settled).text : '';
  addExtracted(router, [methodNamed(name) ?? 'ANY'], path, handler, site, host);
}
