import type { EndpointMethod } from '../../../model/endpoint';
import {
  textOf,
  settle,
  list,
  NULL,
  type CallSite,
  type ClassValue,
  type FuncValue,
  type Value,
} from '../../evaluate/values';
import { lastName, methodsOf } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { calleeName } from './djangoViews';
import { joinRule, parseRule } from './flask';

/** Functions that answer one method at the root of their class; the others are below it under their own names. */
const SPECIAL: Readonly<Record<string, EndpointMethod>> = {
  index: 'GET',
  get: 'GET',
  post: 'POST',
  put: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
};
const CONVERTERS = new Set(['int', 'float', 'uuid']);

/** Flask-Classful and Flask-Classy: classes that are registered whole, `ItemsView.register(app)`. */
export const flaskClassful: FrameworkModel = {
  id: 'flask-classful',
  languages: ['python'],
  packages: ['flask_classful', 'flask_classy'],
  prefilter: /\bflask_class(?:ful|y)\b/,
  registrars: [],
  join: joinRule,

  classMember(cls, base, name, host) {
    if (name !== 'register' || lastName(base) !== 'FlaskView') return undefined;
    return { t: 'native', name, call: (site) => register(cls, site, host) };
  },
};

function register(cls: ClassValue, site: CallSite, host: ModelHost): Value {
  const app = host.argument(site, 0, 'app');
  const router = app && host.objectOf(app)?.router;
  if (!router) return NULL;
  const setting = (name: string, position: number): Value => {
    const given = host.argument(site, position, name);
    return settle(given && given.t !== 'const' ? given : (host.lookup(cls, name) ?? NULL));
  };
  const isOff = (name: string): boolean => {
    const value = settle(host.argument(site, null, name) ?? host.lookup(cls, name) ?? NULL);
    return value.t === 'const' && value.value === false;
  };
  const given = setting('route_base', 1);
  const base = given.t === 'str' ? given.text : cls.cls.name.replace(/View$/, '').toLowerCase();
  const prefix = setting('route_prefix', 3);
  const dashed = settle(host.lookup(cls, 'method_dashified') ?? NULL);
  const left = settle(host.lookup(cls, 'excluded_methods') ?? NULL);
  const excluded = left.t === 'list' ? left.items.map((item) => textOf(item).text) : [];
  const slash = isOff('trailing_slash') ? '' : '/';
  const place = (...parts: readonly string[]): string =>
    [prefix.t === 'str' ? prefix.text : '', base, ...parts].join('/').replaceAll(/\/{2,}/g, '/');

  for (const name of host.namesOf(cls)) {
    const func = host.functionOf(host.lookup(cls, name) ?? list([]));
    if (!func?.owner || name.startsWith('_') || /^(?:before|after)_/.test(name) || excluded.includes(name)) continue;
    const add = (rule: string, methods: readonly EndpointMethod[]): void => {
      const path = { ...parseRule(rule.startsWith('/') ? rule : `/${rule}`), notes: [] };
      host.addRoute(router, { methods, path, handler: host.handler(func, site), registration: site.place });
    };
    const rules = ownRules(func, host);
    for (const { rule, methods } of rules) add(place(rule), methods);
    if (rules.length > 0) continue;
    const special = SPECIAL[name];
    const label = dashed.t === 'const' && dashed.value === true ? name.replaceAll('_', '-') : name;
    const path = place(...(special ? [] : [label]), ...parametersOf(func));
    const known = methodsOf(host.lookup(cls, 'default_methods'), ['GET']);
    add(path.replace(/\/+$/, '') + (path === '/' ? '/' : slash), special ? [special] : known.methods);
  }
  return NULL;
}

/** What `@route('/x', methods=[...])` above a function says. */
function ownRules(
  func: FuncValue,
  host: ModelHost,
): { readonly rule: string; readonly methods: readonly EndpointMethod[] }[] {
  return func.fn.decorators.flatMap((decorator) => {
    if (decorator.k !== 'call' || calleeName(decorator) !== 'route') return [];
    const [rule] = decorator.args;
    if (!rule) return [];
    const methods = decorator.args.find(({ name }) => name === 'methods');
    const known = methodsOf(methods && host.evaluateIn(func, methods.value), ['GET']);
    return [{ rule: textOf(host.evaluateIn(func, rule.value)).text, methods: known.methods }];
  });
}

/** A part of the path for each parameter that has no default. */
function parametersOf({ fn }: FuncValue): string[] {
  return fn.params.slice(1).flatMap((param) => {
    if (param.target.k !== 'name' || param.default || param.rest) return [];
    const type = param.type?.k === 'name' ? param.type.name.toLowerCase() : '';
    return [CONVERTERS.has(type) ? `<${type}:${param.target.name}>` : `<${param.target.name}>`];
  });
}
