import type { Parameter, ParameterType } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import { settle, str, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { hasText, lastName, methodNamed, methodsOf, pathOf } from '../arguments';
import { joinSlash } from '../joins';
import type { FrameworkModel, ModelHost } from '../model';
import { typeOfPattern } from '../regexPath';
import { decorator } from './decorator';

const SHORTCUTS = new Set(['get', 'post', 'put', 'delete', 'patch']);

const FILTERS: Readonly<Record<string, ParameterType>> = { int: 'integer', float: 'number', path: 'path' };

/** Bottle: applications, the default application of the module, mounted and merged ones. */
export const bottle: FrameworkModel = {
  id: 'bottle',
  languages: ['python'],
  packages: ['bottle'],
  prefilter: /\bbottle\b/,
  registrars: ['route', 'mount', 'merge', 'Bottle', ...SHORTCUTS],
  join: joinSlash,

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    if (symbol !== `bottle.${name}`) return undefined;
    if (name === 'Bottle') return host.router(bottle, 'app', { kind: 'app', site });
    if (name === 'default_app' || name === 'app') return defaultApp(host);
    return isRegistrar(name) ? register(defaultApp(host), name, site, host) : undefined;
  },

  callMethod(object, name, site, host) {
    if (!object.router) return undefined;
    return isRegistrar(name) ? register(object, name, site, host) : undefined;
  },

  instanceOf(symbol, host) {
    return symbol === 'bottle.Bottle' ? host.router(bottle, 'app', { kind: 'app', isHandedIn: true }) : undefined;
  },
};

function isRegistrar(name: string): boolean {
  return SHORTCUTS.has(name) || name === 'route' || name === 'mount' || name === 'merge';
}

/** The application that functions of the module register on; made when it is first used. */
function defaultApp(host: ModelHost): ObjectValue {
  return host.state('bottle default app', () => host.router(bottle, 'app', { kind: 'app' }));
}

function register(object: ObjectValue, name: string, site: CallSite, host: ModelHost): Value | undefined {
  const { router } = object;
  if (!router) return undefined;
  if (name === 'merge' || name === 'mount') {
    const child = host.objectOf(
      host.argument(site, name === 'merge' ? 0 : 1, name === 'merge' ? 'routes' : 'app') ?? object,
    );
    const piece = name === 'mount' ? pathOf(host.argument(site, 0, 'prefix'), parseBottlePath) : EMPTY_PATH;
    const prefix = { ...piece, template: piece.template.replace(/\/+$/, '') };
    if (child?.router && child.router !== router)
      host.addMount(router, { child: child.router, prefix, place: site.place });
    return undefined;
  }
  const callback = host.argument(site, 2, 'callback');
  if (hasText(callback)) {
    addRoutes(router, name, callback, site, site, host);
    return callback;
  }
  // `@app.route` without a call: the function is the only argument.
  const bare = site.args.length === 1 ? site.args[0] : undefined;
  if (bare && settle(bare.value).t === 'func') {
    addRoutes(router, name, bare.value, { ...site, args: [] }, site, host);
    return bare.value;
  }
  return decorator(name, (target, applied) => addRoutes(router, name, target, site, applied, host));
}

function addRoutes(
  router: RouterNode,
  name: string,
  callback: Value,
  site: CallSite,
  applied: CallSite,
  host: ModelHost,
): void {
  const given = host.argument(site, 0, 'path');
  const fixed = methodNamed(name);
  const methods = methodsOfRoute(host.argument(site, 1, 'method'), fixed ? str(fixed) : str('GET'));
  const handler = host.handler(callback, applied);
  const paths = hasText(given) ? (given.t === 'list' ? given.items : [given]) : pathsOfFunction(callback, host);
  for (const path of paths) {
    host.addRoute(router, { ...methods, path: pathOf(path, parseBottlePath), handler, registration: applied.place });
  }
}

function methodsOfRoute(given: Value | undefined, fallback: Value): ReturnType<typeof methodsOf> {
  const value = hasText(given) ? given : fallback;
  return value.t === 'str' && value.text.toUpperCase() === 'ANY'
    ? { methods: ['ANY'], notes: [] }
    : methodsOf(value, []);
}

/** Without a path Bottle reads it off the function: `def hello__world(a)` is `/hello/world/<a>`. */
function pathsOfFunction(callback: Value, host: ModelHost): Value[] {
  const func = host.functionOf(callback);
  if (!func) return [];
  const base = `/${func.fn.name.replaceAll('__', '/').replace(/^\/+/, '')}`;
  const params = func.fn.params.filter(({ rest }) => rest === undefined);
  const required = params.filter((param) => !param.default).length;
  const names = params.map(({ target }) => (target.k === 'name' ? target.name : ''));
  const paths: Value[] = [];
  for (let count = required; count <= names.length; count++) {
    paths.push(
      str(
        base +
          names
            .slice(0, count)
            .map((name) => `/<${name}>`)
            .join(''),
      ),
    );
  }
  return paths;
}

/**
 * Parses a path of Bottle.
 *
 * Examples: `/a/<id:int>` is `/a/{id}` with an integer; `<p:path>` is `{p*}`; `<x:re:[a-z]+>` keeps its pattern; `/:old` is
 * `/{old}`.
 */
function parseBottlePath(text: string): Omit<PathPiece, 'notes'> {
  const parameters: Parameter[] = [];
  const pattern = /<([a-zA-Z_]\w*)(?::(\w+)(?::((?:\\.|[^\\>])+))?)?>|:([a-zA-Z_]\w*)(?:#((?:\\.|[^\\#])+)#)?/g;
  const template = text.replace(
    pattern,
    (_, name?: string, filter?: string, config?: string, old?: string, oldPattern?: string) => {
      const regex = filter === 're' ? config : oldPattern;
      const known = FILTERS[filter ?? ''];
      const plain = known ?? (filter === undefined ? 'string' : 'unknown');
      const type =
        regex === undefined ? { type: plain, ...(plain === 'path' ? { catchAll: true } : {}) } : typeOfPattern(regex);
      const shown = name ?? old ?? '';
      parameters.push({ name: shown, in: 'path', required: true, ...type });
      return type.catchAll ? `{${shown}*}` : `{${shown}}`;
    },
  );
  return { template, parameters };
}
