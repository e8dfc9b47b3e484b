import type { EndpointMethod, Parameter } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import { list, settle, type CallSite, type FuncValue, type Value } from '../../evaluate/values';
import { hasText, lastName, methodNamed, methodsOf, pathOf } from '../arguments';
import { joinSlash } from '../joins';
import type { FrameworkModel, ModelHost } from '../model';
import { CONVERTER_TYPES } from '../regexPath';
import { decorator } from './decorator';
import { signatureParameters } from './signature';

const SHORTCUTS = new Set(['get', 'post', 'put', 'patch', 'delete']);

/** Django Ninja: operations of an API and of routers, which Django's patterns take as a table. */
export const ninja: FrameworkModel = {
  id: 'django-ninja',
  languages: ['python'],
  packages: ['ninja'],
  prefilter: /\bninja\b/,
  registrars: ['add_router', 'api_operation', 'NinjaAPI'],
  join: joinSlash,

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    if (name !== 'NinjaAPI' && name !== 'Router') return undefined;
    return host.router(ninja, name === 'Router' ? 'router' : 'api', { kind: 'router', site });
  },

  callMethod(object, name, site, host) {
    const { router } = object;
    if (!router) return undefined;
    if (SHORTCUTS.has(name) || name === 'api_operation') return operation(router, name, site, host);
    if (name !== 'add_router') return undefined;
    const given = host.argument(site, 1, 'router');
    const child = given?.t === 'str' ? routerNamed(given.text, site, host) : given;
    const node = child && host.objectOf(child)?.router;
    const prefix = pathOf(host.argument(site, 0, 'prefix'), parseNinjaPath);
    if (node && node !== router) host.addMount(router, { child: node, prefix, place: site.place });
    return undefined;
  },

  member(object, name) {
    return name === 'urls' && object.router ? list([object]) : undefined;
  },
};

/** `api.add_router('/events/', 'events.api.router')`. */
function routerNamed(name: string, site: CallSite, host: ModelHost): Value | undefined {
  const dot = name.lastIndexOf('.');
  const module = dot > 0 ? host.module(name.slice(0, dot), site.place.file) : undefined;
  return module && settle(host.member(module, name.slice(dot + 1)));
}

function operation(router: RouterNode, name: string, site: CallSite, host: ModelHost): Value {
  const isOperation = name === 'api_operation';
  const method = methodNamed(name);
  return decorator(name, (target, applied) => {
    const given = host.argument(site, isOperation ? 1 : 0, 'path');
    const path = hasText(given) ? pathOf(given, parseNinjaPath) : EMPTY_PATH;
    const fallback: readonly EndpointMethod[] = method ? [method] : ['ANY'];
    const { methods, notes } = methodsOf(isOperation ? host.argument(site, 0, 'methods') : undefined, fallback);
    const func = host.functionOf(target);
    const read = func ? declared(func, path, host) : [];
    host.addRoute(router, {
      methods,
      notes,
      path: { ...path, parameters: path.parameters.map((one) => refine(one, read)) },
      query: read.filter((one) => one.in === 'query'),
      handler: host.handler(target, applied),
      registration: applied.place,
    });
  });
}

/** What the signature says of parameters; the first one is the request. */
function declared(func: FuncValue, path: PathPiece, host: ModelHost): Parameter[] {
  const names = new Set(path.parameters.map(({ name }) => name));
  const fn = { ...func.fn, params: func.fn.params.slice(1) };
  return signatureParameters({ ...func, fn }, host, names);
}

/** A converter in the path says more than the signature. */
function refine(parameter: Parameter, read: readonly Parameter[]): Parameter {
  const typed = read.find(({ name, in: place }) => place === 'path' && name === parameter.name);
  return typed && parameter.type === 'unknown' ? { ...parameter, ...typed } : parameter;
}

/** Parses a path of Django Ninja. Examples: `/a/{int:id}` is `/a/{id}` with an integer; `{path:p}` is `{p*}`. */
function parseNinjaPath(text: string): Omit<PathPiece, 'notes'> {
  const parameters: Parameter[] = [];
  const template = text.replace(/\{(?:(\w+):)?(\w+)\}/g, (_, converter: string | undefined, name: string) => {
    const type = converter === undefined ? 'unknown' : (CONVERTER_TYPES[converter] ?? 'unknown');
    parameters.push({ name, in: 'path', type, required: true, ...(type === 'path' ? { catchAll: true } : {}) });
    return type === 'path' ? `{${name}*}` : `{${name}}`;
  });
  return { template, parameters };
}
