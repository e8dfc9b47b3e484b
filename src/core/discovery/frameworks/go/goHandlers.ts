import { HTTP_METHODS, type EndpointMethod } from '../../../model/endpoint';
import type { HandlerRef, RouterNode } from '../../graph';
import { settle, textOf, type CallSite, type ObjectValue, type UnknownValue, type Value } from '../../evaluate/values';
import { methodNamed } from '../arguments';
import type { ModelHost } from '../model';

/** The Go name of a verb's method. Examples: `Get` and `GET` are GET; `get`, which nobody can call, is none. */
export function verbOf(name: string): EndpointMethod | undefined {
  return /^[A-Z]/.test(name) ? methodNamed(name) : undefined;
}

/** Where a handler is: a function, or an object that has `ServeHTTP`. */
export function goHandler(value: Value, site: CallSite, host: ModelHost): HandlerRef {
  return host.handler(serving(value, host), site);
}

/** The function that a handler value comes down to, or the value. */
function serving(raw: Value, host: ModelHost): Value {
  const value = settle(raw);
  if (value.t !== 'instance') return value;
  const own = host.member(value, 'ServeHTTP');
  return own.t === 'func' ? own : value;
}

/** Methods given as text. A word that is no method of HTTP, or text that is not known, makes it any. */
export function goMethods(values: readonly Value[]): { methods: readonly EndpointMethod[]; notes: readonly string[] } {
  const items = values.flatMap((value): readonly Value[] => {
    const settled = settle(value);
    return settled.t === 'list' ? settled.items : [settled];
  });
  const methods = items.map((item) => HTTP_METHODS.find((method) => method === textOf(item).text));
  const known = methods.filter((method) => method !== undefined);
  if (known.length === methods.length && known.length > 0) return { methods: known, notes: [] };
  return { methods: ['ANY'], notes: ['Which methods it answers is not known from the code alone.'] };
}

/** What is registered when a handler is given: another router, nothing, or a route. */
export type Served = { readonly router: RouterNode; readonly prefix: Value | null } | 'static' | 'handler';

/** Tells a router from a handler. A handler of files is no endpoint of the program's own. */
export function served(value: Value, site: CallSite, host: ModelHost): Served {
  const object = host.objectOf(value) ?? delegate(value, site, host);
  if (!object) return 'handler';
  if (object.type === 'static') return 'static';
  if (object.type === 'strip') {
    const inner = served(object.attrs.get('handler') ?? value, site, host);
    if (typeof inner === 'string') return inner;
    return { router: inner.router, prefix: inner.prefix ?? object.attrs.get('prefix') ?? null };
  }
  const top = outermost(object, host);
  return top.router ? { router: top.router, prefix: null } : 'handler';
}

/** A subrouter of gorilla/mux still matches its whole path when it is used alone. */
function outermost(object: ObjectValue, host: ModelHost): ObjectValue {
  const parent = object.attrs.get('parent');
  const above = parent && host.objectOf(parent);
  return above ? outermost(above, host) : object;
}

/** The router that an object of the program embeds, or whose `ServeHTTP` its own one calls. */
function delegate(raw: Value, site: CallSite, host: ModelHost): ObjectValue | undefined {
  const value = settle(raw);
  if (value.t !== 'instance') return undefined;
  const serve = host.member(value, 'ServeHTTP');
  if (serve.t === 'method') return host.objectOf(serve.object);
  if (serve.t !== 'func') return undefined;
  const last = lastServing(host);
  last.object = null;
  host.call(serve, [], site);
  return lastServing(host).object ?? undefined;
}

function lastServing(host: ModelHost): { object: ObjectValue | null } {
  return host.state('go serving', () => ({ object: null as ObjectValue | null }));
}

/** To be called when a request is handed to a router: whoever does that is served by it. */
export function noteServing(object: ObjectValue, name: string, host: ModelHost): void {
  if (name === 'ServeHTTP') lastServing(host).object = object;
}

/** One of these names is no router, whatever is called on it. */
const NOT_A_ROUTER = /client|cache|store|repo|session|resty|mock|\bdb\b|redis|config|viper/i;

/** A call on a parameter of unknown type that can only be a registration: a verb, a path and a function. */
export function looksLikeRegistration(receiver: UnknownValue, site: CallSite, host: ModelHost): boolean {
  const [first, ...rest] = site.args.map(({ value }) => settle(value));
  if (!first || NOT_A_ROUTER.test(receiver.name) || first.t !== 'str') return false;
  return /^[/\uE000]|^$/.test(first.text) && rest.some((value) => host.functionOf(value) !== undefined);
}
