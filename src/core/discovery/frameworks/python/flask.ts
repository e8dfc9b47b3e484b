import type { Parameter, ParameterType } from '../../../model/endpoint';
import type { PathPiece, RouterNode } from '../../graph';
import { settle, type CallSite, type ClassValue, type ObjectValue, type Value } from '../../evaluate/values';
import { callConfig } from './flaskConfig';
import { hasText, lastName, methodNamed, methodsOf, pathOf, pathsOf } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { decorator } from './decorator';

const CONVERTERS: Readonly<Record<string, ParameterType>> = {
  string: 'string',
  default: 'string',
  int: 'integer',
  float: 'number',
  uuid: 'uuid',
  path: 'path',
};

const SHORTCUTS = new Set(['get', 'post', 'put', 'delete', 'patch']);
const VIEW_METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'];

/** Flask: applications, blueprints (nested too), rules, class-based views. */
export const flask: FrameworkModel = flaskModel(
  'flask',
  ['flask', 'flask_smorest', 'apiflask', 'flask_openapi3'],
  ['Flask', 'APIFlask', 'OpenAPI'],
);

/** The model of Flask for a library of the same interface. */
export function flaskModel(id: string, packages: readonly string[], apps: readonly string[]): FrameworkModel {
  const model: FrameworkModel = {
    id,
    languages: ['python'],
    packages,
    prefilter: new RegExp(`\\b(?:${packages.join('|')})\\b|\\.(?:route|add_url_rule|register_blueprint)\\(`),
    registrars: ['route', 'add_url_rule', 'register_blueprint', ...SHORTCUTS, ...apps, 'Blueprint'],
    join: joinRule,

    callSymbol(symbol, site, host) {
      const name = lastName(symbol);
      if (apps.includes(name)) return host.router(model, 'app', { kind: 'app', site });
      if (name === 'Api' && symbol.startsWith('flask_smorest')) {
        const api = host.object(model, 'smorest');
        bindApi(api, host.argument(site, 0, 'app'), host);
        return api;
      }
      if (!/^(?:API)?Blueprint$/.test(name)) return undefined;
      const prefix = host.argument(site, null, 'url_prefix');
      const own = hasText(prefix) ? { prefix: pathOf(prefix, parseRule) } : {};
      return host.router(model, 'blueprint', { kind: 'router', site, ...own });
    },

    callMethod(object, name, site, host) {
      if (object.type === 'config') return callConfig(object, name, site, host);
      if (object.type === 'smorest') {
        if (name === 'init_app') bindApi(object, host.argument(site, 0, 'app'), host);
        const app = object.attrs.get('app');
        return name === 'register_blueprint' && app ? host.callMethod(app, name, site) : undefined;
      }
      const { router } = object;
      if (!router) return undefined;
      if (name === 'route' || SHORTCUTS.has(name))
        return decorator(name, (target, applied) => {
          addRule(router, host.argument(site, 0, 'rule'), target, site, applied, host, name);
        });
      if (name === 'add_url_rule') {
        const view = host.argument(site, 2, 'view_func');
        if (view) addRule(router, host.argument(site, 0, 'rule'), view, site, site, host);
        return undefined;
      }
      if (name === 'register_blueprint') {
        const child = host.objectOf(host.argument(site, 0, 'blueprint') ?? object)?.router;
        const prefix = host.argument(site, null, 'url_prefix');
        if (!child || child === router) return undefined;
        const given = hasText(prefix);
        host.addMount(router, {
          child,
          prefix: given ? pathOf(prefix, parseRule) : { template: '', parameters: [], notes: [] },
          place: site.place,
          replacesOwn: given,
        });
      }
      return undefined;
    },

    member(object, name, host) {
      if (name !== 'config' || object.type !== 'app') return undefined;
      const config = host.object(model, 'config');
      object.attrs.set('config', config);
      return config;
    },

    classMember(cls, base, name, host) {
      if (name !== 'as_view' || !/View$/.test(lastName(base))) return undefined;
      return { t: 'native', name, call: () => host.object(model, 'view', [['cls', cls]]) };
    },

    instanceOf(symbol, host) {
      const name = lastName(symbol);
      if (apps.includes(name)) return host.router(model, 'app', { kind: 'app', isHandedIn: true });
      return name === 'Blueprint' ? host.router(model, 'blueprint', { kind: 'router', isHandedIn: true }) : undefined;
    },

    recognise(_receiver, name, site, host) {
      if (!['route', 'add_url_rule', 'register_blueprint'].includes(name) && !SHORTCUTS.has(name)) return undefined;
      const first = host.argument(site, 0, 'rule');
      const isPath = first?.t === 'str' && first.text.startsWith('/');
      if (!isPath && name !== 'register_blueprint') return undefined;
      return host.router(model, 'app', { kind: 'app', isHandedIn: true });
    },
  };
  return model;
}

/** The application that an `Api` of Flask-Smorest registers its blueprints on. */
function bindApi(api: ObjectValue, app: Value | undefined, host: ModelHost): void {
  const owner = app && host.objectOf(app);
  if (owner?.router) api.attrs.set('app', owner);
}

function addRule(
  router: RouterNode,
  rule: Value | undefined,
  view: Value,
  site: CallSite,
  applied: CallSite,
  host: ModelHost,
  shortcut = 'route',
): void {
  const given = host.argument(site, null, 'methods');
  const object = host.objectOf(view);
  const settled = settle(view);
  const cls = settled.t === 'class' ? settled : object && viewClass(object);
  const fixed = shortcut === 'route' ? undefined : methodNamed(shortcut);
  for (const path of pathsOf(rule, parseRule)) {
    const base = { path, registration: applied.place };
    if (cls) addView(router, cls, base, given, host, applied);
    else {
      const known = methodsOf(given, fixed ? [fixed] : ['GET']);
      host.addRoute(router, { ...base, ...known, handler: host.handler(view, applied) });
    }
  }
}

function viewClass(object: ObjectValue): ClassValue | undefined {
  const cls = object.attrs.get('cls');
  return object.type === 'view' && cls?.t === 'class' ? cls : undefined;
}

/** A class-based view: one handler per method it defines, or `dispatch_request` for all. */
export function addView(
  router: RouterNode,
  cls: ClassValue,
  base: { path: PathPiece; registration: CallSite['place'] },
  given: Value | undefined,
  host: ModelHost,
  site: CallSite,
): void {
  const own = host.namesOf(cls).filter((name) => VIEW_METHODS.includes(name));
  const only = methodsOf(given ?? host.lookup(cls, 'methods'), []);
  const isMethodView = host.extends(cls, (symbol) => /^(?:MethodView|MethodResource|Resource)$/.test(lastName(symbol)));
  if (!isMethodView) {
    const view = host.lookup(cls, 'dispatch_request');
    const handler = view ? host.handler(view, site) : host.handlerOfClass(cls);
    host.addRoute(router, { ...base, ...methodsOf(given ?? host.lookup(cls, 'methods'), ['GET']), handler });
    return;
  }
  for (const name of own) {
    const method = methodNamed(name);
    const view = host.lookup(cls, name);
    if (!method || !view || (only.methods.length > 0 && !only.methods.includes(method))) continue;
    host.addRoute(router, { ...base, methods: [method], handler: host.handler(view, site) });
  }
}

/** As werkzeug joins: one slash between, and an empty rule is the prefix itself. */
export function joinRule(prefix: string, rule: string): string {
  if (prefix === '') return rule;
  return rule === '' ? prefix : `${prefix.replace(/\/+$/, '')}/${rule.replace(/^\/+/, '')}`;
}

/**
 * Parses a rule of werkzeug.
 *
 * Examples: `/a/<int:id>` is `/a/{id}` with an integer; `/f/<path:p>` is `/f/{p*}`; `<any(a,b):x>` is an enum.
 */
export function parseRule(rule: string): Omit<PathPiece, 'notes'> {
  const parameters: Parameter[] = [];
  const pattern = /<(?:([a-zA-Z_]\w*)(?:\(([^)]*)\))?:)?([a-zA-Z_]\w*)>/g;
  const template = rule.replace(pattern, (_, converter?: string, args?: string, given?: string) => {
    const name = given ?? '';
    const type = converter === 'any' ? 'enum' : (CONVERTERS[converter ?? 'string'] ?? 'unknown');
    const values =
      converter === 'any' ? (args ?? '').split(',').map((value) => value.trim().replace(/^['"]|['"]$/g, '')) : [];
    parameters.push({
      name,
      in: 'path',
      type,
      required: true,
      ...(type === 'path' ? { catchAll: true } : {}),
      ...(values.length > 0 ? { enumValues: values } : {}),
    });
    return type === 'path' ? `{${name}*}` : `{${name}}`;
  });
  return { template, parameters };
}
