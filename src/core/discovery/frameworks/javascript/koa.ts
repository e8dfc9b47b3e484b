import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import { settle, textOf, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { hasText, lastName, methodsOf, pathOf } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { joinExpress, parseExpressPath } from './expressPath';
import {
  argsOf,
  entryOf,
  flattenValues,
  isPathLike,
  isRouteCall,
  methodsOfVerb,
  NOT_A_ROUTER,
  objectOfModule,
  regexPiece,
} from './handlers';

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'del', 'head', 'options', 'all']);
const ROUTERS =
  /^(?:@koa\/router|koa-router|koa-better-router|koa-tree-router|koa-joi-router)(?:\.default|\.Router|\.router)?$/;

/** Koa: routers with prefixes, nested in each other and mounted on applications. */
export const koa: FrameworkModel = {
  id: 'koa',
  languages: ['javascript'],
  packages: ['koa', '@koa/router', 'koa-router', 'koa-joi-router', 'koa-better-router', 'koa-mount', 'koa-compose'],
  prefilter: /['"](?:@koa\/|koa)[\w/-]*['"]|\.(?:get|post|put|patch|del|delete|all|use)\s*\(\s*(?:\[\s*)?['"`/]/,
  registrars: ['use', 'prefix', 'register', 'Router', ...VERBS],
  join: joinExpress,
  normalise: (path) => (path.length > 1 ? path.replace(/\/+$/, '') : path),

  callSymbol(symbol, site, host) {
    const [first, second] = argsOf(site);
    if (symbol === 'koa' || symbol === 'koa.default') return host.router(koa, 'app', { kind: 'app', site });
    if (ROUTERS.test(symbol)) {
      const prefix = entryOf(first, 'prefix');
      const own = hasText(prefix) ? { prefix: bare(pathOf(prefix, parseExpressPath)) } : {};
      return host.router(koa, 'router', { kind: 'router', site, ...own });
    }
    if (symbol.startsWith('koa-mount')) {
      const target = second ?? first;
      const child = target && objectOfModule(target, host)?.router;
      if (!first || !child) return undefined;
      const holder = host.router(koa, 'router', { kind: 'router', site });
      const prefix = second ? bare(pathOf(first, parseExpressPath)) : EMPTY_PATH;
      if (holder.router) host.addMount(holder.router, { child, prefix, place: site.place });
      return holder;
    }
    if (symbol.startsWith('koa-compose')) return first;
    return undefined;
  },

  callMethod(object, name, site, host) {
    const { router } = object;
    if (!router) return undefined;
    const [first, ...rest] = argsOf(site);
    if (VERBS.has(name) && first) {
      addRoutes(router, name, first, rest, site, host);
      return object;
    }
    if (name === 'routes' || name === 'middleware') return object;
    if (name === 'allowedMethods') return host.object(koa, 'middleware');
    if (name === 'prefix' && first) {
      router.prefix = bare(pathOf(first, parseExpressPath));
      return object;
    }
    if (name === 'register' && first && rest[1]) {
      const { methods, notes } = methodsOf(rest[0], ['ANY']);
      for (const path of flattenValues(first)) addRoute(router, methods, path, rest[1], site, host, notes);
      return object;
    }
    if (name === 'route' && first) {
      // koa-joi-router takes route objects.
      for (const route of flattenValues(first)) addRouteObject(router, route, site, host);
      return object;
    }
    if (name === 'use' && first) mount(router, first, rest, site, host);
    return name === 'use' || name === 'param' ? object : undefined;
  },

  instanceOf(symbol, host) {
    const name = lastName(symbol);
    if (ROUTERS.test(symbol) || name === 'Router') {
      return host.router(koa, 'router', { kind: 'router', isHandedIn: true });
    }
    if (symbol !== 'koa' && name !== 'Koa' && name !== 'default') return undefined;
    return host.router(koa, 'app', { kind: 'app', isHandedIn: true });
  },

  recognise(receiver, name, site, host) {
    const values = argsOf(site);
    const isRoute = VERBS.has(name) && isRouteCall(receiver, site, host, 'context');
    const isMount = name === 'use' && values.some((value) => host.objectOf(value)?.model === 'koa');
    if (NOT_A_ROUTER.test(receiver.name) || (!isRoute && !isMount)) return undefined;
    return host.router(koa, 'router', { kind: 'router', isHandedIn: true });
  },
};

/** `get(name?, path, ...middleware, handler)`: a name may stand before the path; paths may be several. */
function addRoutes(
  router: RouterNode,
  verb: string,
  first: Value,
  rest: readonly Value[],
  site: CallSite,
  host: ModelHost,
): void {
  const isNamed = first.t === 'str' && rest.length > 1 && isPathLike(flattenValues(rest[0] ?? first)[0]);
  const paths = isNamed ? (rest[0] ?? first) : first;
  const handlers = (isNamed ? rest.slice(1) : rest).flatMap(flattenValues);
  const handler = handlers[handlers.length - 1];
  if (!handler) return;
  for (const path of flattenValues(paths)) addRoute(router, methodsOfVerb(verb), path, handler, site, host, []);
}

function addRouteObject(router: RouterNode, route: Value, site: CallSite, host: ModelHost): void {
  const path = entryOf(route, 'path');
  const handlers = flattenValues(entryOf(route, 'handler') ?? settle(route));
  const handler = handlers[handlers.length - 1];
  if (!path || !handler) return;
  const { methods, notes } = methodsOf(entryOf(route, 'method'), ['ANY']);
  addRoute(router, methods, path, handler, site, host, notes);
}

function addRoute(
  router: RouterNode,
  methods: ReturnType<typeof methodsOfVerb>,
  path: Value,
  handler: Value,
  site: CallSite,
  host: ModelHost,
  notes: readonly string[],
): void {
  const piece = path.t === 'regex' ? regexPiece(path) : pathOf(path, parseExpressPath);
  host.addRoute(router, {
    methods,
    path: piece,
    handler: host.handler(handler, site),
    registration: site.place,
    notes,
  });
}

/** `use(path?, ...middleware)`: what is a router or its `routes()` is mounted. */
function mount(router: RouterNode, first: Value, rest: readonly Value[], site: CallSite, host: ModelHost): void {
  const paths = flattenValues(first);
  const isPath = paths.length > 0 && paths.every((path) => path.t === 'str');
  const prefixes = isPath
    ? paths.map((path) => bare({ ...parseExpressPath(textOf(path).text), notes: [] }))
    : [EMPTY_PATH];
  for (const target of [...(isPath ? [] : [first]), ...rest].flatMap(flattenValues)) {
    const child: ObjectValue | undefined = objectOfModule(target, host);
    if (!child?.router || child.router === router) continue;
    for (const prefix of prefixes) host.addMount(router, { child: child.router, prefix, place: site.place });
  }
}

/** A prefix of `/` is none. */
function bare(piece: PathPiece): PathPiece {
  return piece.template === '/' ? { ...piece, template: '' } : piece;
}
