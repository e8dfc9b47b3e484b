import type { EndpointMethod } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import { list, settle, textOf, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { lastName, methodNamed, pathOf } from '../arguments';
import { joinPlain } from '../joins';
import type { FrameworkModel, ModelHost } from '../model';
import { typeOfPattern } from '../regexPath';
import { parseNamedBraces } from './bracePattern';
import { methodsOfClass } from './classViews';
import { decorator } from './decorator';

const SHORTCUTS = new Set(['get', 'post', 'put', 'delete', 'patch', 'head', 'options']);
const ADDERS = [...SHORTCUTS].map((name) => `add_${name}`);

/** aiohttp: applications, routes added one by one, route tables, views, applications below a prefix. */
export const aiohttp: FrameworkModel = {
  id: 'aiohttp',
  languages: ['python'],
  packages: ['aiohttp'],
  prefilter: /\baiohttp\b[^\n]*\bweb\b|\bweb\.(?:Application|RouteTableDef|View)\b/,
  registrars: [...ADDERS, 'add_route', 'add_routes', 'add_view', 'add_subapp', 'Application', 'RouteTableDef'],
  join: joinPlain,

  callSymbol(symbol, site, host) {
    if (!symbol.startsWith('aiohttp.web')) return undefined;
    const name = lastName(symbol);
    if (name === 'Application') return host.router(aiohttp, 'app', { kind: 'app', site });
    if (name === 'RouteTableDef') return host.router(aiohttp, 'table', { kind: 'router', site });
    if (!SHORTCUTS.has(name) && name !== 'route' && name !== 'view') return undefined;
    const holder = host.router(aiohttp, 'route', { kind: 'router', site });
    if (holder.router) add(holder.router, name, site, host);
    return holder;
  },

  callMethod(object, name, site, host) {
    const { router } = object;
    if (!router) return undefined;
    if (object.type === 'table') return routeDecorator(router, name, site, host);
    if (object.type === 'resource') {
      const path = object.attrs.get('path');
      if (name === 'add_route' && path)
        addAt(router, pathOf(path, parseAiohttpPath), methodAt(site, host), 1, site, host);
      return object;
    }
    if (name === 'add_routes') adopt(router, host.argument(site, 0, 'routes'), host);
    else if (name === 'add_resource') {
      const path = host.argument(site, 0, 'path');
      const resource: ObjectValue = { t: 'object', model: 'aiohttp', type: 'resource', router, attrs: new Map() };
      if (path) resource.attrs.set('path', path);
      return resource;
    } else if (name === 'add_subapp' || name === 'add_domain') {
      const child = host.objectOf(host.argument(site, 1, name === 'add_subapp' ? 'subapp' : 'app') ?? object)?.router;
      const piece = name === 'add_subapp' ? pathOf(host.argument(site, 0, 'prefix'), parseAiohttpPath) : EMPTY_PATH;
      const prefix = { ...piece, template: piece.template.replace(/\/+$/, '') };
      if (child && child !== router) host.addMount(router, { child, prefix, place: site.place });
    } else if (name.startsWith('add_')) add(router, name.slice('add_'.length), site, host);
    return undefined;
  },

  member(object, name) {
    return name === 'router' ? object : undefined;
  },

  instanceOf(symbol, host) {
    return /^aiohttp\.web(?:_app)?\.Application$/.test(symbol)
      ? host.router(aiohttp, 'app', { kind: 'app', isHandedIn: true })
      : undefined;
  },

  recognise(_receiver, name, _site, host) {
    if (name !== 'add_routes' && name !== 'add_subapp') return undefined;
    return host.router(aiohttp, 'app', { kind: 'app', isHandedIn: true });
  },
};

/** `web.get(path, handler)`, `router.add_get(path, handler)`, and the same with the method in front. */
function add(router: RouterNode, kind: string, site: CallSite, host: ModelHost): void {
  const hasMethod = kind === 'route';
  if (!SHORTCUTS.has(kind) && !hasMethod && kind !== 'view') return;
  const path = pathOf(host.argument(site, hasMethod ? 1 : 0, 'path'), parseAiohttpPath);
  const methods = hasMethod ? methodAt(site, host) : methodOf(kind);
  addAt(router, path, methods, hasMethod ? 2 : 1, site, host);
}

function addAt(
  router: RouterNode,
  path: PathPiece,
  methods: readonly EndpointMethod[],
  position: number,
  site: CallSite,
  host: ModelHost,
): void {
  const handler = host.argument(site, position, 'handler');
  if (handler) addHandler(router, path, methods, handler, site, site, host);
}

function addHandler(
  router: RouterNode,
  path: PathPiece,
  methods: readonly EndpointMethod[],
  raw: Value,
  site: CallSite,
  applied: CallSite,
  host: ModelHost,
): void {
  const handler = settle(raw);
  const base = { path, registration: applied.place };
  if (handler.t !== 'class') {
    host.addRoute(router, { ...base, methods, handler: host.handler(handler, applied) });
    return;
  }
  for (const one of methodsOfClass(handler, site, host)) {
    if (methods.includes('ANY') || one.methods.some((method) => methods.includes(method))) {
      host.addRoute(router, { ...base, ...one });
    }
  }
}

function methodAt(site: CallSite, host: ModelHost): readonly EndpointMethod[] {
  const given = host.argument(site, 0, 'method');
  return methodOf(given ? textOf(given).text.replace(/^METH_/, '') : '*');
}

function methodOf(name: string): readonly EndpointMethod[] {
  const method = methodNamed(name);
  return method ? [method] : ['ANY'];
}

/** `@routes.get('/x')`, `@routes.view('/x')`. */
function routeDecorator(router: RouterNode, name: string, site: CallSite, host: ModelHost): Value | undefined {
  const hasMethod = name === 'route';
  if (!SHORTCUTS.has(name) && !hasMethod && name !== 'view') return undefined;
  const path = pathOf(host.argument(site, hasMethod ? 1 : 0, 'path'), parseAiohttpPath);
  const methods = hasMethod ? methodAt(site, host) : methodOf(name);
  return decorator(name, (target, applied) => addHandler(router, path, methods, target, site, applied, host));
}

function adopt(owner: RouterNode, routes: Value | undefined, host: ModelHost): void {
  const settled = settle(routes ?? list([]));
  if (settled.t === 'list') {
    for (const item of settled.items) adopt(owner, item, host);
    return;
  }
  const child = host.objectOf(settled)?.router;
  if (child && child !== owner) host.addMount(owner, { child, prefix: EMPTY_PATH, place: child.place });
}

/** Parses a path of aiohttp. Examples: `/a/{id:\d+}` is `/a/{id}` with an integer; `/{rest:.*}` is `/{rest*}`. */
function parseAiohttpPath(text: string): Omit<PathPiece, 'notes'> {
  return parseNamedBraces(text, typeOfPattern);
}
