import type { Parameter, ParameterType } from '../../../model/endpoint';
import { HOLE, type PathPiece, type RouterNode } from '../../graph';
import { settle, str, textOf, type CallSite } from '../../evaluate/values';
import { lastName, pathOf } from '../arguments';
import { joinPlain } from '../joins';
import type { FrameworkModel, ModelHost } from '../model';
import { parseRegexPath } from '../regexPath';
import { parseNamedBraces } from './bracePattern';
import { methodsOfClass } from './classViews';

const CONVERTERS: Readonly<Record<string, ParameterType>> = {
  int: 'integer',
  float: 'number',
  uuid: 'uuid',
  dt: 'date',
  path: 'path',
};

/** Falcon: resources whose responders are named after methods, sinks. */
export const falcon: FrameworkModel = {
  id: 'falcon',
  languages: ['python'],
  packages: ['falcon'],
  prefilter: /\bfalcon\b|\.add_sink\(/,
  registrars: ['add_route', 'add_sink', 'API', 'App'],
  join: joinPlain,

  callSymbol(symbol, site, host) {
    const isApp = /^(?:App|API)$/.test(lastName(symbol));
    return isApp ? host.router(falcon, 'app', { kind: 'app', site }) : undefined;
  },

  callMethod(object, name, site, host) {
    if (!object.router) return undefined;
    if (name === 'add_route') addResource(object.router, site, host);
    if (name === 'add_sink') addSink(object.router, site, host);
    return undefined;
  },

  instanceOf(symbol, host) {
    const isApp = /^falcon\.(?:\w+\.)*(?:App|API)$/.test(symbol);
    return isApp ? host.router(falcon, 'app', { kind: 'app', isHandedIn: true }) : undefined;
  },

  recognise(_receiver, name, site, host) {
    const second = host.argument(site, 1, 'resource');
    if (name !== 'add_route' || second?.t !== 'instance') return undefined;
    return host.router(falcon, 'app', { kind: 'app', isHandedIn: true });
  },
};

function addResource(router: RouterNode, site: CallSite, host: ModelHost): void {
  const path = pathOf(host.argument(site, 0, 'uri_template'), parseFalconPath);
  const raw = host.argument(site, 1, 'resource');
  const resource = raw && settle(raw);
  const given = host.argument(site, null, 'suffix');
  const suffix = given && given.t !== 'const' ? `_${textOf(given).text}` : '';
  if (resource?.t !== 'instance') {
    if (!resource) return;
    const notes = ['Which methods it answers is not known from the code alone.'];
    const handler = host.handler(resource, site);
    host.addRoute(router, { methods: ['ANY'], path, handler, notes, registration: site.place });
    return;
  }
  for (const one of methodsOfClass(resource.cls, site, host, (method) => `on_${method}${suffix}`)) {
    host.addRoute(router, { ...one, path, registration: site.place });
  }
}

/** A sink takes every path that begins as it says. */
function addSink(router: RouterNode, site: CallSite, host: ModelHost): void {
  const sink = host.argument(site, 0, 'sink');
  const prefix = settle(host.argument(site, 1, 'prefix') ?? str('/'));
  if (!sink) return;
  const piece = prefix.t === 'regex' ? parseRegexPath(prefix.source) : pathOf(prefix, parseFalconPath);
  const notes = [...piece.notes, 'A sink answers every path that begins like this.'];
  const path = { ...piece, template: piece.template + HOLE, notes };
  host.addRoute(router, { methods: ['ANY'], path, handler: host.handler(sink, site), registration: site.place });
}

/** Parses a template of Falcon. Examples: `/a/{id:int(4)}` is `/a/{id}` with an integer; `{p:path}` is `{p*}`. */
function parseFalconPath(text: string): Omit<PathPiece, 'notes'> {
  return parseNamedBraces(text, (spec): Pick<Parameter, 'type' | 'catchAll'> => {
    const type = CONVERTERS[/^\w+/.exec(spec)?.[0] ?? ''] ?? 'unknown';
    return type === 'path' ? { type, catchAll: true } : { type };
  });
}
