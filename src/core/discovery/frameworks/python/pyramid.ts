import type { EndpointMethod } from '../../../model/endpoint';
import { EMPTY_PATH, type HandlerRef, type PathPiece, type Place, type RouterNode } from '../../graph';
import {
  settle,
  str,
  textOf,
  type CallSite,
  type FuncValue,
  type ObjectValue,
  type Value,
} from '../../evaluate/values';
import { hasText, lastName, methodsOf, pathOf } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { parseBraces, patternParameter } from '../bracePath';
import { decorator } from './decorator';
import { calleeName } from './djangoViews';
import { dottedName } from './dottedName';

interface NamedRoute {
  readonly name: string;
  readonly path: PathPiece;
  readonly router: RouterNode;
  readonly place: Place;
  readonly methods: readonly EndpointMethod[];
}

/** A view as declared; the route that it belongs to may come from the class above it. */
interface View {
  readonly site: CallSite;
  readonly applied: CallSite;
  readonly value: Value;
}

interface Known {
  readonly routes: NamedRoute[];
  readonly views: View[];
  /** Functions that a project adds to its configuration as methods, by name. */
  readonly directives: Map<string, Value>;
}

/** Pyramid: routes by name, views that name them, included configuration with a prefix. */
export const pyramid: FrameworkModel = {
  id: 'pyramid',
  languages: ['python'],
  packages: ['pyramid', 'cornice'],
  prefilter: /\bpyramid\b|\bview_config\b|\.add_route\(\s*['"]|\bcornice\b/,
  registrars: ['add_route', 'add_view', 'include', 'Configurator'],
  join: joinPrefix,

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    if (name === 'Configurator') {
      const prefix = host.argument(site, null, 'route_prefix');
      const own = hasText(prefix) ? { prefix: pathOf(prefix, parsePyramidPath) } : {};
      return host.router(pyramid, 'config', { kind: 'app', site, ...own });
    }
    if (name === 'Service' && symbol.startsWith('cornice')) {
      const service = host.router(pyramid, 'service', { kind: 'app', site });
      service.attrs.set('path', host.argument(site, 1, 'path') ?? str(''));
      return service;
    }
    if (name !== 'view_config') return undefined;
    return decorator(name, (value, applied) => known(host).views.push({ site, applied, value }));
  },

  callMethod(object, name, site, host) {
    if (object.type === 'context') {
      const owner = object.attrs.get('owner');
      if (name === '__exit__' && owner?.t === 'object') owner.attrs.set('current', object.attrs.get('before') ?? owner);
      return undefined;
    }
    const current = object.attrs.get('current') ?? object;
    const { router } = current.t === 'object' ? current : object;
    if (!router) return undefined;
    if (object.type === 'service') return serviceMethod(object, router, name, host);
    switch (name) {
      case 'add_route':
        known(host).routes.push({
          name: textOf(host.argument(site, 0, 'name') ?? str('')).text,
          path: pathOf(host.argument(site, 1, 'pattern') ?? host.argument(site, null, 'path'), parsePyramidPath),
          router,
          place: site.place,
          methods: methodsOf(host.argument(site, null, 'request_method'), ['ANY']).methods,
        });
        return undefined;
      case 'add_view': {
        const view = host.argument(site, 0, 'view') ?? host.argument(site, null, 'renderer');
        if (view) known(host).views.push({ site, applied: site, value: view });
        return undefined;
      }
      case 'include':
        include(object, router, site, host);
        return undefined;
      case 'route_prefix_context':
        object.attrs.set('current', below(object, router, host.argument(site, 0, 'route_prefix'), site, host));
        return host.object(pyramid, 'context', [
          ['owner', object],
          ['before', current],
        ]);
      case 'scan': {
        const package_ = host.argument(site, 0, 'package');
        if (package_?.t === 'str') host.module(package_.text, site.place.file);
        return undefined;
      }
      case 'add_directive': {
        const directive = host.argument(site, 1, 'directive');
        const made = directive?.t === 'str' ? dottedName(directive.text, site, host) : directive;
        if (made) known(host).directives.set(textOf(host.argument(site, 0, 'name') ?? str('')).text, made);
        return undefined;
      }
      default: {
        const directive = known(host).directives.get(name);
        return directive && host.callWith(directive, { ...site, args: [{ value: object }, ...site.args] });
      }
    }
  },

  instanceOf(symbol, host) {
    return lastName(symbol) === 'Configurator'
      ? host.router(pyramid, 'config', { kind: 'app', isHandedIn: true })
      : undefined;
  },

  recognise(receiver, name, site, host) {
    const isConfig = /^config(?:urator)?$/.test(receiver.name) && ['add_route', 'include', 'add_view'].includes(name);
    const first = host.argument(site, 0, null);
    return isConfig && first ? host.router(pyramid, 'config', { kind: 'app', isHandedIn: true }) : undefined;
  },

  conclude(host) {
    const { routes, views } = known(host);
    for (const view of views) joinView(view, routes, host);
  },
};

/** A prefix always ends before a slash, so that an empty pattern below it is the prefix with one. */
function joinPrefix(prefix: string, path: string): string {
  return prefix === '' ? path : `${prefix.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
}

function known(host: ModelHost): Known {
  return host.state('pyramid known', () => ({ routes: [], views: [], directives: new Map() }));
}

/** A configuration whose routes begin with a prefix. */
function below(
  object: ObjectValue,
  router: RouterNode,
  prefix: Value | undefined,
  site: CallSite,
  host: ModelHost,
): ObjectValue {
  const inner = host.router(pyramid, 'config', { kind: 'router', site });
  for (const [name, value] of object.attrs) if (name !== 'current') inner.attrs.set(name, value);
  const piece = hasText(prefix) ? pathOf(prefix, parsePyramidPath) : EMPTY_PATH;
  if (inner.router) host.addMount(router, { child: inner.router, prefix: piece, place: site.place });
  return inner;
}

/** `config.include(function | module | 'dotted.name', route_prefix='/x')`. */
function include(object: ObjectValue, router: RouterNode, site: CallSite, host: ModelHost): void {
  const given = host.argument(site, 0, 'callable');
  const target = given?.t === 'str' ? dottedName(given.text, site, host) : given;
  if (!target) return;
  const callee = target.t === 'module' ? host.member(target, 'includeme') : target;
  if (!host.functionOf(callee)) return;
  const inner = below(object, router, host.argument(site, 1, 'route_prefix'), site, host);
  host.call(callee, [inner], site);
}

/** Gives a view to the routes that it names: those nearest to its file, when several configurations use the name. */
function joinView(view: View, routes: readonly NamedRoute[], host: ModelHost): void {
  const defaults = defaultsAbove(view.value, host);
  const given = (name: string): Value | undefined => {
    const own = host.argument(view.site, null, name);
    return hasText(own) ? own : host.argument(defaults, null, name);
  };
  const routeName = given('route_name');
  if (!routeName) return;
  const { text } = textOf(routeName);
  const { file } = view.applied.place;
  const same = routes.filter(({ name }) => name === text);
  const nearest = Math.max(...same.map(({ place }) => commonFolders(place.file, file)));
  const handler = handlerOf(view, given('attr'), host);
  const { methods, notes } = methodsOf(given('request_method'), ['ANY']);
  for (const route of same.filter(({ place }) => commonFolders(place.file, file) === nearest)) {
    const isLimited = !route.methods.includes('ANY');
    const left = methods.includes('ANY')
      ? route.methods
      : methods.filter((one) => !isLimited || route.methods.includes(one));
    host.connect(route.place.file, file);
    host.addRoute(route.router, { methods: left, notes, path: route.path, handler, registration: view.applied.place });
  }
}

function commonFolders(a: string, b: string): number {
  const [left, right] = [a.split('/').slice(0, -1), b.split('/').slice(0, -1)];
  const differs = left.findIndex((folder, at) => folder !== right[at]);
  return differs < 0 ? left.length : differs;
}

function handlerOf(view: View, attr: Value | undefined, host: ModelHost): HandlerRef {
  const value = settle(view.value);
  if (value.t === 'str') {
    // A template without a function.
    const { file, line } = view.applied.place;
    return { name: value.text, file, line, endLine: line };
  }
  const method = value.t === 'class' ? host.lookup(value, attr ? textOf(attr).text : '__call__') : undefined;
  return host.handler(method ?? value, view.applied);
}

/** What `@view_defaults` above the class of a view says. */
function defaultsAbove(raw: Value, host: ModelHost): CallSite {
  const value = settle(raw);
  const func: FuncValue | undefined = value.t === 'func' ? value : undefined;
  const cls = value.t === 'class' ? value : func?.owner;
  const decorator = cls?.cls.decorators.find((one) => calleeName(one) === 'view_defaults');
  const args =
    cls && decorator?.k === 'call'
      ? decorator.args.flatMap(({ name, value: given }) => (name ? [{ name, value: host.evaluateIn(cls, given) }] : []))
      : [];
  return { args, place: { file: '', line: 0 }, isNew: false };
}

/** `@service.get()` of Cornice. */
function serviceMethod(object: ObjectValue, router: RouterNode, name: string, host: ModelHost): Value | undefined {
  const { methods } = methodsOf(str(name), []);
  if (methods.includes('ANY')) return undefined;
  const path = pathOf(object.attrs.get('path'), parsePyramidPath);
  return decorator(name, (value, applied) => {
    host.addRoute(router, { methods, path, handler: host.handler(value, applied), registration: applied.place });
  });
}

/**
 * Parses a pattern of Pyramid.
 *
 * Examples: `/a/{id:\d+}` is `/a/{id}` with an integer; `/a/*rest` is `/a/{rest*}`.
 */
function parsePyramidPath(text: string): Omit<PathPiece, 'notes'> {
  const [, head = text, star] = /^([\s\S]*?)\*(\w+)$/.exec(text) ?? [];
  const piece = parseBraces(head, (inner) => {
    const [, name, pattern] = /^(\w+)(?::([\s\S]*))?$/.exec(inner) ?? [];
    return name === undefined ? { template: `{${inner}}`, parameters: [] } : patternParameter(name, pattern);
  });
  if (star === undefined) return piece;
  return {
    template: `${piece.template}{${star}*}`,
    parameters: [...piece.parameters, { name: star, in: 'path', type: 'path', required: true, catchAll: true }],
  };
}
