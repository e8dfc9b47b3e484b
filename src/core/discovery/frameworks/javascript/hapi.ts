import { EMPTY_PATH, type PathPiece } from '../../graph';
import type { Parameter } from '../../../model/endpoint';
import { type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { hasText, methodsOf, pathOf } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { joinExpress } from './expressPath';
import { argsOf, dictOf, entryOf, flattenValues, queryOfSchema, typedBySchema } from './handlers';

/** hapi: route objects, alone and in lists, and plugins with a prefix. */
export const hapi: FrameworkModel = {
  id: 'hapi',
  languages: ['javascript'],
  packages: ['@hapi/hapi', 'hapi'],
  prefilter: /['"](?:@hapi\/hapi|hapi)['"]|\.route\(|\bpath\s*:\s*['"`]\//,
  registrars: ['route', 'register', 'server', 'Server'],
  join: joinExpress,

  callSymbol(symbol, site, host) {
    return /\.(?:server|Server)$/.test(symbol) ? host.router(hapi, 'server', { kind: 'app', site }) : undefined;
  },

  callMethod(object, name, site, host) {
    const [first, second] = argsOf(site);
    if (!object.router || !first) return undefined;
    if (name === 'route') for (const route of flattenValues(first)) addRoute(object, route, site, host);
    if (name === 'register') for (const plugin of flattenValues(first)) register(object, plugin, second, site, host);
    return undefined;
  },

  instanceOf(symbol, host) {
    if (!/^(?:@hapi\/)?hapi\.(?:.*\.)?Server$/.test(symbol)) return undefined;
    return host.router(hapi, 'server', { kind: 'router', isHandedIn: true });
  },

  recognise(_receiver, name, site, host) {
    const [first] = argsOf(site);
    const routes = name === 'route' && first ? flattenValues(first) : [];
    const isRoute = routes.some((one) => entryOf(one, 'method') && entryOf(one, 'path') && handlerOf(one));
    return isRoute ? host.router(hapi, 'server', { kind: 'router', isHandedIn: true }) : undefined;
  },
};

function handlerOf(route: Value): Value | undefined {
  return entryOf(route, 'handler') ?? entryOf(route, 'options', 'handler') ?? entryOf(route, 'config', 'handler');
}

function addRoute(object: ObjectValue, route: Value, site: CallSite, host: ModelHost): void {
  const path = entryOf(route, 'path');
  if (!object.router || !path || !dictOf(route)) return;
  const method = entryOf(route, 'method');
  const isAny = method?.t === 'str' && method.text === '*';
  const { methods, notes } = methodsOf(isAny ? undefined : method, ['ANY']);
  const piece = pathOf(path, parseHapiPath);
  const options = entryOf(route, 'options') ?? entryOf(route, 'config');
  const handler = handlerOf(route);
  host.addRoute(object.router, {
    methods,
    path: { ...piece, parameters: typedBySchema(piece.parameters, entryOf(options, 'validate', 'params')) },
    handler: host.handler(handler ?? path, site),
    registration: site.place,
    query: queryOfSchema(entryOf(options, 'validate', 'query')),
    notes,
  });
}

/** A plugin is `{ name, register }`, or `{ plugin, routes: { prefix } }`, or a module that exports `plugin`. */
function register(
  object: ObjectValue,
  given: Value,
  options: Value | undefined,
  site: CallSite,
  host: ModelHost,
): void {
  const inner = dictOf(given) ? entryOf(given, 'plugin') : undefined;
  const plugin = unwrap(inner ?? given, host);
  const func = plugin && registerOf(plugin, host);
  if (!object.router || !func) return;
  const prefix = entryOf(given, 'routes', 'prefix') ?? entryOf(options, 'routes', 'prefix');
  const child = host.router(hapi, 'server', { kind: 'router', site });
  for (const [name, value] of object.attrs) child.attrs.set(name, value);
  if (!child.router) return;
  const piece = hasText(prefix) ? pathOf(prefix, parseHapiPath) : EMPTY_PATH;
  host.addMount(object.router, { child: child.router, prefix: piece, place: site.place });
  const own = entryOf(given, 'options') ?? { t: 'dict', entries: new Map(), open: false };
  host.call(func, [child, own], site);
}

/** The plugin itself: behind a module's `plugin` or default export. */
function unwrap(value: Value, host: ModelHost): Value | undefined {
  if (value.t !== 'module' && !dictOf(value)) return value;
  for (const name of ['plugin', 'default']) {
    const found = value.t === 'module' ? host.exported(value.file, name) : entryOf(value, name);
    if (found && (found.t === 'instance' || dictOf(found) || host.functionOf(found))) return found;
  }
  return value;
}

function registerOf(plugin: Value, host: ModelHost): Value | undefined {
  if (plugin.t === 'module') return host.exported(plugin.file, 'register');
  if (plugin.t === 'instance') return host.functionOf(host.member(plugin, 'register'));
  return entryOf(plugin, 'register') ?? host.functionOf(plugin);
}

/**
 * Parses a path of hapi.
 *
 * Examples: `/a/{id}` stays; `/a/{id?}` has an optional `{id}`; `/f/{p*}` and `/f/{p*2}` have a catch-all.
 */
function parseHapiPath(text: string): Omit<PathPiece, 'notes'> {
  const parameters: Parameter[] = [];
  const template = text.replace(/\{(\w+)(\?|\*\d*)?\}/g, (_whole, name: string, kind = '') => {
    const isMany = String(kind).startsWith('*');
    const required = kind !== '?' && kind !== '*';
    parameters.push({
      name,
      in: 'path',
      type: isMany ? 'path' : 'string',
      required,
      ...(isMany ? { catchAll: true } : {}),
    });
    return isMany ? `{${name}*}` : `{${name}}`;
  });
  return { template, parameters };
}
