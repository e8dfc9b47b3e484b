import { EMPTY_PATH, type PathPiece } from '../../graph';
import { settle, str, textOf, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { lastName, methodsOf, pathOf } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { parseColonPath } from './colonPath';
import { joinExpress } from './expressPath';
import {
  argsOf,
  dictOf,
  entryOf,
  flattenValues,
  isRouteCall,
  methodsOfVerb,
  NOT_A_ROUTER,
  objectOfModule,
  typedBySchema,
  queryOfSchema,
} from './handlers';

const VERBS = new Set(['get', 'post', 'put', 'delete', 'options', 'patch', 'all', 'head']);
const VALIDATORS = ['zod', 'valibot', 'typebox', 'standard', 'arktype'].map((name) => `@hono/${name}-validator`);
/** Attributes that no code can name. */
const BASE = ' base';
const LAST_PATH = ' path';
const SELF = new Set(['use', 'notFound', 'onError', 'doc', 'doc31', 'openAPIRegistry', 'fire']);

/** Hono: applications routed into each other, base paths, chains, OpenAPI routes. */
export const hono: FrameworkModel = {
  id: 'hono',
  languages: ['javascript'],
  packages: ['hono', '@hono/zod-openapi', '@hono/swagger-ui', ...VALIDATORS],
  prefilter:
    /['"](?:hono|@hono)\b[\w/-]*['"]|\.(?:get|post|put|patch|delete|all|on|route|basePath)\s*\(\s*(?:\[\s*)?['"`/]/,
  registrars: ['route', 'basePath', 'mount', 'openapi', 'Hono', 'OpenAPIHono', 'on', ...VERBS],
  join: joinExpress,

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    const [first] = argsOf(site);
    if (name === 'Hono' || name === 'OpenAPIHono') return host.router(hono, 'app', { kind: 'app', site });
    if (name === 'createFactory' || name === 'Factory') return host.object(hono, 'factory');
    if (name === 'createRoute') return first;
    if (VALIDATORS.some((one) => symbol.startsWith(one))) {
      const [target, schema] = argsOf(site);
      return host.object(hono, 'middleware', target && schema ? [[`${textOf(target).text} schema`, schema]] : []);
    }
    // A validator or a middleware of the library is no handler.
    if (name === 'validator' || name === 'createMiddleware') return host.object(hono, 'middleware');
    return undefined;
  },

  callMethod(object, name, site, host) {
    const args = argsOf(site);
    const [first, second] = args;
    if (object.type === 'factory') {
      if (name === 'createApp') return host.router(hono, 'app', { kind: 'app', site });
      if (name === 'createHandlers') return { t: 'list', items: args, open: false };
      return name === 'createMiddleware' ? host.object(hono, 'middleware') : undefined;
    }
    if (!object.router) return undefined;
    if (VERBS.has(name) && first) {
      addRoutes(object, methodsOfVerb(name), args, site, host);
      return object;
    }
    if (name === 'on' && first && second) {
      const { methods, notes } = methodsOf(first, ['ANY']);
      addRoutes(object, methods, args.slice(1), site, host, notes);
      return object;
    }
    if (name === 'route' && first && second) {
      const child = objectOfModule(second, host)?.router;
      if (child && child !== object.router) {
        host.addMount(object.router, {
          child,
          prefix: bare(pathOf(below(object, first), parsePath)),
          place: site.place,
        });
      }
      return object;
    }
    if (name === 'basePath' && first) {
      // The routes are kept in common; only what is added from here on stands below the path.
      const base = host.object(hono, 'app', [[BASE, below(object, first)]]);
      return { ...base, router: object.router };
    }
    if (name === 'mount' && first && second) {
      const path = textOf(first).text.replace(/\/$/, '');
      addRoutes(object, ['ANY'], [str(`${path}/*`), second], site, host, [
        'Another application answers below this path.',
      ]);
      return object;
    }
    if (name === 'openapi' && first && second) {
      addOpenApi(object, first, second, site, host);
      return object;
    }
    return SELF.has(name) ? object : undefined;
  },

  instanceOf(symbol, host) {
    if (!['Hono', 'OpenAPIHono'].includes(lastName(symbol))) return undefined;
    return host.router(hono, 'app', { kind: 'router', isHandedIn: true });
  },

  recognise(receiver, name, site, host) {
    if (NOT_A_ROUTER.test(receiver.name)) return undefined;
    const isRoute = VERBS.has(name) && isRouteCall(receiver, site, host, 'context');
    const isMount = name === 'route' && argsOf(site).some((value) => host.objectOf(value)?.model === 'hono');
    return isRoute || isMount ? host.router(hono, 'app', { kind: 'router', isHandedIn: true }) : undefined;
  },
};

function parsePath(text: string): Omit<PathPiece, 'notes'> {
  return parseColonPath(text, { brackets: '{}', star: '*' });
}

/** `get(path?, ...handlers)`: without a path the one before it is meant. */
function addRoutes(
  object: ObjectValue,
  methods: ReturnType<typeof methodsOfVerb>,
  args: readonly Value[],
  site: CallSite,
  host: ModelHost,
  notes: readonly string[] = [],
): void {
  const [first, ...rest] = args;
  if (!object.router || !first) return;
  const hasPath = flattenValues(first).every((value) => host.functionOf(value) === undefined && value.t !== 'object');
  const paths = hasPath ? first : (object.attrs.get(LAST_PATH) ?? str('*'));
  if (hasPath) object.attrs.set(LAST_PATH, first);
  const handlers = (hasPath ? rest : args).flatMap(flattenValues);
  const handler = handlers[handlers.length - 1];
  if (!handler) return;
  const checked = (target: string): Value | undefined =>
    handlers.map((one) => host.objectOf(one)?.attrs.get(`${target} schema`)).find(Boolean);
  for (const path of flattenValues(paths)) {
    const registration = site.place;
    const piece = pathOf(below(object, path), parsePath);
    host.addRoute(object.router, {
      methods,
      path: { ...piece, parameters: typedBySchema(piece.parameters, checked('param')) },
      handler: host.handler(handler, site),
      registration,
      query: queryOfSchema(checked('query')),
      notes,
    });
  }
}

/** `openapi(createRoute({ method, path, request }), handler)`, whose paths are written `/users/{id}`. */
function addOpenApi(object: ObjectValue, route: Value, handler: Value, site: CallSite, host: ModelHost): void {
  const path = entryOf(route, 'path');
  if (!object.router || !dictOf(route) || !path) return;
  const { methods, notes } = methodsOf(entryOf(route, 'method'), ['ANY']);
  const piece = pathOf(below(object, path), (text) => parsePath(text.replaceAll(/\{(\w+)\}/g, ':$1')));
  host.addRoute(object.router, {
    methods,
    path: { ...piece, parameters: typedBySchema(piece.parameters, entryOf(route, 'request', 'params')) },
    handler: host.handler(settle(handler), site),
    registration: site.place,
    query: queryOfSchema(entryOf(route, 'request', 'query')),
    notes,
  });
}

/** A path below what `basePath` said. */
function below(object: ObjectValue, path: Value): Value {
  const base = object.attrs.get(BASE);
  if (!base) return path;
  const [above, own] = [textOf(base), textOf(path)];
  return str(joinExpress(above.text, own.text), [...above.notes, ...own.notes]);
}

function bare(piece: PathPiece): PathPiece {
  return piece.template === '/' ? { ...EMPTY_PATH, notes: piece.notes } : piece;
}
