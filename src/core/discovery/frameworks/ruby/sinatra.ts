import { EMPTY_PATH, type RouterNode } from '../../graph';
import { settle, textOf, type CallSite, type ClassValue, type ObjectValue, type Value } from '../../evaluate/values';
import { methodNamed } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { arrows, blockOf, mountApp, plainArguments, routerOfApp, routerOfClass } from './rackApps';
import { belowMount, rackPath, requirementsIn } from './rackPath';

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options']);

/** Sinatra in both styles with its namespaces, and the `config.ru` that puts Rack applications together. */
export const sinatra: FrameworkModel = {
  id: 'sinatra',
  languages: ['ruby'],
  packages: ['sinatra', 'Sinatra', 'self', 'Rack'],
  prefilter:
    /\bsinatra\b|\bSinatra::|^\s*run\s+[A-Z(]|^\s*(?:get|post|put|patch|delete)[ (]+['"]\/[^'"]*['"]\s*\)?\s*(?:do\b|\{)/m,
  registrars: [...VERBS, 'namespace', 'run', 'map'],
  join: joinRack,

  callSymbol(symbol, site, host) {
    if (symbol === 'sinatra.main') return undefined;
    if (symbol.startsWith('sinatra.main.'))
      return registerOn(classicApp(host), symbol.slice('sinatra.main.'.length), site, host);
    if (symbol === 'Sinatra') return applicationFrom(site, host);
    if (symbol === 'Rack.Builder' || symbol === 'Rack.Builder.app') return builder(site, host);
    if (symbol === 'Rack.URLMap' || symbol === 'Rack.Cascade') return combined(site, host);
    if (!symbol.startsWith('self.')) return undefined;
    const name = symbol.slice('self.'.length);
    if (site.place.file.endsWith('.ru')) return rackCall(rackUp(site, host), name, site, host);
    return VERBS.has(name) && blockOf(site) && isClassic(host)
      ? registerOn(classicApp(host), name, site, host)
      : undefined;
  },

  callMethod(object, name, site, host) {
    if (object.type === 'rack') return rackCall(object, name, site, host);
    return registerOn(object, name, site, host);
  },

  classMember(cls, base, name, host) {
    if (base !== 'Sinatra.Base' && base !== 'Sinatra.Application') return undefined;
    const object = host.state('sinatra classes', () => new Map<ClassValue, ObjectValue>());
    let app = object.get(cls);
    if (!app) {
      app = { t: 'object', model: 'sinatra', type: 'app', router: routerOfClass(sinatra, cls, host), attrs: new Map() };
      object.set(cls, app);
    }
    const holder = app;
    return { t: 'native', name, call: (site) => registerOn(holder, name, site, host, cls) ?? cls };
  },

  classDefined(cls, _decorators, host) {
    if (host.extends(cls, (symbol) => symbol === 'Sinatra.Base' || symbol === 'Sinatra.Application')) {
      routerOfClass(sinatra, cls, host);
    }
  },
};

/** One slash between the two; a path of `/` is the prefix itself. */
export function joinRack(prefix: string, path: string): string {
  if (prefix === '' || prefix === '/') return path;
  if (path === '' || path === '/') return prefix;
  return `${prefix.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
}

function classicApp(host: ModelHost): ObjectValue {
  return host.state('sinatra classic', () => host.router(sinatra, 'app', { kind: 'app' }));
}

function isClassic(host: ModelHost): boolean {
  return host.state('sinatra is classic', () => {
    for (const file of host.files.names()) {
      if (/\.(?:rb|ru)$/.test(file) && /^\s*require ['"]sinatra['"]/m.test(host.files.text(file) ?? '')) return true;
    }
    return false;
  });
}

/** A call on an application or within a namespace of it. */
function registerOn(
  object: ObjectValue,
  name: string,
  site: CallSite,
  host: ModelHost,
  cls?: ClassValue,
): Value | undefined {
  const { router } = object;
  const block = blockOf(site);
  const [first] = plainArguments(site);
  if (!router) return undefined;
  const method = VERBS.has(name) ? methodNamed(name) : undefined;
  if (method) {
    const handler = block ?? plainArguments(site)[1];
    const isPath = first !== undefined && first.t !== 'list';
    if (isPath && handler) {
      host.addRoute(router, {
        methods: [method],
        path: rackPath(first, requirementsIn(host.argument(site, null, 'requirements'))),
        handler: host.handler(handler, site),
        registration: site.place,
      });
    }
  } else if (name === 'namespace' && block) {
    const child = host.router(sinatra, 'namespace', { kind: 'router', site });
    if (child.router) host.addMount(router, { child: child.router, prefix: rackPath(first), place: site.place });
    host.callOn(block, child, [], site);
  } else if (name === 'use' && first) {
    if (routerOfApp(first, host)) mountApp(router, first, EMPTY_PATH, site, host);
  } else if (name === 'register' && first?.t === 'class') {
    const registered = host.lookup(first, 'registered');
    if (registered) host.call(registered, [cls ?? object], site);
  } else if (name === 'configure' && block) host.callOn(block, cls ?? object, [], site);
  return undefined;
}

/** `Sinatra.new { get '/x' ... }`. */
function applicationFrom(site: CallSite, host: ModelHost): ObjectValue {
  const app = host.router(sinatra, 'app', { kind: 'app', site });
  const block = blockOf(site);
  if (block) host.callOn(block, app, [], site);
  return app;
}

/** What `config.ru` builds. */
function rackUp(site: CallSite, host: ModelHost): ObjectValue {
  const known = host.state('rackup files', () => new Map<string, ObjectValue>());
  const before = known.get(site.place.file);
  if (before) return before;
  const made = host.router(sinatra, 'rack', { kind: 'app', site });
  known.set(site.place.file, made);
  return made;
}

function builder(site: CallSite, host: ModelHost): ObjectValue {
  const made = host.router(sinatra, 'rack', { kind: 'app', site });
  const block = blockOf(site);
  if (block) host.callOn(block, made, [], site);
  return made;
}

function rackCall(object: ObjectValue, name: string, site: CallSite, host: ModelHost): Value | undefined {
  const [first] = plainArguments(site);
  const block = blockOf(site);
  if (!object.router) return undefined;
  if (name === 'map' && block) {
    const child = host.router(sinatra, 'rack', { kind: 'router', site });
    if (child.router) host.addMount(object.router, { child: child.router, prefix: below(first), place: site.place });
    host.callOn(block, child, [], site);
  } else if ((name === 'run' || name === 'use') && first) {
    mountApp(object.router, first, EMPTY_PATH, site, host);
  }
  return object;
}

/** `Rack::URLMap.new('/a' => A)` and `Rack::Cascade.new [A, B]`. */
function combined(site: CallSite, host: ModelHost): ObjectValue {
  const made = host.router(sinatra, 'rack', { kind: 'app', site });
  const router = made.router as RouterNode;
  for (const { key, value } of arrows(site)) mountApp(router, value, below(key), site, host);
  for (const given of plainArguments(site)) {
    if (given.t === 'dict')
      for (const [key, app] of given.entries)
        mountApp(router, app, below(textOf({ t: 'str', text: key, notes: [] })), site, host);
    if (given.t !== 'list') continue;
    const items = given.items.map(settle);
    if (!items.some((item) => item.t === 'str'))
      for (const item of items) mountApp(router, item, EMPTY_PATH, site, host);
  }
  return made;
}

function below(path: Value | undefined): ReturnType<typeof rackPath> {
  const piece = rackPath(path);
  return piece.template === '/' ? EMPTY_PATH : piece;
}

/** A route that says that something else answers below a path. */
export function addOpaqueMount(router: RouterNode, app: Value, site: CallSite, host: ModelHost): void {
  host.addRoute(router, {
    methods: ['ANY'],
    path: belowMount(app),
    handler: host.handler(app, site),
    registration: site.place,
  });
}
