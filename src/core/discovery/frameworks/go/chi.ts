import type { EndpointMethod } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece } from '../../graph';
import type { CallSite, ObjectValue, Value } from '../../evaluate/values';
import { lastName, pathOf } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { goHandler, goMethods, looksLikeRegistration, noteServing, served, verbOf } from './goHandlers';
import { parseBracePath } from './goPaths';
import { parsePattern } from './netHttp';

const VERBS = /^(?:Get|Post|Put|Patch|Delete|Head|Options|Connect|Trace)$/;

/** chi: routes and groups in functions, mounted handlers, middleware in between. */
export const chi: FrameworkModel = {
  id: 'chi',
  languages: ['go'],
  packages: ['github.com/go-chi/chi'],
  prefilter: /"github\.com\/go-chi\/chi(?:\/v\d+)?"/,
  registrars:
    'NewRouter NewMux Get Post Put Patch Delete Head Options Method MethodFunc Handle HandleFunc Route Mount'.split(
      ' ',
    ),
  join: joinChi,

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    if (name === 'NewRouter' || name === 'NewMux' || (name === 'Mux' && site.isNew)) {
      return host.router(chi, 'router', { kind: 'app', site });
    }
    return undefined;
  },

  callMethod(object, name, site, host) {
    noteServing(object, name, host);
    const [first, second, third] = site.args.map(({ value }) => value);
    switch (name) {
      case 'Handle':
      case 'HandleFunc':
        if (first && second) {
          const { methods, path } = parsePattern(first);
          handle(object, methods, path, second, site, host);
        }
        return undefined;
      case 'Method':
      case 'MethodFunc':
        if (first && second && third) {
          handle(object, goMethods([first]).methods, pathOf(second, parseBracePath), third, site, host);
        }
        return undefined;
      case 'Route':
        return first && second && below(object, pathOf(first, parseBracePath), second, site, host);
      case 'Group':
        return below(object, EMPTY_PATH, first, site, host);
      case 'With':
        return object;
      case 'Mount':
        if (first && second) mount(object, pathOf(first, parseBracePath), second, site, host);
        return undefined;
      default:
        if (VERBS.test(name) && first && second) {
          handle(object, [verbOf(name) ?? 'ANY'], pathOf(first, parseBracePath), second, site, host);
        }
        return undefined;
    }
  },

  instanceOf(symbol, host) {
    if (!['Router', 'Mux', 'Routes'].includes(lastName(symbol))) return undefined;
    return host.router(chi, 'router', { kind: 'app', isHandedIn: true });
  },

  recognise(receiver, name, site, host) {
    if (!VERBS.test(name) && name !== 'Route') return undefined;
    if (!looksLikeRegistration(receiver, site, host)) return undefined;
    return host.router(chi, 'router', { kind: 'app', isHandedIn: true });
  },
};

function handle(
  { router }: ObjectValue,
  methods: readonly EndpointMethod[],
  path: PathPiece,
  handler: Value,
  site: CallSite,
  host: ModelHost,
): void {
  if (!router) return;
  const target = served(handler, site, host);
  if (target === 'static') return;
  if (typeof target === 'string') {
    host.addRoute(router, { methods, path, handler: goHandler(handler, site, host), registration: site.place });
    return;
  }
  // The other router sees the whole path, unless its beginning is taken off.
  const prefix = target.prefix ? pathOf(target.prefix, parseBracePath) : EMPTY_PATH;
  if (target.router !== router) host.addMount(router, { child: target.router, prefix, place: site.place });
}

function below(
  object: ObjectValue,
  prefix: PathPiece,
  body: Value | undefined,
  site: CallSite,
  host: ModelHost,
): Value {
  const child = host.router(chi, 'router', { kind: 'router', site });
  if (object.router && child.router) host.addMount(object.router, { child: child.router, prefix, place: site.place });
  if (body) host.call(body, [child], site);
  return child;
}

/** chi takes the prefix off for its own routers; another handler sees the whole path. */
function mount(object: ObjectValue, prefix: PathPiece, handler: Value, site: CallSite, host: ModelHost): void {
  const target = served(handler, site, host);
  if (!object.router || target === 'static') return;
  if (typeof target === 'string') {
    const rest = parseBracePath('*');
    const path = {
      template: joinChi(prefix.template, `/${rest.template}`),
      parameters: [...prefix.parameters, ...rest.parameters],
      notes: prefix.notes,
    };
    host.addRoute(object.router, {
      methods: ['ANY'],
      path,
      handler: goHandler(handler, site, host),
      registration: site.place,
    });
    return;
  }
  const isOwn = target.router.framework === 'chi';
  const own = target.prefix ? pathOf(target.prefix, parseBracePath) : isOwn ? prefix : EMPTY_PATH;
  if (target.router !== object.router)
    host.addMount(object.router, { child: target.router, prefix: own, place: site.place });
}

/** `/users` and `/` are `/users`, which chi answers with and without a slash. */
function joinChi(prefix: string, path: string): string {
  if (prefix === '' || prefix === '/') return path === '' ? prefix : path;
  const base = prefix.replace(/\/+$/, '');
  return path === '/' || path === '' ? base : `${base}/${path.replace(/^\/+/, '')}`;
}
