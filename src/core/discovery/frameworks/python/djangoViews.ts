import type { EndpointMethod } from '../../../model/endpoint';
import type { HandlerRef } from '../../graph';
import type { Expr } from '../../ir';
import {
  settle,
  type CallSite,
  type ClassValue,
  type FuncValue,
  type ObjectValue,
  type Value,
} from '../../evaluate/values';
import { lastName, methodNamed, methodsOf } from '../arguments';
import type { ModelHost } from '../model';

/** One handler of a view with the methods it answers. */
export interface ViewRoute {
  readonly methods: readonly EndpointMethod[];
  readonly handler: HandlerRef;
  readonly notes: readonly string[];
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'];
const UNKNOWN_METHODS = 'Which methods it answers is not known from the code alone.';

/** Methods that classes of Django and of Django REST framework bring along, by the end of their name. */
const INHERITED: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^RedirectView$/, ['get', 'post', 'put', 'patch', 'delete']],
  [/^(?:Base)?DeleteView$/, ['get', 'post', 'delete']],
  [/^(?:FormView|CreateView|UpdateView|ProcessFormView|Base(?:Form|Create|Update)View)$/, ['get', 'post', 'put']],
  [/^(?:LoginView|PasswordChangeView|PasswordResetView|PasswordResetConfirmView)$/, ['get', 'post', 'put']],
  [/^LogoutView$/, ['post']],
  [/^DeletionMixin$/, ['post', 'delete']],
  [/^(?:Base)?(?:Template|List|Detail|(?:Archive|Date|Year|Month|Week|Day|Today)\w*)View$/, ['get']],
  [/^PasswordResetDoneView$|^PasswordResetCompleteView$|^PasswordChangeDoneView$/, ['get']],
  [/^JavaScriptCatalog$|^JSONCatalog$|^Spectacular\w*View$/, ['get']],
  [/^Token(?:Obtain|Refresh|Verify|Blacklist)\w*View$|^ObtainAuthToken$/, ['post']],
  [/^ListAPIView$|^RetrieveAPIView$/, ['get']],
  [/^CreateAPIView$/, ['post']],
  [/^DestroyAPIView$/, ['delete']],
  [/^UpdateAPIView$/, ['put', 'patch']],
  [/^ListCreateAPIView$/, ['get', 'post']],
  [/^RetrieveUpdateAPIView$/, ['get', 'put', 'patch']],
  [/^RetrieveDestroyAPIView$/, ['get', 'delete']],
  [/^RetrieveUpdateDestroyAPIView$/, ['get', 'put', 'patch', 'delete']],
];

/** Bases that bring no methods of their own. */
const BARE = /^(?:View|APIView|GenericAPIView|ContextMixin|TemplateResponseMixin|\w*Mixin|object)$/;

/** What a view answers: one entry for each of its handlers. */
export function viewRoutes(raw: Value, site: CallSite, host: ModelHost): ViewRoute[] {
  const view = settle(raw);
  const object = host.objectOf(view);
  if (object?.type === 'limited') {
    const { methods, notes } = methodsOf(object.attrs.get('methods'), ['ANY']);
    const inner = object.attrs.get('view') ?? view;
    return viewRoutes(inner, site, host).flatMap((one) => limit({ ...one, notes: [...one.notes, ...notes] }, methods));
  }
  if (object?.type === 'view') return classRoutes(object, site, host);
  const made = classBehind(view);
  if (made) return methodRoutes(made, null, site, host);
  const func = host.functionOf(view);
  if (func) return [functionRoute(func, view, site, host)];
  const name = /([\w.]+)\.as_view\(\)$/.exec(view.t === 'unknown' ? view.name : '')?.[1];
  const known = name === undefined ? [] : inherited([name]);
  const methods = known.flatMap((one) => methodNamed(one) ?? []);
  const handler = host.handler(view, site);
  if (methods.length > 0) return [{ methods, handler, notes: [] }];
  return [{ methods: ['ANY'], handler, notes: view.t === 'instance' ? [] : [UNKNOWN_METHODS] }];
}

/** The class in `X.as_view()` when a base of another library makes the view, through wrappers. */
function classBehind(value: Value): ClassValue | undefined {
  let at = value;
  for (let hops = 0; hops < 10 && at.t === 'unknown' && at.wraps; hops++) at = settle(at.wraps);
  return at.t === 'class' ? at : undefined;
}

function limit(route: ViewRoute, allowed: readonly EndpointMethod[]): ViewRoute[] {
  if (allowed.includes('ANY')) return [route];
  if (route.methods.includes('ANY')) return [{ ...route, methods: allowed }];
  const methods = route.methods.filter((method) => allowed.includes(method));
  return methods.length > 0 ? [{ ...route, methods }] : [];
}

/** A function answers everything unless a decorator says otherwise. */
function functionRoute(func: FuncValue, view: Value, site: CallSite, host: ModelHost): ViewRoute {
  const handler = host.handler(view, site);
  for (const decorator of func.fn.decorators) {
    const given = decoratorMethods(decorator, func, host);
    if (given) return { ...given, handler };
  }
  return { methods: ['ANY'], handler, notes: [] };
}

function decoratorMethods(
  decorator: Expr,
  scope: FuncValue | ClassValue,
  host: ModelHost,
): Pick<ViewRoute, 'methods' | 'notes'> | undefined {
  const name = calleeName(decorator);
  const fixed = fixedMethods(name);
  if (fixed) return { methods: fixed, notes: [] };
  if (decorator.k !== 'call') return undefined;
  const [first] = decorator.args;
  const given = first && host.evaluateIn(scope, first.value);
  if (name === 'api_view') return methodsOf(given, ['GET']);
  if (name === 'require_http_methods' && given) return methodsOf(given, ['ANY']);
  return name === 'method_decorator' && first ? decoratorMethods(first.value, scope, host) : undefined;
}

/** The methods that a decorator of Django without arguments leaves. */
export function fixedMethods(name: string): readonly EndpointMethod[] | undefined {
  if (name === 'require_GET') return ['GET'];
  if (name === 'require_safe') return ['GET'];
  return name === 'require_POST' ? ['POST'] : undefined;
}

/** The last name of what a decorator calls. Examples: `decorators.action(detail=True)` is `action`. */
export function calleeName(expr: Expr): string {
  if (expr.k === 'call') return calleeName(expr.callee);
  return expr.k === 'name' || expr.k === 'member' ? expr.name : '';
}

function classRoutes(object: ObjectValue, site: CallSite, host: ModelHost): ViewRoute[] {
  const cls = object.attrs.get('cls');
  if (cls?.t !== 'class') return [];
  const actions = object.attrs.get('actions');
  if (actions?.t === 'dict') return actionRoutes(cls, [...actions.entries], site, host);
  return methodRoutes(cls, object.attrs.get('http_method_names') ?? null, site, host);
}

/** The methods of a class-based view: its own, those it inherits in the workspace, those of a generic base. */
function methodRoutes(cls: ClassValue, given: Value | null, site: CallSite, host: ModelHost): ViewRoute[] {
  const bases = basesOf(cls);
  const own = host.namesOf(cls).filter((name) => METHODS.includes(name));
  const names = [...new Set([...own, ...inherited(bases)])].filter(allowedNames(cls, given, host));
  const routes = names.flatMap((name): ViewRoute[] => {
    const method = methodNamed(name);
    return method ? [{ methods: [method], handler: handlerOf(cls, name, site, host), notes: [] }] : [];
  });
  if (routes.length === 0) {
    const view = host.lookup(cls, 'dispatch');
    const handler = view ? host.handler(view, site) : host.handlerOfClass(cls);
    return limitedByClass(cls, [{ methods: ['ANY'], handler, notes: view ? [] : [UNKNOWN_METHODS] }], host);
  }
  return limitedByClass(cls, routes, host);
}

/** `@method_decorator(require_POST, name='dispatch')` above the class. */
function limitedByClass(cls: ClassValue, routes: readonly ViewRoute[], host: ModelHost): ViewRoute[] {
  const given = cls.cls.decorators.map((decorator) => decoratorMethods(decorator, cls, host)).find(Boolean);
  return given ? routes.flatMap((route) => limit(route, given.methods)) : [...routes];
}

/** What `http_method_names` leaves of the methods. */
function allowedNames(cls: ClassValue, given: Value | null, host: ModelHost): (name: string) => boolean {
  const names = settle(given ?? host.lookup(cls, 'http_method_names') ?? { t: 'const', value: null });
  if (names.t !== 'list' || names.open) return () => true;
  const texts = names.items.map(settle).flatMap((item) => (item.t === 'str' ? [item.text.toLowerCase()] : []));
  return (name) => texts.length === 0 || texts.includes(name);
}

/** Routes of a view set for given pairs of method and action. */
export function actionRoutes(
  cls: ClassValue,
  pairs: readonly (readonly [string, Value])[],
  site: CallSite,
  host: ModelHost,
): ViewRoute[] {
  const isAllowed = allowedNames(cls, null, host);
  return pairs.flatMap(([name, raw]): ViewRoute[] => {
    const action = settle(raw);
    const method = methodNamed(name);
    if (!method || !isAllowed(name.toLowerCase()) || action.t !== 'str') return [];
    return [{ methods: [method], handler: handlerOf(cls, action.text, site, host), notes: [] }];
  });
}

/** A method of the workspace, or the class when a library has it. */
function handlerOf(cls: ClassValue, name: string, site: CallSite, host: ModelHost): HandlerRef {
  const own = host.lookup(cls, name);
  return own && host.functionOf(own) ? host.handler(own, site) : host.handlerOfClass(cls);
}

/** The bases of a class outside the workspace, in order. */
export function basesOf(cls: ClassValue, hops = 0): string[] {
  return cls.bases.flatMap((base) => {
    if (base.t === 'symbol') return [base.path];
    if (base.t === 'class' && hops < 20) return basesOf(base, hops + 1);
    return base.t === 'unknown' ? [base.name] : [];
  });
}

function inherited(bases: readonly string[]): readonly string[] {
  return bases.map(lastName).flatMap((base) => {
    if (BARE.test(base) && base !== 'DeletionMixin') return [];
    return INHERITED.find(([pattern]) => pattern.test(base))?.[1] ?? [];
  });
}
