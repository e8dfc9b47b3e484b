import { EMPTY_PATH, type PathPiece, type Place } from '../../graph';
import { settle, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { hasText, lastName, methodsOf, pathOf } from '../arguments';
import { parseColonPath } from './colonPath';
import { joinExpress } from './expressPath';
import { loadFolder } from './fastifyAutoload';
import {
  argsOf,
  dictOf,
  entryOf,
  functionOfModule,
  isHandler,
  isPathLike,
  isRouteCall,
  methodsOfVerb,
  NOT_A_ROUTER,
  queryOfSchema,
  typedBySchema,
} from './handlers';
import type { FrameworkModel, ModelHost } from '../model';

const VERBS = new Set(['get', 'head', 'post', 'put', 'delete', 'options', 'patch', 'all']);
const AUTOLOAD = /(?:^|\/)(?:fastify-)?autoload(?:\.default|\.fastifyAutoload)?$/;
const SELF = new Set(['addHook', 'decorateRequest', 'decorateReply', 'setErrorHandler', 'withTypeProvider']);

/** Fastify 3 to 5: instances, plugins with prefixes, route objects, folders read by @fastify/autoload. */
export const fastify: FrameworkModel = {
  id: 'fastify',
  languages: ['javascript'],
  packages: [
    'fastify',
    'fastify-plugin',
    '@fastify/autoload',
    'fastify-autoload',
    'fastify-cli',
    '@fastify/type-provider',
  ],
  prefilter:
    /['"](?:@?fastify[\w/-]*)['"]|\bfastify\b|\.(?:get|post|put|patch|delete|all|route|register)\s*\(\s*['"`{]/,
  registrars: ['register', 'route', 'fastify', 'Fastify', ...VERBS],
  join: joinExpress,

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    if (['fastify', 'fastify.default', 'fastify.fastify'].includes(symbol)) {
      return host.router(fastify, 'instance', { kind: 'app', site });
    }
    if (symbol.startsWith('fastify-plugin')) {
      const [plugin] = argsOf(site);
      return plugin && host.object(fastify, 'plugin', [['plugin', plugin]]);
    }
    return name === 'fastifyPlugin' ? site.args[0]?.value : undefined;
  },

  callMethod(object, name, site, host) {
    const [first, ...rest] = argsOf(site);
    if (!object.router || !first) return SELF.has(name) ? object : undefined;
    if (VERBS.has(name)) {
      if (rest.length > 0 || dictOf(first)) addShorthand(object, name, first, rest, site, host);
      return object;
    }
    if (name === 'route') addRouteObject(object, first, site, host);
    else if (name === 'register') register(object, first, rest[0], site, host);
    else if (name === 'decorate' && first.t === 'str' && rest[0]) object.attrs.set(first.text, rest[0]);
    else if (name === 'after' || name === 'ready') host.call(first, [], site);
    else if (!SELF.has(name)) return undefined;
    return object;
  },

  instanceOf(symbol, host) {
    if (lastName(symbol) !== 'FastifyInstance') return undefined;
    return host.router(fastify, 'instance', { kind: 'router', isHandedIn: true });
  },

  recognise(receiver, name, site, host) {
    const [first] = argsOf(site);
    if (NOT_A_ROUTER.test(receiver.name) && !/fastify/i.test(receiver.name)) return undefined;
    const isNamed = /fastify/i.test(receiver.name);
    const isRoute = VERBS.has(name) && (isRouteCall(receiver, site, host, 'request') || (isNamed && isPathLike(first)));
    const isObject = name === 'route' && entryOf(first, 'method') !== undefined && pathEntry(first) !== undefined;
    const isPlugin = name === 'register' && first !== undefined && (isNamed || isPluginLike(first, host));
    if (!isRoute && !isObject && !isPlugin) return undefined;
    return host.router(fastify, 'instance', { kind: 'router', isHandedIn: true });
  },
};

function isPluginLike(value: Value, host: ModelHost): boolean {
  if (value.t === 'symbol' && (AUTOLOAD.test(value.path) || value.path.startsWith('@fastify/'))) return true;
  return host.objectOf(value)?.type === 'plugin' || functionOfModule(value, host) !== undefined;
}

function pathEntry(options: Value | undefined): Value | undefined {
  return entryOf(options, 'url') ?? entryOf(options, 'path');
}

function parsePath(text: string): Omit<PathPiece, 'notes'> {
  return parseColonPath(text, { brackets: '()', star: '*', doubledColon: true });
}

/** `get(path, options?, handler)`, where the handler may stand in the options. */
function addShorthand(
  object: ObjectValue,
  verb: string,
  path: Value,
  rest: readonly Value[],
  site: CallSite,
  host: ModelHost,
): void {
  const last = rest[rest.length - 1];
  const options = rest.find((value) => dictOf(value));
  const own = entryOf(options, 'handler');
  const handler = last && (!dictOf(last) || !own) && isHandler(last, true, host) ? last : (own ?? last);
  addRoute(object, { methods: methodsOfVerb(verb), path, handler, options, notes: [] }, site, host);
}

/** `route({ method, url, handler })`. */
function addRouteObject(object: ObjectValue, options: Value, site: CallSite, host: ModelHost): void {
  const settled = settle(options);
  if (settled.t === 'union') {
    for (const option of settled.options) addRouteObject(object, option, site, host);
    return;
  }
  const { methods, notes } = methodsOf(entryOf(options, 'method'), ['ANY']);
  const path = pathEntry(options);
  if (!dictOf(options) || !path) return;
  addRoute(object, { methods, path, handler: entryOf(options, 'handler'), options, notes }, site, host);
}

interface Registration {
  readonly methods: ReturnType<typeof methodsOfVerb>;
  readonly path: Value;
  readonly handler: Value | undefined;
  readonly options: Value | undefined;
  readonly notes: readonly string[];
}

function addRoute(object: ObjectValue, given: Registration, site: CallSite, host: ModelHost): void {
  const { router } = object;
  if (!router) return;
  const piece = pathOf(given.path, parsePath);
  const schema = entryOf(given.options, 'schema');
  host.addRoute(router, {
    methods: given.methods,
    path: { ...piece, parameters: typedBySchema(piece.parameters, entryOf(schema, 'params')) },
    handler: host.handler(given.handler ?? given.path, site),
    registration: site.place,
    query: queryOfSchema(entryOf(schema, 'querystring') ?? entryOf(schema, 'query')),
    notes: given.notes,
  });
}

/** `register(plugin, { prefix })`: the plugin gets an instance of its own, unless fastify-plugin wrapped it. */
function register(
  object: ObjectValue,
  plugin: Value,
  options: Value | undefined,
  site: CallSite,
  host: ModelHost,
): void {
  const settled = settle(plugin);
  const given: Value = options ?? { t: 'dict', entries: new Map(), open: false };
  if (settled.t === 'symbol' && AUTOLOAD.test(settled.path)) {
    const create = (prefix: PathPiece, place: Place): ObjectValue =>
      mountChild(object, prefix, { ...site, place }, host);
    loadFolder(object, given, site, { host, create, runPlugin });
    return;
  }
  const wrapped = pluginObject(settled, host);
  const prefix = entryOf(given, 'prefix');
  const child = wrapped
    ? object
    : mountChild(object, hasText(prefix) ? pathOf(prefix, parsePath) : EMPTY_PATH, site, host);
  runPlugin(child, settled, given, site, host);
}

function mountChild(object: ObjectValue, prefix: PathPiece, site: CallSite, host: ModelHost): ObjectValue {
  const made = host.router(fastify, 'instance', { kind: 'router', site });
  for (const [name, value] of object.attrs) made.attrs.set(name, value);
  if (object.router && made.router) host.addMount(object.router, { child: made.router, prefix, place: site.place });
  return made;
}

/** Calls a plugin: a function, one that fastify-plugin wrapped, or a module that exports one of these. */
function runPlugin(instance: ObjectValue, plugin: Value, options: Value, site: CallSite, host: ModelHost): void {
  const wrapped = pluginObject(plugin, host);
  const inner = wrapped?.attrs.get('plugin') ?? plugin;
  const func = functionOfModule(inner, host);
  if (func) host.call(func, [instance, options], site);
}

/** What fastify-plugin made, given as such or as the default export of a module. */
function pluginObject(value: Value, host: ModelHost): ObjectValue | undefined {
  const settled = settle(value);
  const inner = settled.t === 'module' ? host.member(settled, 'default') : settled;
  const object = host.objectOf(inner);
  return object?.type === 'plugin' ? object : undefined;
}
