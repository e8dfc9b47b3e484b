import type { Parameter, ParameterType } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import { settle, textOf, type CallSite, type ClassValue, type ObjectValue, type Value } from '../../evaluate/values';
import { hasText, lastName, methodNamed, methodsOf, pathOf } from '../arguments';
import { joinSlash } from '../joins';
import type { FrameworkModel, ModelHost } from '../model';
import { decorator } from './decorator';

const SHORTCUTS = new Set(['get', 'post', 'put', 'delete', 'patch', 'head', 'options']);
const VIEW_METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'];

const TYPES: Readonly<Record<string, ParameterType>> = {
  str: 'string',
  string: 'string',
  strorempty: 'string',
  alpha: 'string',
  slug: 'string',
  ext: 'string',
  int: 'integer',
  float: 'number',
  number: 'number',
  uuid: 'uuid',
  ymd: 'date',
  path: 'path',
};

/** Sanic: applications, blueprints, groups of them, versions, class-based views. */
export const sanic: FrameworkModel = {
  id: 'sanic',
  languages: ['python'],
  packages: ['sanic'],
  prefilter: /\bsanic\b|\.(?:add_route|blueprint)\(/,
  registrars: ['route', 'add_route', 'blueprint', 'group', 'Sanic', 'Blueprint', ...SHORTCUTS],
  join: joinSlash,
  normalise: (path) => (path.length > 1 ? path.replace(/\/+$/, '') : path),

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    if (name === 'Sanic' || symbol === 'sanic.Sanic.get_app') return application(name === 'Sanic', site, host);
    if (name === 'Blueprint' || name === 'BlueprintGroup') return scoped('blueprint', site, host);
    if (name !== 'group') return undefined;
    const group = scoped('blueprint', site, host);
    for (const { value, name: argument } of site.args) if (argument === undefined) nest(group, value, site, host);
    return group;
  },

  callMethod(object, name, site, host) {
    const { router } = object;
    if (!router) return undefined;
    if (name === 'copy' && object.type === 'blueprint') return copyOf(router, site, host);
    if (SHORTCUTS.has(name) || name === 'route')
      return decorator(name, (target, applied) => {
        const method = methodNamed(name);
        addRoute(router, target, host.argument(site, 0, 'uri'), method ? [method] : ['GET'], site, applied, host);
      });
    const target = host.argument(site, 0, name === 'add_route' ? 'handler' : 'blueprint');
    if (name === 'add_route' && target) {
      addRoute(router, target, host.argument(site, 1, 'uri'), ['GET'], site, site, host);
      return target;
    }
    if ((name === 'blueprint' || name === 'append' || name === 'extend') && target) nest(object, target, site, host);
    return undefined;
  },

  classMember(cls, base, name, host) {
    if (name !== 'as_view' || lastName(base) !== 'HTTPMethodView') return undefined;
    return { t: 'native', name, call: () => host.object(sanic, 'view', [['cls', cls]]) };
  },

  classDefined(cls, _decorators, host) {
    const keywords = cls.cls.keywords ?? [];
    if (!keywords.some(({ name }) => name === 'attach')) return;
    if (!host.extends(cls, (symbol) => lastName(symbol) === 'HTTPMethodView')) return;
    const site: CallSite = {
      args: keywords.flatMap(({ name, value }) => (name ? [{ name, value: host.evaluateIn(cls, value) }] : [])),
      place: { file: cls.cls.file, line: cls.cls.line },
      isNew: false,
    };
    const owner = host.objectOf(host.argument(site, null, 'attach') ?? cls)?.router;
    const view = host.object(sanic, 'view', [['cls', cls]]);
    if (owner) addRoute(owner, view, host.argument(site, null, 'uri'), ['GET'], site, site, host);
  },

  instanceOf(symbol, host) {
    const name = lastName(symbol);
    if (name === 'Sanic') return host.router(sanic, 'app', { kind: 'app', isHandedIn: true });
    return name === 'Blueprint' ? host.router(sanic, 'blueprint', { kind: 'router', isHandedIn: true }) : undefined;
  },

  recognise(_receiver, name, site, host) {
    const uri = host.argument(site, name === 'add_route' ? 1 : 0, 'uri');
    const isPath = uri?.t === 'str' && uri.text.startsWith('/');
    if (!(isPath && (SHORTCUTS.has(name) || name === 'route' || name === 'add_route')) && name !== 'blueprint')
      return undefined;
    return host.router(sanic, 'app', { kind: 'app', isHandedIn: true });
  },
};

/** An application by its name; a module may ask for it before the one that makes it has been followed. */
function application(isMade: boolean, site: CallSite, host: ModelHost): ObjectValue {
  const named = host.argument(site, 0, 'name');
  const name = named?.t === 'str' ? named.text : '';
  const known = host.state('sanic applications', () => new Map<string, ObjectValue>());
  const asked = known.get(`asked ${name}`) ?? known.get('asked ');
  const made = known.get(name) ?? (name === '' ? [...known.values()][0] : undefined);
  const found = isMade ? asked : (made ?? asked);
  if (found) {
    if (isMade) known.set(name, found);
    return found;
  }
  const app = host.router(sanic, 'app', { kind: 'app', site, version: isMade ? versionOf(site, host) : null });
  known.set(isMade ? name : `asked ${name}`, app);
  return app;
}

/** `blueprint.copy('v2', version=2)`: the routes so far, under another prefix or version. */
function copyOf(router: RouterNode, site: CallSite, host: ModelHost): ObjectValue {
  const prefix = host.argument(site, 1, 'url_prefix');
  const copy = host.router(sanic, 'blueprint', {
    kind: 'router',
    site,
    prefix: hasText(prefix) ? pathOf(prefix, parseSanicPath) : router.prefix,
    version: versionOf(site, host) ?? router.version,
  });
  copy.router?.routes.push(...router.routes);
  copy.router?.mounts.push(...router.mounts);
  return copy;
}

function scoped(type: string, site: CallSite, host: ModelHost): ObjectValue {
  const prefix = host.argument(site, null, 'url_prefix');
  const own = hasText(prefix) ? { prefix: pathOf(prefix, parseSanicPath) } : {};
  return host.router(sanic, type, { kind: 'router', site, version: versionOf(site, host), ...own });
}

/** `version=1` stands in front as `/v1`; `version_prefix` may say otherwise. */
function versionOf(site: CallSite, host: ModelHost): PathPiece | null {
  const version = host.argument(site, null, 'version');
  if (!hasText(version)) return null;
  const prefix = host.argument(site, null, 'version_prefix');
  const { text, notes } = textOf(version);
  const before = hasText(prefix) ? textOf(prefix).text : '/v';
  return { template: `${before}${text}`, parameters: [], notes };
}

/** Blueprints, groups, and lists of them, below an application or group. */
function nest(owner: ObjectValue, value: Value, site: CallSite, host: ModelHost): void {
  const settled = settle(value);
  if (settled.t === 'list') {
    for (const item of settled.items) nest(owner, item, site, host);
    return;
  }
  const child = host.objectOf(settled)?.router;
  if (!child || !owner.router || child === owner.router) return;
  const prefix = owner.type === 'app' ? host.argument(site, null, 'url_prefix') : undefined;
  host.addMount(owner.router, {
    child,
    prefix: hasText(prefix) ? pathOf(prefix, parseSanicPath) : EMPTY_PATH,
    place: site.place,
    version: owner.type === 'app' ? versionOf(site, host) : null,
    replacesOwn: hasText(prefix),
  });
}

function addRoute(
  router: RouterNode,
  target: Value,
  uri: Value | undefined,
  fallback: readonly ('GET' | NonNullable<ReturnType<typeof methodNamed>>)[],
  site: CallSite,
  applied: CallSite,
  host: ModelHost,
): void {
  const base = { path: pathOf(uri, parseSanicPath), registration: applied.place, version: versionOf(site, host) };
  const cls = viewClass(target, host);
  if (!cls) {
    const { methods, notes } = methodsOf(host.argument(site, null, 'methods'), fallback);
    host.addRoute(router, { ...base, methods, notes, handler: host.handler(target, applied) });
    return;
  }
  for (const name of host.namesOf(cls).filter((one) => VIEW_METHODS.includes(one))) {
    const method = methodNamed(name);
    const view = host.lookup(cls, name);
    if (method && view) host.addRoute(router, { ...base, methods: [method], handler: host.handler(view, applied) });
  }
}

function viewClass(target: Value, host: ModelHost): ClassValue | undefined {
  const object = host.objectOf(target);
  const cls = object?.type === 'view' ? object.attrs.get('cls') : undefined;
  return cls?.t === 'class' ? cls : undefined;
}

/**
 * Parses a path of Sanic.
 *
 * Examples: `/a/<id:int>` is `/a/{id}` with an integer; `<p:path>` is `{p*}`; `<x:[a-z]+>` keeps its pattern.
 */
function parseSanicPath(text: string): Omit<PathPiece, 'notes'> {
  const parameters: Parameter[] = [];
  const template = text.replace(/<([a-zA-Z_]\w*)(?::([^>]*))?>/g, (_, name: string, label?: string) => {
    const type = TYPES[/^\w+/.exec(label ?? 'str')?.[0] ?? ''] ?? 'regex';
    const isRegex = type === 'regex' && label !== undefined;
    parameters.push({
      name,
      in: 'path',
      type,
      required: true,
      ...(type === 'path' ? { catchAll: true } : {}),
      ...(isRegex ? { pattern: label } : {}),
    });
    return type === 'path' ? `{${name}*}` : `{${name}}`;
  });
  return { template, parameters };
}
