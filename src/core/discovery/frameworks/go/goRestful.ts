import type { Parameter } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import { settle, textOf, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { lastName, pathOf } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { goHandler, goMethods, noteServing, verbOf } from './goHandlers';
import { parseBracePath } from './goPaths';

/** What `DataType` says of a parameter. */
const TYPES: Readonly<Record<string, Parameter['type']>> = { integer: 'integer', number: 'number', boolean: 'boolean' };

/** go-restful: web services with a root path, routes put together by builders, containers. */
export const goRestful: FrameworkModel = {
  id: 'go-restful',
  languages: ['go'],
  packages: ['github.com/emicklei/go-restful'],
  prefilter: /"github\.com\/emicklei\/go-restful(?:\/v\d+)?"/,
  registrars: ['Route', 'Add', 'Path', 'GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'WebService'],
  join: joinTokens,

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    const [first] = site.args.map(({ value }) => value);
    if (name === 'WebService' && site.isNew) return host.router(goRestful, 'service', { kind: 'router', site });
    if (name === 'NewContainer') return host.router(goRestful, 'container', { kind: 'app', site });
    if (name === 'PathParameter' || name === 'QueryParameter') return parameter(name, first, host);
    if (first && (name === 'Add' || symbol.endsWith('DefaultContainer.Add'))) {
      mount(defaultContainer(site, host), first, site, host);
    }
    return undefined;
  },

  callMethod(object, name, site, host) {
    noteServing(object, name, host);
    const [first] = site.args.map(({ value }) => value);
    if (object.type === 'parameter') {
      if (name === 'DataType' && first) object.attrs.set('type', first);
      return object;
    }
    if (object.type === 'builder') return describe(object, name, first);
    const { router } = object;
    if (!router) return undefined;
    if (name === 'PathParameter' || name === 'QueryParameter') return parameter(name, first, host);
    if (name === 'Path' && first) router.prefix = pathOf(first, parsePath);
    else if (name === 'Method') return first && host.object(goRestful, 'builder', [['method', first]]);
    else if (verbOf(name) && first) {
      return host.object(goRestful, 'builder', [
        ['method', { t: 'str', text: name, notes: [] }],
        ['path', first],
      ]);
    } else if (name === 'Route' && first) addRoute(router, first, site, host);
    else if (name === 'Add' && first) mount(router, first, site, host);
    return object;
  },

  instanceOf(symbol, host) {
    const name = lastName(symbol);
    if (name === 'WebService') return host.router(goRestful, 'service', { kind: 'router', isHandedIn: true });
    return name === 'Container' ? host.router(goRestful, 'container', { kind: 'app', isHandedIn: true }) : undefined;
  },
};

/** `{rest:*}` is the rest of a path. */
function parsePath(text: string): Omit<PathPiece, 'notes'> {
  return parseBracePath(text.replaceAll(':*}', ':.*}'));
}

/** A root path and a path below it; a slash at the end does not count, as the router matches by tokens. */
function joinTokens(prefix: string, path: string): string {
  const base = prefix.replace(/\/+$/, '');
  const rest = path.replace(/^\/+|\/+$/g, '');
  return rest === '' ? base || '/' : `${base}/${rest}`;
}

function defaultContainer(site: CallSite, host: ModelHost): RouterNode {
  return host.state(
    'go-restful',
    () => host.router(goRestful, 'container', { kind: 'app', site }).router as RouterNode,
  );
}

function mount(container: RouterNode, service: Value, site: CallSite, host: ModelHost): void {
  const child = host.objectOf(service)?.router;
  if (child && child !== container) host.addMount(container, { child, prefix: EMPTY_PATH, place: site.place });
}

function parameter(kind: string, name: Value | undefined, host: ModelHost): ObjectValue {
  return host.object(goRestful, 'parameter', [
    ['in', { t: 'str', text: kind === 'PathParameter' ? 'path' : 'query', notes: [] }],
    ...(name ? [['name', name] as const] : []),
  ]);
}

/** `ws.GET("/{id}").To(h).Param(...)`: the object keeps what matters; documentation leaves it as it is. */
function describe(builder: ObjectValue, name: string, first: Value | undefined): ObjectValue {
  if (!first) return builder;
  if (name === 'To') builder.attrs.set('handler', first);
  else if (name === 'Path') builder.attrs.set('path', first);
  else if (name === 'Method') builder.attrs.set('method', first);
  else if (name === 'Param') builder.attrs.set(`parameter ${builder.attrs.size}`, first);
  return builder;
}

function addRoute(router: RouterNode, builder: Value, site: CallSite, host: ModelHost): void {
  const attrs = host.objectOf(builder)?.attrs;
  const [method, handler] = [attrs?.get('method'), attrs?.get('handler')];
  if (!attrs || !method || !handler) return;
  const { methods, notes } = goMethods([method]);
  const path = pathOf(attrs.get('path'), parsePath);
  const said = [...attrs].flatMap(([key, value]) => (key.startsWith('parameter ') ? (host.objectOf(value) ?? []) : []));
  const query = said.filter((one) => textAt(one, 'in') === 'query');
  host.addRoute(router, {
    methods,
    path: typed(path, said),
    handler: goHandler(handler, site, host),
    registration: site.place,
    query: query.map((one) => ({ name: textAt(one, 'name'), in: 'query', type: typeOf(one), required: false })),
    notes,
  });
}

function typed(path: PathPiece, said: readonly ObjectValue[]): PathPiece {
  const parameters = path.parameters.map((one): Parameter => {
    const found = said.find((other) => textAt(other, 'in') === 'path' && textAt(other, 'name') === one.name);
    return found && one.type === 'string' ? { ...one, type: typeOf(found) } : one;
  });
  return { ...path, parameters };
}

function typeOf(parameter: ObjectValue): Parameter['type'] {
  return TYPES[textAt(parameter, 'type')] ?? 'string';
}

function textAt(object: ObjectValue, key: string): string {
  const value = object.attrs.get(key);
  const settled = value && settle(value);
  return settled?.t === 'str' ? textOf(settled).text : '';
}
