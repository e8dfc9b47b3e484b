import type { EndpointMethod, Parameter } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece, type RouteFact } from '../../graph';
import { concat, num, settle, str, textOf, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { lastName, pathOf } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { goHandler, goMethods, looksLikeRegistration, noteServing, served } from './goHandlers';
import { joinSlashed, parseBracePath } from './goPaths';

/** gorilla/mux: routes whose path, methods and handler come in any order, and subrouters. */
export const gorilla: FrameworkModel = {
  id: 'gorilla/mux',
  languages: ['go'],
  packages: ['github.com/gorilla/mux'],
  prefilter: /"github\.com\/gorilla\/mux"/,
  registrars: ['NewRouter', 'HandleFunc', 'Handle', 'PathPrefix', 'Path', 'Subrouter', 'Handler', 'HandlerFunc'],
  join: joinSlashed,

  callSymbol(symbol, site, host) {
    const isRouter = lastName(symbol) === 'NewRouter' || (lastName(symbol) === 'Router' && site.isNew);
    return isRouter ? host.router(gorilla, 'router', { kind: 'app', site }) : undefined;
  },

  callMethod(object, name, site, host) {
    noteServing(object, name, host);
    if (object.type === 'route') return continueRoute(object, name, site, host);
    const [first, second] = site.args.map(({ value }) => value);
    // A subrouter of a route with methods gives them to its own routes.
    const route: ObjectValue = { ...host.object(gorilla, 'route', object.attrs), router: object.router };
    route.attrs.set('router', object);
    switch (name) {
      case 'HandleFunc':
      case 'Handle':
        if (!first || !second) return undefined;
        route.attrs.set('path', first);
        return continueRoute(route, 'Handler', { ...site, args: [{ value: second }] }, host);
      case 'NewRoute':
      case 'Name':
        return route;
      case 'StrictSlash':
      case 'SkipClean':
      case 'UseEncodedPath':
        return object;
      default:
        return continueRoute(route, name, site, host);
    }
  },

  instanceOf(symbol, host) {
    if (lastName(symbol) !== 'Router') return undefined;
    return host.router(gorilla, 'router', { kind: 'app', isHandedIn: true });
  },

  recognise(receiver, name, site, host) {
    const isRegistration = name === 'HandleFunc' && looksLikeRegistration(receiver, site, host);
    const isPrefix = name === 'PathPrefix' && site.args.length === 1;
    return isRegistration || isPrefix ? host.router(gorilla, 'router', { kind: 'app', isHandedIn: true }) : undefined;
  },
};

/** One more step in the description of a route. The route is written when its handler is known, and again when more is. */
function continueRoute(route: ObjectValue, name: string, site: CallSite, host: ModelHost): Value | undefined {
  const { router, attrs } = route;
  const args = site.args.map(({ value }) => value);
  const [first] = args;
  if (!router) return undefined;
  switch (name) {
    case 'Path':
    case 'PathPrefix': {
      if (!first) return undefined;
      attrs.set('path', concat([attrs.get('path') ?? str(''), first]));
      if (name === 'PathPrefix') attrs.set('isPrefix', num(true));
      break;
    }
    case 'Methods':
      attrs.set('methods', { t: 'list', items: [...args], open: false });
      break;
    case 'Handler':
    case 'HandlerFunc':
      if (!first) return undefined;
      attrs.set('handler', first);
      attrs.set('line', num(site.place.line));
      break;
    case 'Subrouter': {
      const child = host.router(gorilla, 'router', { kind: 'router', site });
      for (const inherited of ['methods', 'queries']) {
        const value = attrs.get(inherited);
        if (value) child.attrs.set(inherited, value);
      }
      const parent = attrs.get('router');
      if (parent) child.attrs.set('parent', parent);
      const prefix = attrs.has('path') ? pathOf(attrs.get('path'), parseBracePath) : EMPTY_PATH;
      if (child.router) host.addMount(router, { child: child.router, prefix, place: site.place });
      return child;
    }
    case 'Name':
    case 'Host':
    case 'Schemes':
    case 'Headers':
    case 'HeadersRegexp':
    case 'MatcherFunc':
      return route;
    case 'Queries':
      attrs.set('queries', { t: 'list', items: [...args], open: false });
      break;
    default:
      return undefined;
  }
  write(route, site, host);
  return route;
}

function write(route: ObjectValue, site: CallSite, host: ModelHost): void {
  const { router, attrs } = route;
  const handler = attrs.get('handler');
  if (!router || !handler) return;
  const target = served(handler, site, host);
  if (target === 'static') return;
  if (typeof target !== 'string') {
    const prefix = target.prefix ? pathOf(target.prefix, parseBracePath) : EMPTY_PATH;
    if (target.router !== router) host.addMount(router, { child: target.router, prefix, place: site.place });
    return;
  }
  const line = attrs.get('line');
  const registration = { file: site.place.file, line: line?.t === 'const' ? Number(line.value) : site.place.line };
  const { methods, notes } = attrs.has('methods') ? goMethods([attrs.get('methods') ?? str('')]) : ANY;
  const own = host.objectOf(handler)?.attrs.get('handler') ?? handler;
  host.addRoute(router, {
    methods,
    path: pathPiece(attrs),
    handler: goHandler(own, { ...site, place: registration }, host),
    registration,
    query: queryOf(attrs.get('queries')),
    notes,
  });
  const written = router.routes.pop();
  const at = settle(attrs.get('at') ?? num(router.routes.length));
  if (written && at.t === 'const') put(router.routes, Number(at.value), written);
  attrs.set('at', at);
}

const ANY: { readonly methods: readonly EndpointMethod[]; readonly notes: readonly string[] } = {
  methods: ['ANY'],
  notes: [],
};

function put(routes: RouteFact[], at: number, route: RouteFact): void {
  routes[at] = route;
}

/** Examples: `Queries("v", "{v:[0-9]+}", "page", "{page}")` needs `v` and `page`. */
function queryOf(value: Value | undefined): Parameter[] {
  const items = value?.t === 'list' ? value.items : [];
  return items.flatMap((item, at): Parameter[] => {
    const name = at % 2 === 0 ? textOf(item).text : '';
    if (name === '') return [];
    const [given] = pathOf(items[at + 1], parseBracePath).parameters;
    return [{ ...(given ?? { type: 'string' }), name, in: 'query', required: true }];
  });
}

function pathPiece(attrs: ReadonlyMap<string, Value>): PathPiece {
  const piece = pathOf(attrs.get('path'), parseBracePath);
  if (!attrs.has('isPrefix')) return piece;
  const rest = parseBracePath('*');
  const template = joinSlashed(piece.template, `/${rest.template}`);
  return { template, parameters: [...piece.parameters, ...rest.parameters], notes: piece.notes };
}
