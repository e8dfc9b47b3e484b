import { EMPTY_PATH, type RouterNode } from '../../graph';
import { truth, type CallSite, type ClassValue, type ObjectValue, type Value } from '../../evaluate/values';
import type { FrameworkModel, ModelHost } from '../model';
import { blockOf, plainArguments, rackApps } from './rackApps';
import { devise } from './devise';
import { rackPath, requirementsIn } from './rackPath';
import { addMounts, addMatch, addRoot } from './railsMatch';
import { resource, resources } from './railsResources';
import { below, mapper, namesIn, railsScopes, slashedPiece, textArgument, type RailsScope } from './railsScope';
import { joinRack } from './sinatra';

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'options', 'head', 'match']);

/** Rails: the routes of `config/routes.rb` and of engines. */
export const rails: FrameworkModel = {
  id: 'rails',
  languages: ['ruby'],
  packages: ['Rails'],
  prefilter: /\.routes\.draw\b|\.routes\.(?:append|prepend)\b/,
  registrars: [...VERBS, 'resources', 'resource', 'draw', 'namespace', 'scope', 'mount', 'root'],
  join: joinRack,

  callSymbol(symbol, site, host) {
    if (symbol === 'Rails.application' || symbol === 'Rails.application.routes') return host.object(rails, 'routes');
    if (/^Rails\.application\.routes\.(?:draw|append|prepend)$/.test(symbol))
      draw(applicationRouter(site, host), site, host);
    return undefined;
  },

  callMethod(object, name, site, host) {
    if (object.type === 'routes') {
      if (name === 'routes') return object;
      if (name === 'draw' || name === 'append' || name === 'prepend') {
        draw(object.router ?? applicationRouter(site, host), site, host);
      }
      return undefined;
    }
    const scope = railsScopes(host).get(object);
    return scope ? route(scope, object, name, site, host) : undefined;
  },

  classMember(cls, base, name, host) {
    if (base === 'Rails.Application' && name === 'routes') return routesObject(null);
    if (base !== 'Rails.Engine' || name !== 'routes') return undefined;
    return { t: 'native', name, call: (site) => routesObject(engineRouter(cls, site, host)) };
  },

  classDefined(cls, _decorators, host) {
    if (host.extends(cls, (symbol) => symbol === 'Rails.Engine')) {
      const place = { file: cls.cls.file, line: cls.cls.line };
      engineRouter(cls, { args: [], place, isNew: false }, host);
    }
  },
};

function routesObject(router: RouterNode | null): ObjectValue {
  return { t: 'object', model: 'rails', type: 'routes', router, attrs: new Map() };
}

function applicationRouter(site: CallSite, host: ModelHost): RouterNode {
  return host.router(rails, 'app', { kind: 'app', site }).router as RouterNode;
}

function engineRouter(cls: ClassValue, site: CallSite, host: ModelHost): RouterNode {
  const known = rackApps(host).get(cls);
  if (known) return known;
  const made = host.router(rails, 'engine', { kind: 'router', site }).router as RouterNode;
  rackApps(host).set(cls, made);
  return made;
}

function draw(router: RouterNode, site: CallSite, host: ModelHost): void {
  const block = blockOf(site);
  if (!block) return;
  const scope: RailsScope = {
    router,
    module: '',
    controller: null,
    requirements: new Map(),
    resource: null,
    base: router,
    isShallow: false,
    level: 'top',
    pathNames: new Map(),
    concerns: new Map(),
  };
  host.callOn(block, mapper(rails, scope, host), [], site);
}

/** One call in the block of `draw`, or further in. */
function route(
  scope: RailsScope,
  object: ObjectValue,
  name: string,
  site: CallSite,
  host: ModelHost,
): Value | undefined {
  const block = blockOf(site);
  const within = (changed: Partial<RailsScope>): void => {
    if (block) host.callOn(block, mapper(rails, { ...scope, ...changed }, host), [], site);
  };
  if (VERBS.has(name)) addMatch(rails, scope, name, site, host);
  else if (name === 'root') addRoot(scope, site, host);
  else if (name === 'resources') resources(rails, scope, site, host);
  else if (name === 'resource') resource(rails, scope, site, host);
  else if (name === 'mount') addMounts(scope, site, host);
  else if (name === 'namespace') within(namespaceOf(scope, site, host));
  else if (name === 'scope') within(scopeOf(scope, site, host));
  else if (name === 'member') within({ level: 'member', router: scope.resource?.member ?? scope.router });
  else if (name === 'collection') within({ level: 'collection', router: scope.resource?.collection ?? scope.router });
  else if (name === 'new') within(newOf(scope, site, host));
  else if (name === 'shallow') within({ isShallow: true });
  else if (name === 'controller') within({ controller: namesIn(plainArguments(site)[0])[0] ?? null });
  else if (name === 'constraints') {
    const requirements = new Map([...scope.requirements, ...namedRequirements(site)]);
    within({ requirements });
  } else if (name === 'concern' && block) {
    for (const one of namesIn(plainArguments(site)[0])) scope.concerns.set(one, block);
  } else if (name === 'concerns') {
    for (const one of plainArguments(site).flatMap(namesIn)) {
      const concern = scope.concerns.get(one);
      if (concern) host.callOn(concern, object, [], site);
    }
  } else if (name === 'draw') include(object, site, host);
  else if (name === 'devise_for') devise(rails, scope, site, host);
  else if (block && name !== 'direct' && name !== 'resolve') host.callOn(block, object, [object], site);
  return undefined;
}

function namedRequirements(site: CallSite): Map<string, string> {
  const entries = site.args.flatMap(({ name, value }) => (name === undefined ? [] : [[name, value] as const]));
  return requirementsIn({ t: 'dict', entries: new Map(entries), open: false });
}

function moduleIn(scope: RailsScope, added: string | undefined): string {
  return [scope.module, added ?? ''].filter(Boolean).join('/');
}

function namespaceOf(scope: RailsScope, site: CallSite, host: ModelHost): Partial<RailsScope> {
  const [name] = plainArguments(site);
  const text = namesIn(name)[0] ?? '';
  const path = host.argument(site, null, 'path') ?? name;
  const module = host.argument(site, null, 'module');
  const added = module?.t === 'str' ? module.text : module ? undefined : text;
  return enter(scope, path, added, site, host);
}

function scopeOf(scope: RailsScope, site: CallSite, host: ModelHost): Partial<RailsScope> {
  const path = plainArguments(site)[0] ?? host.argument(site, null, 'path');
  const entered = enter(scope, path, textArgument(site, 'module', host), site, host);
  const isShallow = host.argument(site, null, 'shallow');
  const controller = textArgument(site, 'controller', host);
  return {
    ...entered,
    ...(controller === undefined ? {} : { controller }),
    ...(isShallow && truth(isShallow) === true ? { isShallow: true } : {}),
  };
}

function enter(
  scope: RailsScope,
  path: Value | undefined,
  module: string | undefined,
  site: CallSite,
  host: ModelHost,
): Partial<RailsScope> {
  const requirements = new Map([...scope.requirements, ...requirementsIn(host.argument(site, null, 'constraints'))]);
  const isNone = path?.t === 'const';
  const piece = isNone ? EMPTY_PATH : slashedPiece(rackPath(path, requirements));
  const names = host.argument(site, null, 'path_names');
  const pathNames = new Map(scope.pathNames);
  if (names?.t === 'dict') for (const [key, value] of names.entries) pathNames.set(key, namesIn(value)[0] ?? key);
  const router = below(rails, scope.router, piece, site, host);
  return {
    router,
    ...(scope.resource ? {} : { base: router }),
    module: moduleIn(scope, module),
    requirements,
    resource: null,
    level: 'top',
    pathNames,
  };
}

function newOf(scope: RailsScope, site: CallSite, host: ModelHost): Partial<RailsScope> {
  const word = scope.pathNames.get('new') ?? 'new';
  const parent = scope.resource?.collection ?? scope.router;
  const piece = { template: `/${word}`, parameters: [], notes: [] };
  return { level: 'new', router: below(rails, parent, piece, site, host) };
}

/** `draw :admin` reads `config/routes/admin.rb`. */
function include(object: ObjectValue, site: CallSite, host: ModelHost): void {
  const [name] = plainArguments(site).flatMap(namesIn);
  const root = /^(.*\/)?config\/routes(?:\.rb$|\/)/.exec(site.place.file)?.[1] ?? '';
  if (name !== undefined) host.include(`${root}config/routes/${name}.rb`, object, site);
}
