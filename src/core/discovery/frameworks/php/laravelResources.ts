import type { EndpointMethod } from '../../../model/endpoint';
import type { RouteFact } from '../../graph';
import { settle, str, textOf, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import type { FrameworkModel, ModelHost } from '../model';
import { singular } from '../inflections';
import { currentGroup, parseLaravelPath, type LaravelGroup } from './laravelState';
import { methodTexts, phpHandler, typedByHandler } from './phpHandlers';

interface Action {
  readonly name: string;
  readonly methods: readonly EndpointMethod[];
  readonly ofOne: boolean;
  readonly word?: string;
}

const ACTIONS: readonly Action[] = [
  { name: 'index', methods: ['GET'], ofOne: false },
  { name: 'create', methods: ['GET'], ofOne: false, word: 'create' },
  { name: 'store', methods: ['POST'], ofOne: false },
  { name: 'show', methods: ['GET'], ofOne: true },
  { name: 'edit', methods: ['GET'], ofOne: true, word: 'edit' },
  { name: 'update', methods: ['PUT', 'PATCH'], ofOne: true },
  { name: 'destroy', methods: ['DELETE'], ofOne: true },
];

/** A resource whose chain of calls may still go on. */
interface Resource {
  readonly group: LaravelGroup;
  readonly name: string;
  readonly controller: Value | undefined;
  readonly site: CallSite;
  readonly isSingle: boolean;
  actions: readonly string[];
  isShallow: boolean;
  readonly parameters: Map<string, string>;
  facts: RouteFact[];
}

function known(host: ModelHost): Map<ObjectValue, Resource> {
  return host.state('laravel resources', () => new Map<ObjectValue, Resource>());
}

/** `Route::resource('photos.comments', C::class, ['only' => [...]])`. */
export function addResource(
  model: FrameworkModel,
  isApi: boolean,
  name: Value | undefined,
  controller: Value | undefined,
  site: CallSite,
  host: ModelHost,
): ObjectValue {
  const actions = ACTIONS.map((action) => action.name).filter((one) => !isApi || (one !== 'create' && one !== 'edit'));
  const object = begin(model, name, controller, actions, false, site, host);
  const options = host.argument(site, 2, 'options');
  if (options?.t === 'dict') {
    for (const [key, value] of options.entries) change(object, key, [settle(value)], host);
  }
  return object;
}

/** `Route::resources(['photos' => C::class])`. */
export function addResources(
  model: FrameworkModel,
  isApi: boolean,
  given: Value | undefined,
  site: CallSite,
  host: ModelHost,
): void {
  if (given?.t !== 'dict') return;
  for (const [name, controller] of given.entries) {
    addResource(model, isApi, str(name), controller, { ...site, args: [] }, host);
  }
}

/** `Route::singleton('profile', C::class)`. */
export function addSingleton(model: FrameworkModel, isApi: boolean, site: CallSite, host: ModelHost): ObjectValue {
  const actions = isApi ? ['show', 'update'] : ['show', 'edit', 'update'];
  return begin(model, host.argument(site, 0, 'name'), host.argument(site, 1, 'controller'), actions, true, site, host);
}

function begin(
  model: FrameworkModel,
  name: Value | undefined,
  controller: Value | undefined,
  actions: readonly string[],
  isSingle: boolean,
  site: CallSite,
  host: ModelHost,
): ObjectValue {
  const object = host.object(model, 'resource');
  const resource: Resource = {
    group: currentGroup(model, site, host),
    name: name ? textOf(name).text : '',
    controller,
    site,
    isSingle,
    actions,
    isShallow: false,
    parameters: new Map(),
    facts: [],
  };
  known(host).set(object, resource);
  write(resource, host);
  return object;
}

/** `->only([...])`, `->except(...)`, `->shallow()`, `->parameters([...])`. */
export function callResource(
  _model: FrameworkModel,
  object: ObjectValue,
  name: string,
  site: CallSite,
  host: ModelHost,
): Value {
  change(
    object,
    name,
    site.args.map(({ value }) => settle(value)),
    host,
  );
  return object;
}

function change(object: ObjectValue, name: string, args: readonly Value[], host: ModelHost): void {
  const resource = known(host).get(object);
  const [first, second] = args;
  if (!resource) return;
  const names = args.flatMap(methodTexts).map((text) => text.toLowerCase());
  if (name === 'only') resource.actions = resource.actions.filter((one) => names.includes(one));
  else if (name === 'except') resource.actions = resource.actions.filter((one) => !names.includes(one));
  else if (name === 'shallow') resource.isShallow = true;
  else if (name === 'creatable') resource.actions = ['create', 'store', ...resource.actions, 'destroy'];
  else if (name === 'destroyable') resource.actions = [...resource.actions, 'destroy'];
  else if (name === 'parameters' && first?.t === 'dict') {
    for (const [key, value] of first.entries) resource.parameters.set(key, textOf(value).text);
  } else if (name === 'parameter' && first && second) resource.parameters.set(textOf(first).text, textOf(second).text);
  else return;
  write(resource, host);
}

/** Puts the routes in their place, over what was known of them before. */
function write(resource: Resource, host: ModelHost): void {
  const { router, namespaces, patterns } = resource.group;
  for (const fact of resource.facts) {
    const at = router.routes.indexOf(fact);
    if (at >= 0) router.routes.splice(at, 1);
  }
  resource.facts = [];
  for (const action of ACTIONS) {
    if (!resource.actions.includes(action.name)) continue;
    const piece = parseLaravelPath(pathOf(resource, action), patterns);
    const { controller, site } = resource;
    const owner = controller && settle(controller);
    const target: Value =
      owner?.t === 'str'
        ? str(`${owner.text}@${action.name}`)
        : { t: 'list', items: [...(owner ? [owner] : []), str(action.name)], open: false };
    const { ref, func } = phpHandler(target, site, host, { namespaces });
    host.addRoute(router, {
      methods: action.methods,
      path: { ...piece, parameters: typedByHandler(piece.parameters, func), notes: [] },
      handler: ref,
      registration: site.place,
    });
    const added = router.routes[router.routes.length - 1];
    if (added) resource.facts.push(added);
  }
}

function pathOf(resource: Resource, action: Action): string {
  const segments = resource.name.split('.');
  const last = segments.pop() ?? '';
  const isShort = resource.isShallow && action.ofOne;
  const before = isShort ? [] : segments.map((one) => `${one}/{${parameterOf(resource, one)}}`);
  const own = action.ofOne && !resource.isSingle ? [`{${parameterOf(resource, last)}}`] : [];
  return [...before, last, ...own, ...(action.word === undefined ? [] : [action.word])].join('/');
}

/** `blog-posts` is called `blog_post`. Of a name with slashes the last part counts. */
function parameterOf(resource: Resource, segment: string): string {
  const own = segment.slice(segment.lastIndexOf('/') + 1);
  return resource.parameters.get(own) ?? singular(own.replaceAll('-', '_'));
}
