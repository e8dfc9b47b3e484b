import type { PathPiece, RouterNode } from '../../graph';
import type { Expr } from '../../ir';
import {
  dict,
  list,
  settle,
  str,
  textOf,
  type CallSite,
  type ClassValue,
  type ObjectValue,
  type Value,
} from '../../evaluate/values';
import { lastName } from '../arguments';
import { actionRoutes, basesOf, calleeName, type ViewRoute } from './djangoViews';
import type { FrameworkModel, ModelHost } from '../model';
import { parseRegexPath } from '../regexPath';

/** What mixins of Django REST framework let a view set do. */
const ACTIONS_OF: Readonly<Record<string, readonly string[]>> = {
  ModelViewSet: ['list', 'create', 'retrieve', 'update', 'partial_update', 'destroy'],
  ReadOnlyModelViewSet: ['list', 'retrieve'],
  ListModelMixin: ['list'],
  CreateModelMixin: ['create'],
  RetrieveModelMixin: ['retrieve'],
  UpdateModelMixin: ['update', 'partial_update'],
  DestroyModelMixin: ['destroy'],
};
const LIST_ACTIONS: readonly (readonly [string, string])[] = [
  ['get', 'list'],
  ['post', 'create'],
];
const DETAIL_ACTIONS: readonly (readonly [string, string])[] = [
  ['get', 'retrieve'],
  ['put', 'update'],
  ['patch', 'partial_update'],
  ['delete', 'destroy'],
];
const ROUTER = /^(?:Default|Simple|Base)?\w*Router$/;
const NESTED = /^Nested\w*Router$/;

/** `DefaultRouter()` and its like; nested ones hang below a prefix of another router. */
export function restRouter(
  model: FrameworkModel,
  symbol: string,
  site: CallSite,
  host: ModelHost,
): ObjectValue | undefined {
  const name = lastName(symbol);
  if (!ROUTER.test(name)) return undefined;
  const router = host.router(model, 'restRouter', { kind: 'router', site });
  const slash = host.argument(site, NESTED.test(name) ? null : 0, 'trailing_slash');
  router.attrs.set('routes', standardRoutes());
  router.attrs.set('slash', str(slash?.t === 'const' && slash.value === false ? '' : '/'));
  if (!NESTED.test(name)) return router;
  const parent = host.objectOf(host.argument(site, 0, 'parent_router') ?? router);
  const above = host.argument(site, 1, 'parent_prefix');
  if (!parent || parent === router || !router.router || !above) return router;
  const parentPrefix = textOf(above).text;
  const viewset = parent.attrs.get(`of ${parentPrefix}`);
  const lookup = host.argument(site, 2, 'lookup');
  const kind = lookup ? textOf(lookup).text : 'nested';
  const parameter = viewset?.t === 'class' ? lookupPattern(viewset, host, `${kind}_`) : `(?P<${kind}_pk>[^/.]+)`;
  router.router.prefix = joinPieces(parent.router, parseRegexPath(`${parentPrefix}/${parameter}/`));
  return router;
}

/** The tables that a router makes its routes of, which subclasses add to: `self.routes[0].mapping.update({...})`. */
function standardRoutes(): Value {
  const route = (actions: readonly (readonly [string, string])[]): Value =>
    dict([['mapping', dict(actions.map(([method, action]) => [method, str(action)]))]]);
  return list([route(LIST_ACTIONS), dict(), route(DETAIL_ACTIONS), dict()]);
}

/** Methods and actions of the routes of all objects (0) or of one (2). */
function mappingOf(object: ObjectValue, at: number): [string, Value][] {
  const routes = object.attrs.get('routes');
  const route = routes?.t === 'list' && routes.items[at] ? settle(routes.items[at]) : undefined;
  const mapping = route?.t === 'dict' ? settle(route.entries.get('mapping') ?? dict()) : undefined;
  return mapping?.t === 'dict' ? [...mapping.entries] : [];
}

function joinPieces(parent: RouterNode | null, own: PathPiece): PathPiece {
  const above = parent?.prefix ?? { template: '', parameters: [], notes: [] };
  return {
    template: above.template + own.template,
    parameters: [...above.parameters, ...own.parameters],
    notes: [...above.notes, ...own.notes],
  };
}

/** `router.register(...)`, `router.registry.extend(...)`. */
export function callRestRouter(object: ObjectValue, name: string, site: CallSite, host: ModelHost): Value | undefined {
  if (object.type === 'restRegistry') {
    const given = host.objectOf(host.argument(site, 0, null) ?? object);
    const child = routerOf(given, host);
    const node = routerOf(object, host)?.router;
    if (name === 'extend' && child?.router && node && node !== child.router) {
      host.addMount(node, {
        child: child.router,
        prefix: { template: '', parameters: [], notes: [] },
        place: site.place,
      });
    }
    return undefined;
  }
  if (name === 'get_urls') return list([object]);
  if (name !== 'register' || !object.router) return undefined;
  const prefix = host.argument(site, 0, 'prefix');
  const viewset = host.argument(site, 1, 'viewset');
  if (!prefix || !viewset) return undefined;
  object.attrs.set(`of ${textOf(prefix).text}`, viewset);
  register(object, object.router, prefix, viewset, site, host);
  return undefined;
}

/** The router that a registry belongs to. */
function routerOf(object: ObjectValue | undefined, host: ModelHost): ObjectValue | undefined {
  const owner = object?.type === 'restRegistry' ? object.attrs.get('router') : object;
  return owner && host.objectOf(owner);
}

/** `router.urls`, `router.registry`. */
export function restRouterMember(
  model: FrameworkModel,
  object: ObjectValue,
  name: string,
  host: ModelHost,
): Value | undefined {
  if (object.type !== 'restRouter') return undefined;
  if (name === 'urls') return list([object]);
  return name === 'registry' ? host.object(model, 'restRegistry', [['router', object]]) : undefined;
}

function register(
  object: ObjectValue,
  router: RouterNode,
  prefix: Value,
  viewset: Value,
  site: CallSite,
  host: ModelHost,
): void {
  const { text, notes } = textOf(prefix);
  const slashed = object.attrs.get('slash');
  const slash = slashed?.t === 'str' ? slashed.text : '/';
  const base = text === '' ? '' : `${text}/`;
  const add = (rest: string, routes: readonly ViewRoute[]): void => {
    const piece = parseRegexPath(rest);
    const path = { ...piece, notes: [...piece.notes, ...notes] };
    for (const route of routes) host.addRoute(router, { ...route, path, registration: site.place });
  };
  if (viewset.t !== 'class') {
    const handler = host.handler(viewset, site);
    const sentence = `What ${handler.name} answers is not known from the code alone.`;
    const any: ViewRoute = { methods: ['ANY'], handler, notes: [sentence] };
    add(text + slash, [any]);
    add(`${base}(?P<pk>[^/.]+)${slash}`, [any]);
    return;
  }
  const parameter = lookupPattern(viewset, host, '');
  const routesOf = (at: number): ViewRoute[] => {
    const pairs = mappingOf(object, at).filter(([, action]) => hasAction(viewset, textOf(action).text, host));
    return actionRoutes(viewset, pairs, site, host);
  };
  add(text + slash, routesOf(0));
  add(`${base}${parameter}${slash}`, routesOf(2));
  for (const extra of extraActions(viewset, host)) {
    const pairs = extra.methods.map(([method, action]) => [method, str(action)] as const);
    const place = extra.detail ? `${base}${parameter}/` : base;
    add(`${place}${extra.urlPath}${slash}`, actionRoutes(viewset, pairs, site, host));
  }
}

function hasAction(cls: ClassValue, action: string, host: ModelHost): boolean {
  const own = host.lookup(cls, action);
  if (own) return settle(own).t !== 'const';
  return basesOf(cls).some((base) => ACTIONS_OF[lastName(base)]?.includes(action));
}

/** The group that stands for one object of a view set. */
function lookupPattern(cls: ClassValue, host: ModelHost, before: string): string {
  const text = (name: string): string | undefined => {
    const value = settle(host.lookup(cls, name) ?? { t: 'const', value: null });
    return value.t === 'str' ? value.text : undefined;
  };
  const field = text('lookup_url_kwarg') ?? text('lookup_field') ?? 'pk';
  const converter = text('lookup_value_converter');
  const pattern = converter === 'int' ? '[0-9]+' : (text('lookup_value_regex') ?? '[^/.]+');
  return `(?P<${before}${field}>${pattern})`;
}

interface ExtraAction {
  readonly detail: boolean;
  readonly urlPath: string;
  /** Method and the name of the function that answers it. */
  readonly methods: (readonly [string, string])[];
}

/** Functions of a view set under `@action`, and those added by `@name.mapping.post`. */
function extraActions(cls: ClassValue, host: ModelHost): ExtraAction[] {
  const found = new Map<string, ExtraAction>();
  const mapped: (readonly [base: string, method: string, name: string])[] = [];
  for (const name of host.namesOf(cls)) {
    const func = host.functionOf(host.lookup(cls, name) ?? str(''));
    for (const decorator of func?.fn.decorators ?? []) {
      const on = mappedOn(decorator);
      if (on) mapped.push([on.base, on.method, name]);
      const kind = calleeName(decorator);
      if (!func || decorator.k !== 'call' || !/^(?:action|detail_route|list_route)$/.test(kind)) continue;
      const given = (argument: string, position: number): Value | undefined => {
        const positional = decorator.args.filter((arg) => arg.name === undefined);
        const arg = decorator.args.find((one) => one.name === argument) ?? positional[position];
        return arg && settle(host.evaluateIn(func, arg.value));
      };
      const detail = given('detail', 1);
      const urlPath = given('url_path', 2);
      found.set(name, {
        detail: kind === 'detail_route' || (detail?.t === 'const' && detail.value === true),
        urlPath: urlPath && urlPath.t !== 'const' ? textOf(urlPath).text : name,
        methods: methodNames(given('methods', 0)).map((method) => [method, name] as const),
      });
    }
  }
  for (const [base, method, name] of mapped) found.get(base)?.methods.push([method, name]);
  return [...found.values()];
}

function methodNames(given: Value | undefined): string[] {
  const items = given?.t === 'list' ? given.items.map(settle) : given?.t === 'str' ? [given] : [];
  const names = items.map((item) => textOf(item).text.replace(/^.*\./, '').toLowerCase());
  return names.length > 0 ? names : ['get'];
}

/** `@rename.mapping.delete`: another method of the action `rename`. */
function mappedOn(decorator: Expr): { readonly base: string; readonly method: string } | undefined {
  if (decorator.k !== 'member' || decorator.object.k !== 'member' || decorator.object.name !== 'mapping')
    return undefined;
  const base = decorator.object.object;
  return base.k === 'name' ? { base: base.name, method: decorator.name } : undefined;
}
