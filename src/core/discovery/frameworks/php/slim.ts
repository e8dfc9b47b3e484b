import type { EndpointMethod, Parameter } from '../../../model/endpoint';
import type { PathPiece } from '../../graph';
import { textOf, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { lastName, methodNamed, pathOf } from '../arguments';
import { parseBraces, patternParameter } from '../bracePath';
import type { FrameworkModel, ModelHost } from '../model';
import { methodTexts, phpHandler, typedByHandler } from './phpHandlers';

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'options', 'any', 'map', 'redirect']);

/** An application of version 3 is made by `new App()`, one of version 4 by a factory. */
const OLD_APP = 'app of version 3';

/** Slim: applications, groups and mapped methods. */
export const slim: FrameworkModel = {
  id: 'slim',
  languages: ['php'],
  packages: ['Slim', 'DI.Bridge.Slim'],
  prefilter: /\bSlim\\/,
  registrars: [...VERBS, 'group'],
  join: (prefix, path) => prefix + path,

  callSymbol(symbol, site, host) {
    const isFactory =
      /^Slim\.Factory\.AppFactory\.create(?:FromContainer)?$/.test(symbol) || symbol === 'DI.Bridge.Slim.Bridge.create';
    if (!isFactory && !(symbol === 'Slim.App' && site.isNew)) return undefined;
    return host.router(slim, site.isNew ? OLD_APP : 'app', { kind: 'app', site });
  },

  callMethod(given, name, site, host) {
    // Version 3 knows which group is open; version 4 tells groups apart by the object.
    const object = given.type === OLD_APP ? (openGroups(host).at(-1) ?? given) : given;
    const { router } = object;
    if (object.type === 'route') return object;
    if (!router) return undefined;
    if (name === 'setBasePath') {
      router.prefix = pathOf(host.argument(site, 0, 'basePath'), parseFastRoute);
      return object;
    }
    if (name === 'group') return group(object, site, host);
    return VERBS.has(name) ? map(object, name, site, host) : undefined;
  },

  instanceOf(symbol, host) {
    const name = lastName(symbol);
    if (name !== 'App' && !name.startsWith('RouteCollectorProxy')) return undefined;
    return host.router(slim, 'app', { kind: 'app', isHandedIn: true });
  },
};

function map(object: ObjectValue, name: string, site: CallSite, host: ModelHost): Value | undefined {
  const { router } = object;
  if (!router) return undefined;
  const isMap = name === 'map';
  const path = pathOf(host.argument(site, isMap ? 1 : 0, 'pattern'), parseFastRoute);
  const target = host.argument(site, isMap ? 2 : 1, 'callable');
  const methods: EndpointMethod[] = isMap
    ? methodTexts(host.argument(site, 0, 'methods')).flatMap((text) => methodNamed(text) ?? [])
    : [name === 'redirect' ? 'GET' : (methodNamed(name) ?? 'ANY')];
  const { ref, func } = phpHandler(name === 'redirect' ? undefined : target, site, host);
  host.addRoute(router, {
    methods: methods.length > 0 ? methods : ['ANY'],
    path: { ...path, parameters: typedByHandler(path.parameters, func) },
    handler: name === 'redirect' && target ? { ...ref, name: `redirect ${textOf(target).text}` } : ref,
    registration: site.place,
  });
  return host.object(slim, 'route');
}

function openGroups(host: ModelHost): ObjectValue[] {
  return host.state('slim groups', (): ObjectValue[] => []);
}

/** The callable of a group gets the group, as an argument (Slim 4) or as `$this` (Slim 3). */
function group(object: ObjectValue, site: CallSite, host: ModelHost): Value | undefined {
  const child = host.router(slim, 'group', { kind: 'router', site });
  const prefix = pathOf(host.argument(site, 0, 'pattern'), parseFastRoute);
  if (object.router && child.router) host.addMount(object.router, { child: child.router, prefix, place: site.place });
  const target = host.argument(site, 1, 'callable');
  if (!target) return undefined;
  const { func } = phpHandler(target, site, host);
  openGroups(host).push(child);
  try {
    host.callOn(func ?? target, func?.owner ? { t: 'const', value: null } : child, [child], site);
  } finally {
    openGroups(host).pop();
  }
  return host.object(slim, 'route');
}

/**
 * Parses a path of FastRoute.
 *
 * Examples: `/a/{id:[0-9]+}` is `/a/{id}` with an integer; `/a[/{b}]` has an optional `{b}`; `{rest:.*}` is `{rest*}`.
 */
function parseFastRoute(text: string): Omit<PathPiece, 'notes'> {
  const parsed = parseBraces(text, (inner) => {
    const colon = inner.indexOf(':');
    if (colon < 0) return patternParameter(inner.trim(), undefined);
    return patternParameter(inner.slice(0, colon).trim(), inner.slice(colon + 1).trim());
  });
  // What is left of brackets outside of braces are optional parts.
  const optional = new Set<string>();
  let depth = 0;
  for (const [part, name] of parsed.template.matchAll(/[[\]]|\{([^{}*]+)\*?\}/g)) {
    if (part === '[') depth++;
    else if (part === ']') depth--;
    else if (depth > 0 && name !== undefined) optional.add(name);
  }
  const parameters = parsed.parameters.map((one): Parameter =>
    optional.has(one.name) ? { ...one, required: false } : one,
  );
  return { template: parsed.template.replace(/[[\]]/g, ''), parameters };
}
