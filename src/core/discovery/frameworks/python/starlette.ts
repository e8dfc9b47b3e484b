import type { Parameter, ParameterType } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import { list, settle, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { lastName, methodNamed, methodsOf, pathOf } from '../arguments';
import { joinPlain } from '../joins';
import type { FrameworkModel, ModelHost } from '../model';
import { decorator } from './decorator';

const CONVERTORS: Readonly<Record<string, ParameterType>> = {
  str: 'string',
  int: 'integer',
  float: 'number',
  uuid: 'uuid',
  path: 'path',
};

const VIEW_METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'];

/** Starlette: applications made of `Route` and `Mount` lists, `add_route`, endpoint classes. */
export const starlette: FrameworkModel = {
  id: 'starlette',
  languages: ['python'],
  packages: ['starlette', 'fastapi', 'a2wsgi'],
  prefilter: /\bstarlette\b/,
  registrars: ['Starlette', 'Route', 'Mount', 'Host', 'add_route', 'mount'],
  join: joinPlain,

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    if (name === 'Starlette' || (name === 'Router' && symbol.startsWith('starlette'))) {
      const app = host.router(starlette, 'app', { kind: name === 'Router' ? 'router' : 'app', site });
      adopt(app, host.argument(site, name === 'Router' ? 0 : null, 'routes'), host);
      return app;
    }
    if (name === 'Route' || name === 'APIRoute') return routeObject(site, host);
    if (name === 'Mount' || name === 'Host') return mountObject(site, host, name === 'Host');
    // A middleware around an application serves what the application serves.
    return name.endsWith('Middleware')
      ? host.objectOf(host.argument(site, 0, 'app') ?? { t: 'symbol', path: '' })
      : undefined;
  },

  callMethod(object, name, site, host) {
    if (object.type === 'routeList') return growRoutes(object, name, site, host);
    if (!object.router) return undefined;
    if (name === 'add_route' || name === 'mount' || name === 'host') {
      const made = name === 'add_route' ? routeObject(site, host) : mountObject(site, host, name === 'host');
      adopt(object, list([made]), host);
    } else if (name === 'route') {
      const { router } = object;
      return decorator(name, (target, applied) => addEndpoint(router, target, site, applied, host));
    }
    return undefined;
  },

  member(object, name, host) {
    if (name === 'routes' && object.router) return routeList(object, host);
    return name === 'router' ? object : undefined;
  },

  instanceOf(symbol, host) {
    return lastName(symbol) === 'Starlette'
      ? host.router(starlette, 'app', { kind: 'app', isHandedIn: true })
      : undefined;
  },
};

/** A `Route` on its own: a router with one route, put where the list is used. */
function routeObject(site: CallSite, host: ModelHost): ObjectValue {
  const holder = host.router(starlette, 'route', { kind: 'router', site });
  const endpoint = host.argument(site, 1, 'endpoint') ?? host.argument(site, null, 'route');
  if (endpoint && holder.router) addEndpoint(holder.router, endpoint, site, site, host);
  return holder;
}

/** `app.routes`, to which routes may be added. */
export function routeList(owner: ObjectValue, host: ModelHost): ObjectValue {
  return host.object(starlette, 'routeList', [['owner', owner]]);
}

/** `app.routes.append(Route(...))` and its like. */
function growRoutes(object: ObjectValue, name: string, site: CallSite, host: ModelHost): Value | undefined {
  const owner = object.attrs.get('owner');
  const last = settle(site.args.at(-1)?.value ?? list([]));
  if (owner?.t !== 'object' || !['append', 'extend', 'insert'].includes(name)) return undefined;
  adopt(owner, last.t === 'list' ? last : list([last]), host);
  return undefined;
}

function mountObject(site: CallSite, host: ModelHost, isHost = false): ObjectValue {
  const piece = isHost ? EMPTY_PATH : pathOf(host.argument(site, 0, 'path'), parseStarlettePath);
  const prefix = { ...piece, template: piece.template.replace(/\/+$/, '') };
  const holder = host.router(starlette, 'mount', { kind: 'router', site });
  const app = host.argument(site, 1, 'app');
  const child = app && host.objectOf(app)?.router;
  if (child && holder.router) host.addMount(holder.router, { child, prefix, place: site.place });
  const inner = host.router(starlette, 'routes', { kind: 'router', site });
  adopt(inner, host.argument(site, null, 'routes'), host);
  if (inner.router && holder.router) host.addMount(holder.router, { child: inner.router, prefix, place: site.place });
  return holder;
}

/** Puts routes and mounts of a list below an application. */
export function adopt(owner: ObjectValue, routes: Value | undefined, host: ModelHost): void {
  const settled = routes && settle(routes);
  if (!owner.router || settled?.t !== 'list') return;
  for (const item of settled.items) {
    const child = host.objectOf(item)?.router;
    if (child) host.addMount(owner.router, { child, prefix: EMPTY_PATH, place: child.place });
  }
}

function addEndpoint(router: RouterNode, endpoint: Value, site: CallSite, applied: CallSite, host: ModelHost): void {
  const path = pathOf(host.argument(site, 0, 'path'), parseStarlettePath);
  const settled = settle(endpoint);
  const base = { path, registration: applied.place };
  if (settled.t === 'class') {
    for (const name of host.namesOf(settled).filter((one) => VIEW_METHODS.includes(one))) {
      const method = methodNamed(name);
      const view = host.lookup(settled, name);
      if (method && view) host.addRoute(router, { ...base, methods: [method], handler: host.handler(view, applied) });
    }
    return;
  }
  const { methods, notes } = methodsOf(host.argument(site, null, 'methods'), ['GET']);
  host.addRoute(router, { ...base, methods, notes, handler: host.handler(endpoint, applied) });
}

/** Parses a path of Starlette. Examples: `/a/{id:int}` is `/a/{id}` with an integer; `/f/{p:path}` is `/f/{p*}`. */
export function parseStarlettePath(text: string): Omit<PathPiece, 'notes'> {
  const parameters: Parameter[] = [];
  const template = text.replace(/\{([a-zA-Z_]\w*)(?::(\w+))?\}/g, (_, name: string, convertor?: string) => {
    const type = CONVERTORS[convertor ?? 'str'] ?? 'unknown';
    parameters.push({ name, in: 'path', type, required: true, ...(type === 'path' ? { catchAll: true } : {}) });
    return type === 'path' ? `{${name}*}` : `{${name}}`;
  });
  return { template, parameters };
}
