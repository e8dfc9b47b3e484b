import type { EndpointMethod, Parameter } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import type { CallSite, Value } from '../../evaluate/values';
import { hasText, lastName, methodNamed, methodsOf, pathOf } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { signatureParameters } from './signature';
import { adopt, parseStarlettePath, routeList } from './starlette';
import { joinPlain } from '../joins';
import { decorator } from './decorator';

const SHORTCUTS = new Set(['get', 'post', 'put', 'delete', 'patch', 'options', 'head', 'trace']);

/** FastAPI: applications, routers with prefixes, path operations and their parameters. */
export const fastapi: FrameworkModel = {
  id: 'fastapi',
  languages: ['python'],
  packages: ['fastapi', 'fastapi_utils', 'fastapi_restful', 'fastapi_class', 'fastapi_versioning'],
  prefilter:
    /\bfastapi\b|\.(?:include_router|add_api_route|api_route)\(|@\w+(?:\.\w+)*\.(?:get|post|put|delete|patch|options|head)\(/,
  registrars: [
    'include_router',
    'add_api_route',
    'api_route',
    'add_route',
    'mount',
    'FastAPI',
    'APIRouter',
    ...SHORTCUTS,
  ],
  join: joinPlain,

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    if (name !== 'FastAPI' && !/^(?:Versioned)?APIRouter$|^InferringRouter$/.test(name)) return undefined;
    const prefix = name === 'FastAPI' ? undefined : host.argument(site, null, 'prefix');
    const own = hasText(prefix) ? { prefix: pathOf(prefix, parseStarlettePath) } : {};
    const isApp = name === 'FastAPI';
    const made = host.router(fastapi, isApp ? 'app' : 'router', { kind: isApp ? 'app' : 'router', site, ...own });
    adopt(made, host.argument(site, null, 'routes'), host);
    return made;
  },

  callMethod(object, name, site, host) {
    const { router } = object;
    if (!router) return undefined;
    if (SHORTCUTS.has(name) || name === 'api_route' || name === 'route')
      return decorator(name, (target, applied) => {
        const method = methodNamed(name);
        addOperation(router, target, method ? [method] : ['GET'], site, applied, host);
      });
    if (name === 'add_api_route' || name === 'add_route') {
      const endpoint = host.argument(site, 1, name === 'add_route' ? 'route' : 'endpoint');
      if (endpoint) addOperation(router, endpoint, ['GET'], site, site, host);
      return undefined;
    }
    if (name === 'include_router' || name === 'mount') {
      const isMount = name === 'mount';
      const child = host.argument(site, isMount ? 1 : 0, isMount ? 'app' : 'router');
      const node = child && host.objectOf(child)?.router;
      const prefix = isMount ? host.argument(site, 0, 'path') : host.argument(site, null, 'prefix');
      if (!node || node === router) return undefined;
      const piece = hasText(prefix) ? pathOf(prefix, parseStarlettePath) : EMPTY_PATH;
      const bare = isMount ? { ...piece, template: piece.template.replace(/\/+$/, '') } : piece;
      host.addMount(router, { child: node, prefix: bare, place: site.place });
    }
    return undefined;
  },

  member(object, name, host) {
    if (name === 'routes') return routeList(object, host);
    return name === 'router' && object.type === 'app' ? object : undefined;
  },

  instanceOf(symbol, host) {
    const name = lastName(symbol);
    if (name === 'FastAPI') return host.router(fastapi, 'app', { kind: 'app', isHandedIn: true });
    return name === 'APIRouter' ? host.router(fastapi, 'router', { kind: 'router', isHandedIn: true }) : undefined;
  },

  recognise(_receiver, name, site, host) {
    const first = host.argument(site, 0, 'path');
    const isPath = first?.t === 'str' && first.text.startsWith('/');
    const isOperation = isPath && (SHORTCUTS.has(name) || name === 'add_api_route' || name === 'api_route');
    if (!isOperation && name !== 'include_router') return undefined;
    return host.router(fastapi, 'app', { kind: 'app', isHandedIn: true });
  },
};

function addOperation(
  router: RouterNode,
  endpoint: Value,
  fallback: readonly EndpointMethod[],
  site: CallSite,
  applied: CallSite,
  host: ModelHost,
): void {
  const path = pathOf(host.argument(site, 0, 'path'), parseStarlettePath);
  const { methods, notes } = methodsOf(host.argument(site, null, 'methods'), fallback);
  const fn = host.functionOf(endpoint);
  const read = fn ? signatureParameters(fn, host, pathNamesOf(router, path)) : [];
  host.addRoute(router, {
    methods,
    notes,
    path: { ...path, parameters: path.parameters.map((parameter) => refine(parameter, read)) },
    query: read.filter((parameter) => parameter.in === 'query'),
    handler: host.handler(endpoint, applied),
    registration: applied.place,
  });
}

function pathNamesOf(router: RouterNode, path: PathPiece): ReadonlySet<string> {
  return new Set([...router.prefix.parameters, ...path.parameters].map(({ name }) => name));
}

/** The signature knows the type better than the path does. */
function refine(parameter: Parameter, read: readonly Parameter[]): Parameter {
  const typed = read.find(({ name, in: place }) => place === 'path' && name === parameter.name);
  if (!typed || parameter.catchAll || typed.type === 'unknown') return parameter;
  return { ...parameter, type: typed.type, ...(typed.enumValues ? { enumValues: typed.enumValues } : {}) };
}
