import { EMPTY_PATH, type RouterNode } from '../../graph';
import { settle, str, textOf, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { hasText, lastName, pathOf, pathsOf } from '../arguments';
import { addView, joinRule, parseRule } from './flask';
import type { FrameworkModel, ModelHost } from '../model';
import { decorator } from './decorator';

/** Flask-RESTful: an `Api` over an application or blueprint, with resources. */
export const flaskRestful: FrameworkModel = resourceModel('flask-restful', ['flask_restful']);

/** Flask-RESTX and its predecessor: the same with namespaces. */
export const flaskRestx: FrameworkModel = resourceModel('flask-restx', ['flask_restx', 'flask_restplus']);

function resourceModel(id: string, packages: readonly string[]): FrameworkModel {
  const model: FrameworkModel = {
    id,
    languages: ['python'],
    packages,
    prefilter: new RegExp(`\\b(?:${packages.join('|')})\\b|\\.add_(?:resource|namespace)\\(`),
    registrars: ['add_resource', 'add_namespace', 'namespace', 'Api', 'Namespace', 'resource'],
    join: joinRule,

    callSymbol(symbol, site, host) {
      const name = lastName(symbol);
      if (name === 'Api') {
        const prefix = host.argument(site, id === 'flask-restful' ? 1 : null, 'prefix');
        const own = hasText(prefix) ? { prefix: pathOf(prefix, parseRule) } : {};
        const api = host.router(model, 'api', { kind: 'router', site, ...own });
        bindToApp(api, host.argument(site, 0, 'app'), site, host);
        return api;
      }
      return name === 'Namespace' ? namespace(model, site, host) : undefined;
    },

    callMethod(object, name, site, host) {
      const { router } = object;
      if (!router) return undefined;
      switch (name) {
        case 'init_app':
          bindToApp(object, host.argument(site, 0, 'app'), site, host);
          return undefined;
        case 'add_resource':
          addResource(router, host.argument(site, 0, 'resource'), rulesOf(site, 1), site, site, host);
          return undefined;
        case 'resource':
        case 'route':
          return decorator(name, (target, applied) =>
            addResource(router, target, rulesOf(site, 0), site, applied, host),
          );
        case 'namespace': {
          const made = namespace(model, site, host);
          mount(router, made, undefined, site, host);
          return made;
        }
        case 'add_namespace': {
          const child = host.objectOf(host.argument(site, 0, 'ns') ?? object);
          if (child && child !== object) mount(router, child, host.argument(site, 1, 'path'), site, host);
          return undefined;
        }
        default:
          return undefined;
      }
    },

    instanceOf(symbol, host) {
      return lastName(symbol) === 'Api' ? host.router(model, 'api', { kind: 'router', isHandedIn: true }) : undefined;
    },
  };
  return model;
}

/** Below the application or blueprint that is given, when one is. */
function bindToApp(api: ObjectValue, app: Value | undefined, site: CallSite, host: ModelHost): void {
  const owner = app && host.objectOf(app)?.router;
  if (!owner || !api.router || owner === api.router) return;
  host.addMount(owner, { child: api.router, prefix: EMPTY_PATH, place: site.place });
}

/** A namespace hangs at `/<name>` unless told otherwise. */
function namespace(model: FrameworkModel, site: CallSite, host: ModelHost): ObjectValue {
  const path = host.argument(site, null, 'path');
  const name = textOf(host.argument(site, 0, 'name') ?? str(''));
  const text = hasText(path) && textOf(path).text !== '' ? textOf(path) : str(`/${name.text}`, name.notes);
  const prefix = pathOf(str(text.text.replace(/\/+$/, ''), text.notes), parseRule);
  return host.router(model, 'namespace', { kind: 'router', site, prefix });
}

function mount(owner: RouterNode, child: ObjectValue, path: Value | undefined, site: CallSite, host: ModelHost): void {
  if (!child.router) return;
  const given = hasText(path) && textOf(path).text !== '';
  const prefix = given ? pathOf(path, parseRule) : EMPTY_PATH;
  host.addMount(owner, { child: child.router, prefix, place: site.place, replacesOwn: given });
}

function rulesOf(site: CallSite, from: number): Value[] {
  const positional = site.args.filter(({ name }) => name === undefined);
  return positional.slice(from).map(({ value }) => settle(value));
}

function addResource(
  router: RouterNode,
  resource: Value | undefined,
  rules: readonly Value[],
  site: CallSite,
  applied: CallSite,
  host: ModelHost,
): void {
  const cls = resource && settle(resource);
  if (cls?.t !== 'class') return;
  for (const path of rules.flatMap((rule) => pathsOf(rule, parseRule))) {
    const base = { path, registration: applied.place };
    addView(router, cls, base, host.argument(site, null, 'methods'), host, applied);
  }
}
