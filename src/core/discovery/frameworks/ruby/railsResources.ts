import type { EndpointMethod } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import { truth, type CallSite, type Value } from '../../evaluate/values';
import type { FrameworkModel, ModelHost } from '../model';
import { plural, singular } from '../inflections';
import { blockOf, plainArguments } from './rackApps';
import { rackPath, requirementsIn } from './rackPath';
import { actionHandler, below, mapper, namesIn, slashedPiece, textArgument, type RailsScope } from './railsScope';

interface Action {
  readonly name: string;
  readonly methods: readonly EndpointMethod[];
  readonly on: 'collection' | 'member';
  /** Word of the path after it. */
  readonly word?: 'new' | 'edit';
}

const MANY: readonly Action[] = [
  { name: 'index', methods: ['GET'], on: 'collection' },
  { name: 'create', methods: ['POST'], on: 'collection' },
  { name: 'new', methods: ['GET'], on: 'collection', word: 'new' },
  { name: 'edit', methods: ['GET'], on: 'member', word: 'edit' },
  { name: 'show', methods: ['GET'], on: 'member' },
  { name: 'update', methods: ['PATCH', 'PUT'], on: 'member' },
  { name: 'destroy', methods: ['DELETE'], on: 'member' },
];

const ONE = MANY.filter(({ name }) => name !== 'index');

/** `resources :users, only: [...] do ... end`. */
export function resources(model: FrameworkModel, scope: RailsScope, site: CallSite, host: ModelHost): void {
  for (const given of plainArguments(site)) {
    const [name] = namesIn(given);
    if (name !== undefined) addResource(model, scope, name, true, site, host);
  }
}

/** `resource :profile`. */
export function resource(model: FrameworkModel, scope: RailsScope, site: CallSite, host: ModelHost): void {
  for (const given of plainArguments(site)) {
    const [name] = namesIn(given);
    if (name !== undefined) addResource(model, scope, name, false, site, host);
  }
}

function addResource(
  model: FrameworkModel,
  scope: RailsScope,
  written: string,
  isMany: boolean,
  site: CallSite,
  host: ModelHost,
): void {
  // `resources 'admin/users'` has both a path and a module.
  const name = written.replace(/^\//, '');
  const own = name.slice(name.lastIndexOf('/') + 1);
  const requirements = new Map([...scope.requirements, ...requirementsIn(host.argument(site, null, 'constraints'))]);
  const param = textArgument(site, 'param', host) ?? 'id';
  const key = `${singular(own)}_${param}`;
  const pattern = requirements.get(param);
  const nestedRequirements = new Map(requirements);
  if (pattern !== undefined) nestedRequirements.set(key, pattern);
  const pathOption = host.argument(site, null, 'path');
  const root = slashedPiece(pathOption ? rackPath(pathOption, requirements) : plainPath(name));
  const module = [scope.module, textArgument(site, 'module', host) ?? ''].filter(Boolean).join('/');
  const controller = textArgument(site, 'controller', host) ?? (isMany ? name : plural(name));
  const shallowOption = host.argument(site, null, 'shallow');
  const isShallow = shallowOption ? truth(shallowOption) === true : scope.isShallow;

  const collection = below(model, scope.router, root, site, host);
  const isApart = isShallow && isMany && scope.base !== scope.router;
  const base = isApart ? below(model, scope.base, root, site, host) : collection;
  const piece = (id: string, patterns: ReadonlyMap<string, string>): PathPiece =>
    rackPath({ t: 'str', text: `/:${id}`, notes: [] }, patterns);
  const member = isMany ? below(model, base, piece(param, requirements), site, host) : collection;
  const nested = isMany ? below(model, base, piece(key, nestedRequirements), site, host) : collection;
  const pathNames = pathNamesOf(scope, site, host);

  const inner: RailsScope = {
    ...scope,
    router: nested,
    module,
    controller: null,
    requirements: nestedRequirements,
    resource: { controller, collection, member },
    isShallow,
    level: 'nested',
    pathNames,
  };
  addActions({ ...inner, requirements }, isMany ? MANY : ONE, site, host);
  const object = mapper(model, inner, host);
  const block = blockOf(site);
  if (block) host.callOn(block, object, [], site);
  for (const concern of namesIn(host.argument(site, null, 'concerns'))) {
    const given = scope.concerns.get(concern);
    if (given) host.callOn(given, object, [], site);
  }
}

function addActions(scope: RailsScope, actions: readonly Action[], site: CallSite, host: ModelHost): void {
  const { resource: owner } = scope;
  if (!owner) return;
  const controller = owner.controller.startsWith('/')
    ? owner.controller.slice(1)
    : [scope.module, owner.controller].filter(Boolean).join('/');
  for (const action of actions) {
    if (!isWanted(action.name, site, host)) continue;
    const router: RouterNode = action.on === 'member' ? owner.member : owner.collection;
    const word = action.word === undefined ? '' : (scope.pathNames.get(action.word) ?? action.word);
    host.addRoute(router, {
      methods: action.methods,
      path: word === '' ? EMPTY_PATH : { ...EMPTY_PATH, template: `/${word}` },
      handler: actionHandler(controller, action.name, site, host),
      registration: site.place,
    });
  }
}

function isWanted(name: string, site: CallSite, host: ModelHost): boolean {
  const only = host.argument(site, null, 'only');
  const except = host.argument(site, null, 'except');
  if (only) return namesIn(only).includes(name);
  if (except && namesIn(except).includes(name)) return false;
  return !((name === 'new' || name === 'edit') && isApiOnly(site, host));
}

/** `config.api_only = true` leaves out the forms. */
function isApiOnly(site: CallSite, host: ModelHost): boolean {
  const root = /^(.*\/)?config\/routes(?:\.rb$|\/)/.exec(site.place.file)?.[1] ?? '';
  return /^\s*config\.api_only\s*=\s*true\b/m.test(host.files.text(`${root}config/application.rb`) ?? '');
}

function plainPath(name: string): PathPiece {
  return { template: name, parameters: [], notes: [] };
}

function pathNamesOf(scope: RailsScope, site: CallSite, host: ModelHost): ReadonlyMap<string, string> {
  const given: Value | undefined = host.argument(site, null, 'path_names');
  if (given?.t !== 'dict') return scope.pathNames;
  const named = [...given.entries].map(([key, value]) => [key, namesIn(value)[0] ?? key] as const);
  return new Map([...scope.pathNames, ...named]);
}
