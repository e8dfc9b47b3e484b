import type { EndpointMethod } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import { concat, list, settle, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { lastName, methodNamed, methodsListed } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { configuredPrefix, javaConfig } from './javaConfig';
import { springApplication } from './springControllers';
import { springPath } from './springPath';

const PREDICATES = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'path', 'method', 'methods']);

/** `RouterFunctions` and `RequestPredicates`. */
export function callRouterFunctions(
  model: FrameworkModel,
  symbol: string,
  site: CallSite,
  host: ModelHost,
): Value | undefined {
  // Several `*` imports leave open which of them a name comes from.
  const owner = symbol.split('.').at(-2) ?? '';
  const name = lastName(symbol);
  if (owner === 'HandlerTypePredicate') return host.object(model, `types ${name} ${shown(site)}`);
  if (owner !== 'RouterFunctions' && owner !== 'RequestPredicates' && !/^[a-z]/.test(owner)) return undefined;
  if (name !== 'route' && name !== 'nest') {
    return PREDICATES.has(name) ? predicate(model, name, site, host) : host.object(model, 'predicate');
  }
  const router = newRouter(model, site, host);
  if (site.args.length > 0) add(model, router, name, site, host);
  return router;
}

/** Methods of builders, router functions, predicates and of the configurer of paths. */
export function callSpringObject(
  model: FrameworkModel,
  object: ObjectValue,
  name: string,
  site: CallSite,
  host: ModelHost,
): Value | undefined {
  if (object.type === 'predicate') return combine(model, object, name, site, host);
  if (object.type === 'paths') return addPathPrefix(model, object, name, site, host);
  if (object.type !== 'functions') return undefined;
  add(model, object, name, site, host);
  return object;
}

/** Objects that Spring hands in. */
export function springInstance(model: FrameworkModel, symbol: string, host: ModelHost): ObjectValue | undefined {
  if (lastName(symbol) === 'PathMatchConfigurer') return host.object(model, 'paths');
  return undefined;
}

function newRouter(model: FrameworkModel, site: CallSite, host: ModelHost): ObjectValue {
  const base = configuredPrefix(javaConfig(host, site.place.file), [
    'server.servlet.context-path',
    'spring.webflux.base-path',
  ]);
  return host.router(model, 'functions', { kind: 'app', site, version: base?.prefix ?? null });
}

function predicate(model: FrameworkModel, name: string, site: CallSite, host: ModelHost): ObjectValue {
  const method = methodNamed(name);
  const given = site.args.map(({ value }) => settle(value));
  if (method) {
    return host.object(model, 'predicate', [
      ['methods', list([{ t: 'str', text: method, notes: [] }])],
      ...given.slice(0, 1).map((path) => ['path', path] as const),
    ]);
  }
  const [first] = given;
  if (name === 'path') return host.object(model, 'predicate', first ? [['path', first]] : []);
  return host.object(model, 'predicate', [['methods', list(given)]]);
}

function combine(
  model: FrameworkModel,
  object: ObjectValue,
  name: string,
  site: CallSite,
  host: ModelHost,
): Value | undefined {
  const other = host.objectOf(site.args[0]?.value ?? { t: 'const', value: null });
  if (name !== 'and' || other?.type !== 'predicate') return object;
  const paths = [object.attrs.get('path'), other.attrs.get('path')].flatMap((path) => path ?? []);
  const methods = object.attrs.get('methods') ?? other.attrs.get('methods');
  return host.object(model, 'predicate', [
    ...(paths.length > 0 ? [['path', concat(paths)] as const] : []),
    ...(methods ? [['methods', methods] as const] : []),
  ]);
}

/** One registering call on a builder or a router function. */
function add(model: FrameworkModel, object: ObjectValue, name: string, site: CallSite, host: ModelHost): void {
  const { router } = object;
  if (!router) return;
  const method = methodNamed(name);
  const args = site.args.map(({ value }) => settle(value));
  const [first, second] = args;
  const last = args[args.length - 1];
  if (!first || !last) return;
  if (method) {
    const conditions = host.objectOf(first);
    const path =
      conditions?.type === 'predicate' ? conditions.attrs.get('path') : first.t === 'func' ? undefined : first;
    addRoute(router, [method], path, last, site, host);
  } else if (name === 'route' || name === 'andRoute') {
    const conditions = host.objectOf(first);
    addRoute(router, methodsListed(conditions?.attrs.get('methods')), conditions?.attrs.get('path'), last, site, host);
  } else if (name === 'nest' || name === 'andNest' || name === 'path') {
    const path = name === 'path' ? first : host.objectOf(first)?.attrs.get('path');
    if (second) mount(model, router, pathIn(path, site, host), second, site, host);
  } else if (name === 'add' || name === 'and' || name === 'andOther') {
    mount(model, router, EMPTY_PATH, first, site, host);
  }
}

function mount(
  model: FrameworkModel,
  router: RouterNode,
  prefix: PathPiece,
  target: Value,
  site: CallSite,
  host: ModelHost,
): void {
  const given = host.objectOf(target);
  const builder = given ?? newRouter(model, site, host);
  const answer = given ? undefined : host.objectOf(host.call(target, [builder], site));
  for (const child of new Set([builder.router, answer?.router])) {
    if (child && child !== router) host.addMount(router, { child, prefix, place: site.place });
  }
}

function addRoute(
  router: RouterNode,
  methods: readonly EndpointMethod[],
  path: Value | undefined,
  handler: Value,
  site: CallSite,
  host: ModelHost,
): void {
  host.addRoute(router, {
    methods,
    path: pathIn(path, site, host),
    handler: host.handler(handler, site),
    registration: site.place,
  });
}

function pathIn(path: Value | undefined, site: CallSite, host: ModelHost): PathPiece {
  return springPath(path, javaConfig(host, site.place.file));
}

/** `configurer.addPathPrefix("/api", HandlerTypePredicate.forAnnotation(RestController.class))`. */
function addPathPrefix(
  model: FrameworkModel,
  object: ObjectValue,
  name: string,
  site: CallSite,
  host: ModelHost,
): Value {
  const [path, condition] = site.args.map(({ value }) => settle(value));
  if (name !== 'addPathPrefix' || !path) return object;
  const piece = pathIn(path, site, host);
  const about = condition ? conditionText(condition, host) : '';
  const isForAll = about === '';
  const onlyRest = /RestController\b/.test(about);
  const notes = isForAll || onlyRest ? [] : ['Which controllers have this prefix is decided when the program runs.'];
  for (const group of onlyRest ? ['rest'] : ['rest', 'plain']) {
    const app = springApplication(model, host, site.place.file, group);
    app.prefix = { ...piece, template: join(app.prefix.template, piece.template), notes: [...piece.notes, ...notes] };
  }
  return object;
}

function join(one: string, other: string): string {
  return one === '' ? other : `${one.replace(/\/+$/, '')}/${other.replace(/^\/+/, '')}`;
}

function shown(site: CallSite): string {
  return site.args.map(({ value }) => textShown(value)).join(' ');
}

function textShown(value: Value): string {
  const settled = settle(value);
  return settled.t === 'symbol' ? settled.path : settled.t === 'class' ? settled.cls.name : 'unknown';
}

/** What a condition asks for, as far as names tell; empty when it holds for every controller. */
function conditionText(condition: Value, host: ModelHost): string {
  if (condition.t === 'object') return condition.type;
  const func = host.functionOf(condition);
  if (!func) return 'unknown';
  const returned = func.fn.body.find((statement) => statement.k === 'return')?.value;
  if (returned?.k === 'const' && returned.value === true) return '';
  if (returned?.k !== 'call') return 'unknown';
  return returned.args.map(({ value }) => textShown(host.evaluateIn(func, value))).join(' ');
}
