import { EMPTY_PATH, type PathPiece } from '../../graph';
import { settle, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { hasText, lastName, methodsOf, pathOf } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { parseColonPath } from './colonPath';
import { joinExpress } from './expressPath';
import {
  argsOf,
  dictOf,
  entryOf,
  flattenValues,
  functionOfModule,
  methodsOfVerb,
  objectOfModule,
  queryOfSchema,
  typedBySchema,
} from './handlers';

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'options', 'head', 'all', 'connect']);

/** Elysia: chains, groups, guards, prefixes and instances used by others. */
export const elysia: FrameworkModel = {
  id: 'elysia',
  languages: ['javascript'],
  packages: ['elysia'],
  prefilter: /['"]elysia['"]/,
  registrars: ['group', 'use', 'guard', 'Elysia', ...VERBS].filter((name) => name !== 'connect'),
  join: joinExpress,

  callSymbol(symbol, site, host) {
    if (lastName(symbol) !== 'Elysia' && symbol !== 'elysia') return undefined;
    const prefix = entryOf(argsOf(site)[0], 'prefix');
    const own = hasText(prefix) ? { prefix: pathOf(prefix, parsePath) } : {};
    return host.router(elysia, 'app', { kind: 'app', site, ...own });
  },

  callMethod(object, name, site, host) {
    const args = argsOf(site);
    const [first, second, third] = args;
    if (!object.router) return undefined;
    if (VERBS.has(name) && first && second) addRoute(object, methodsOfVerb(name), first, second, third, site, host);
    else if (name === 'ws' && first) addRoute(object, ['GET'], first, second ?? first, undefined, site, host);
    else if (name === 'route' && first && second && third) {
      addRoute(object, methodsOf(first, ['ANY']).methods, second, third, args[3], site, host);
    } else if (name === 'group' && first) {
      const run = args[args.length - 1];
      const child = below(object, pathOf(first, parsePath), site, host);
      if (run) host.call(run, [child], site);
    } else if (name === 'guard') {
      const run = args[args.length - 1];
      if (run && host.functionOf(run)) host.call(run, [object], site);
    } else if (name === 'use' && first) {
      for (const one of flattenValues(first)) use(object, one, site, host);
    } else if (name === 'mount' && first) {
      mountFetch(object, first, second, site, host);
    }
    // Everything else (state, derive, onError, listen, ...) answers with the instance, so that chains go on.
    return object;
  },

  instanceOf(symbol, host) {
    return lastName(symbol) === 'Elysia' ? host.router(elysia, 'app', { kind: 'app', isHandedIn: true }) : undefined;
  },

  recognise(receiver, name, site, host) {
    const [first, second] = argsOf(site);
    const isRoute = VERBS.has(name) && first?.t === 'str' && first.text.startsWith('/') && second !== undefined;
    const isNamed = /^(?:app|api|elysia|group|router|server)$/i.test(receiver.name);
    return isRoute && isNamed ? host.router(elysia, 'app', { kind: 'app', isHandedIn: true }) : undefined;
  },
};

function parsePath(text: string): Omit<PathPiece, 'notes'> {
  return parseColonPath(text, { brackets: '()', star: '*' });
}

function addRoute(
  object: ObjectValue,
  methods: ReturnType<typeof methodsOfVerb>,
  path: Value,
  handler: Value,
  hooks: Value | undefined,
  site: CallSite,
  host: ModelHost,
): void {
  const { router } = object;
  if (!router) return;
  const piece = pathOf(path, parsePath);
  host.addRoute(router, {
    methods,
    path: { ...piece, parameters: typedBySchema(piece.parameters, entryOf(hooks, 'params')) },
    handler: host.functionOf(handler) ? host.handler(handler, site) : constantHandler(handler, site, host),
    registration: site.place,
    query: queryOfSchema(entryOf(hooks, 'query')),
  });
}

/** `get('/', 'hello')` answers with the value itself. */
function constantHandler(handler: Value, site: CallSite, host: ModelHost): ReturnType<ModelHost['handler']> {
  const isValue = handler.t === 'str' || handler.t === 'const' || dictOf(handler) !== undefined;
  return { ...host.handler(handler, site), ...(isValue ? { name: 'constant' } : {}) };
}

function below(object: ObjectValue, prefix: PathPiece, site: CallSite, host: ModelHost): ObjectValue {
  const child = host.router(elysia, 'app', { kind: 'app', site });
  if (object.router && child.router) host.addMount(object.router, { child: child.router, prefix, place: site.place });
  return child;
}

/** `use(instance)`, `use((app) => app.get(...))`, `use(import('./plugin'))`. */
function use(object: ObjectValue, given: Value, site: CallSite, host: ModelHost): void {
  const child = objectOfModule(given, host);
  if (child?.router && object.router && child.router !== object.router) {
    host.addMount(object.router, { child: child.router, prefix: EMPTY_PATH, place: site.place });
    return;
  }
  const func = functionOfModule(settle(given), host);
  if (func && !child) host.call(func, [object], site);
}

function mountFetch(
  object: ObjectValue,
  path: Value,
  target: Value | undefined,
  site: CallSite,
  host: ModelHost,
): void {
  const prefix = target && path.t === 'str' ? path.text : '';
  if (!object.router) return;
  host.addRoute(object.router, {
    methods: ['ANY'],
    path: { ...parsePath(`${prefix.replace(/\/$/, '')}/*`), notes: [] },
    handler: host.handler(target ?? path, site),
    registration: site.place,
    notes: ['Another application answers below this path.'],
  });
}
