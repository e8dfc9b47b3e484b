import type { EndpointMethod } from '../../../model/endpoint';
import { EMPTY_PATH, HOLE, type PathPiece, type RouterNode } from '../../graph';
import { str, textOf, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { methodsListed } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { aspNetPath } from './aspNetPath';
import { controllersRouter, conventions } from './aspNetControllers';
import { signatureParameters, withSignature } from './csharpTypes';

const VERBS: Readonly<Record<string, EndpointMethod>> = {
  MapGet: 'GET',
  MapPost: 'POST',
  MapPut: 'PUT',
  MapPatch: 'PATCH',
  MapDelete: 'DELETE',
};

/** Calls that put something of the library itself below a path. */
const FIXED: Readonly<Record<string, EndpointMethod>> = { MapHealthChecks: 'GET', MapHub: 'ANY', MapMetrics: 'GET' };

/** A call on an application, a group or another builder of endpoints. */
export function callEndpoints(
  model: FrameworkModel,
  object: ObjectValue,
  name: string,
  site: CallSite,
  host: ModelHost,
): Value | undefined {
  const { router } = object;
  if (!router) return undefined;
  const pattern = host.argument(site, 0, 'pattern');
  const last =
    host.argument(site, name === 'MapMethods' ? 2 : 1, 'handler') ?? host.argument(site, null, 'requestDelegate');
  const verb = VERBS[name];
  if (verb) return route(router, [verb], pattern, last, site, host);
  if (name === 'MapMethods')
    return route(router, methodsListed(host.argument(site, 1, 'httpMethods')), pattern, last, site, host);
  if (name === 'Map' && last) {
    if (!isBranch(last, host)) return route(router, ['ANY'], pattern, last, site, host);
    host.call(last, [group(model, router, aspNetPath(pattern), site, host)], site);
    return object;
  }
  if (name === 'MapGroup') return group(model, router, aspNetPath(host.argument(site, 0, 'prefix')), site, host);
  if (name === 'MapFallback') {
    const target = host.argument(site, 1, null) ?? pattern;
    return route(router, ['GET'], host.argument(site, 1, null) ? pattern : str('{*path}'), target, site, host);
  }
  const fixed = FIXED[name];
  if (fixed) {
    const { file, line } = site.place;
    const handler = { name, file, line, endLine: line };
    host.addRoute(router, { methods: [fixed], path: aspNetPath(pattern), handler, registration: site.place });
    return object;
  }
  if (name === 'MapIdentityApi') {
    const { file, line } = site.place;
    const notes = ['ASP.NET Core Identity answers below; its routes are its own.'];
    const handler = { name, file, line, endLine: line };
    const path: PathPiece = { template: `/${HOLE}`, parameters: [], notes };
    host.addRoute(router, { methods: ['ANY'], path, handler, registration: site.place });
    return object;
  }
  if (name === 'UseEndpoints') {
    const configure = host.argument(site, 0, 'configure');
    if (configure) host.call(configure, [object], site);
    return object;
  }
  if (/^Map(?:Default|Area)?Controller(?:s|Route)$/.test(name)) return controllers(model, object, name, site, host);
  return extension(object, name, site, host);
}

function route(
  router: RouterNode,
  methods: readonly EndpointMethod[],
  pattern: Value | undefined,
  handler: Value | undefined,
  site: CallSite,
  host: ModelHost,
): ObjectValue | undefined {
  if (!handler) return undefined;
  const path = aspNetPath(pattern);
  const func = host.functionOf(handler);
  const told = func ? signatureParameters(host, func, path.parameters) : [];
  host.addRoute(router, {
    methods,
    path: { ...path, parameters: withSignature(path.parameters, told) },
    handler: host.handler(handler, site),
    registration: site.place,
    query: methods.includes('GET') ? told.filter((parameter) => parameter.in === 'query') : [],
  });
  return undefined;
}

/** `app.Map("/x", branch => ...)` of middleware has a builder as its only parameter; a route has a request. */
function isBranch(handler: Value, host: ModelHost): boolean {
  const params = host.functionOf(handler)?.fn.params ?? [];
  const [param] = params;
  if (params.length !== 1 || param?.target.k !== 'name') return false;
  const type = param.type?.k === 'name' ? param.type.name : '';
  return type === 'IApplicationBuilder' || (type === '' && /app|builder|branch/i.test(param.target.name));
}

function group(
  model: FrameworkModel,
  parent: RouterNode,
  prefix: PathPiece,
  site: CallSite,
  host: ModelHost,
): ObjectValue {
  const child = host.router(model, 'group', { kind: 'router', site });
  if (child.router) host.addMount(parent, { child: child.router, prefix, place: site.place });
  return child;
}

function controllers(
  model: FrameworkModel,
  object: ObjectValue,
  name: string,
  site: CallSite,
  host: ModelHost,
): ObjectValue {
  const child = controllersRouter(model, host);
  const mounted = host.state('aspnet mounted', () => new Set<RouterNode>());
  if (object.router && !mounted.has(object.router)) {
    mounted.add(object.router);
    host.addMount(object.router, { child, prefix: EMPTY_PATH, place: site.place });
  }
  const pattern =
    name === 'MapDefaultControllerRoute'
      ? str('{controller=Home}/{action=Index}/{id?}')
      : name === 'MapControllers'
        ? undefined
        : host.argument(site, name === 'MapAreaControllerRoute' ? 2 : 1, 'pattern');
  const area = name === 'MapAreaControllerRoute' ? host.argument(site, 1, 'areaName') : undefined;
  if (pattern) conventions(host).push({ pattern: textOf(pattern).text, area: area ? textOf(area).text : null });
  return object;
}

/** An extension method of the workspace is followed; one of the library only says more of the same endpoint. */
function extension(object: ObjectValue, name: string, site: CallSite, host: ModelHost): Value {
  const found = host.declared('csharp', `.${name}`, site.place.file);
  const func = found && host.functionOf(found);
  if (!func) return object;
  const answer = host.callWith(func, { ...site, args: [{ value: object }, ...site.args] });
  return host.objectOf(answer) ?? object;
}
