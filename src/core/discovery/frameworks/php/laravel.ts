import type { EndpointMethod } from '../../../model/endpoint';
import { EMPTY_PATH, HOLE } from '../../graph';
import { settle, str, textOf, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { methodNamed } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { callPending, openGroup, pendingWith } from './laravelGroups';
import { addRoute, callRoute } from './laravelRoutes';
import { addResource, addResources, addSingleton, callResource } from './laravelResources';
import { laravelState, routerOfFile } from './laravelState';
import { methodTexts } from './phpHandlers';

const FACADES = ['Illuminate.Support.Facades.Route', 'Route', '$router'];
const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'options', 'any']);

/** Laravel (and Lumen): the routes of `routes/*.php` with the prefixes of providers and of `bootstrap/app.php`. */
export const laravel: FrameworkModel = {
  id: 'laravel',
  languages: ['php'],
  packages: ['Illuminate', 'Route', '$router', 'base_path', 'Laravel'],
  prefilter: /\bRoute::\w+\(|\$router->(?:get|post|put|patch|delete|group)\(|->withRouting\(/,
  registrars: [...VERBS, 'match', 'group', 'resource', 'apiResource', 'resources', 'apiResources', 'view', 'redirect'],
  join: (prefix, path) => prefix + path,

  callSymbol(symbol, site, host) {
    if (symbol === 'base_path') return host.argument(site, 0, 'path') ?? str('');
    if (symbol === 'Illuminate.Foundation.Application.configure') return host.object(laravel, 'configure');
    const facade = FACADES.find((name) => symbol.startsWith(`${name}.`));
    if (facade === undefined) return undefined;
    if (facade === '$router' && !/(?:^|\/)(?:routes|src\/routes)\b/.test(site.place.file)) return undefined;
    return register(symbol.slice(facade.length + 1), site, host);
  },

  callMethod(object, name, site, host) {
    if (object.type === 'router') return register(name, site, host);
    if (object.type === 'configure') return configure(object, name, site, host);
    if (object.type === 'route') return callRoute(object, name, site, host);
    if (object.type === 'resource') return callResource(laravel, object, name, site, host);
    if (object.type !== 'pending') return undefined;
    return callPending(laravel, object, name, site, host, () => register(name, site, host));
  },

  instanceOf(symbol, host) {
    return /^(?:Illuminate\.Routing\.Router|Laravel\.Lumen\.Routing\.Router|Illuminate\.Contracts\.Routing\.Registrar)$/.test(
      symbol,
    )
      ? host.object(laravel, 'router')
      : undefined;
  },

  finish(host) {
    // What a file registers when it runs alone is what it registers where it is required.
    for (const [file, router] of laravelState(host).files) if (host.wasIncluded(file)) router.routes.length = 0;
  },
};

/** A call on the `Route` facade, or the last one of a chain that began there. */
function register(name: string, site: CallSite, host: ModelHost): Value | undefined {
  if (VERBS.has(name)) {
    const methods: EndpointMethod[] = [methodNamed(name) ?? 'ANY'];
    return addRoute(laravel, methods, host.argument(site, 0, 'uri'), host.argument(site, 1, 'action'), site, host);
  }
  switch (name) {
    case 'match': {
      const methods = methodTexts(host.argument(site, 0, 'methods')).flatMap((text) => methodNamed(text) ?? []);
      const all: EndpointMethod[] = methods.length > 0 ? methods : ['ANY'];
      return addRoute(laravel, all, host.argument(site, 1, 'uri'), host.argument(site, 2, 'action'), site, host);
    }
    case 'view':
    case 'redirect':
    case 'permanentRedirect': {
      const methods: EndpointMethod[] = [name === 'view' ? 'GET' : 'ANY'];
      return addRoute(laravel, methods, host.argument(site, 0, 'uri'), undefined, site, host, name);
    }
    case 'fallback':
      return addRoute(laravel, ['GET'], str('{fallbackPlaceholder}'), host.argument(site, 0, 'action'), site, host);
    case 'resource':
    case 'apiResource':
      return addResource(
        laravel,
        name === 'apiResource',
        host.argument(site, 0, 'name'),
        host.argument(site, 1, 'controller'),
        site,
        host,
      );
    case 'resources':
    case 'apiResources':
      addResources(laravel, name === 'apiResources', host.argument(site, 0, null), site, host);
      return undefined;
    case 'singleton':
    case 'apiSingleton':
      return addSingleton(laravel, name === 'apiSingleton', site, host);
    case 'group': {
      const first = host.argument(site, 0, 'attributes');
      const isPlain = site.args.length < 2;
      openGroup(
        laravel,
        pendingWith(laravel, isPlain ? undefined : first, host),
        host.argument(site, isPlain ? 0 : 1, 'routes'),
        site,
        host,
      );
      return undefined;
    }
    default:
      return callPending(laravel, pendingWith(laravel, undefined, host), name, site, host, () => undefined);
  }
}

/** `Application::configure(...)->withRouting(web: ..., api: ..., apiPrefix: ..., health: '/up', then: ...)`. */
function configure(object: ObjectValue, name: string, site: CallSite, host: ModelHost): Value {
  if (name !== 'withRouting') return object;
  const api = fileIn(host.argument(site, null, 'api'), host);
  const prefix = host.argument(site, null, 'apiPrefix');
  if (api !== undefined) {
    const app = host.router(laravel, 'app', { kind: 'app', site });
    const text = prefix ? textOf(prefix).text.replace(/^\/+|\/+$/g, '') : 'api';
    const child = routerOfFile(laravel, api, host);
    const piece = { ...EMPTY_PATH, template: text === '' ? '' : `/${text}` };
    if (app.router) host.addMount(app.router, { child, prefix: piece, place: site.place, replacesOwn: true });
  }
  const health = host.argument(site, null, 'health');
  if (health && settle(health).t === 'str') addRoute(laravel, ['GET'], health, undefined, site, host, 'health');
  const then = host.argument(site, null, 'then');
  if (then && host.functionOf(then)) host.call(then, [], site);
  return object;
}

/** The file that a path names, whatever stands before it. */
export function fileIn(value: Value | undefined, host: ModelHost): string | undefined {
  const settled = value && settle(value);
  if (settled?.t !== 'str') return undefined;
  const end = settled.text.slice(settled.text.lastIndexOf(HOLE) + 1);
  const wanted = end.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  const path = wanted.join('/');
  if (path === '' || !path.endsWith('.php')) return undefined;
  const known = [...host.files.names()];
  return (
    known.find((file) => file === path) ??
    known.find((file) => file.endsWith(`/${path}`)) ??
    known.find((file) => path.endsWith(`/${file}`)) ??
    known.find((file) => file.endsWith(`/${wanted.slice(-2).join('/')}`) || file === wanted.slice(-2).join('/'))
  );
}
