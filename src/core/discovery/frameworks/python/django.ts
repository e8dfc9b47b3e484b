import type { Parameter } from '../../../model/endpoint';
import { EMPTY_PATH, HOLE, type PathPiece, type RouterNode } from '../../graph';
import { list, settle, str, textOf, union, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { isTestFile } from '../../files';
import { lastName, pathOf } from '../arguments';
import { modelMeta } from './djangoModels';
import { callRestRouter, restRouter, restRouterMember } from './djangoRest';
import { fixedMethods, viewRoutes } from './djangoViews';
import type { FrameworkModel, ModelHost } from '../model';
import { CONVERTER_TYPES, parseRegexPath } from '../regexPath';
import { joinPlain } from '../joins';

/** What is kept while an evaluation lasts. */
interface Known {
  /** One router for each module that `include` or `ROOT_URLCONF` names. */
  readonly urlconfs: Map<string, RouterNode>;
  /** Those whose patterns are not read yet: a module may still be running when it is included. */
  readonly pending: (() => void)[];
  /** Patterns of converters by the name they are registered under. */
  readonly converters: Map<string, string>;
  /** Files that may bind a setting, by its name. */
  readonly settings: Map<string, readonly string[]>;
}

const SETTINGS_FILE = /(?:^|\/)(?:settings|config|conf)(?:\/[\w/]+)?\.py$|(?:^|\/)\w*settings\.py$/;

/** Django and Django REST framework: patterns, included modules, views by function and class, routers of view sets. */
export const django: FrameworkModel = {
  id: 'django',
  languages: ['python'],
  packages: ['django', 'rest_framework', 'rest_framework_nested', 'rest_framework_extensions'],
  prefilter: /\burlpatterns\b|\bROOT_URLCONF\b|\brest_framework\w*[. ][^\n]*[rR]outers?\b/,
  importingFiles: /(?:^|\/)urls(?:\/\w+)?\.py$/,
  registrars: [],
  join: joinPlain,
  normalise: (path) => (path.startsWith('/') ? path : `/${path}`),

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    if (symbol.startsWith('rest_framework')) {
      if (name === 'format_suffix_patterns') return host.argument(site, 0, 'urlpatterns');
      return restRouter(django, symbol, site, host);
    }
    if (!symbol.startsWith('django')) return undefined;
    switch (name) {
      case 'path':
      case 're_path':
      case 'url':
        return pattern(name, site, host);
      case 'include':
        return includeObject(host.argument(site, 0, 'arg'), site, host);
      case 'i18n_patterns':
        return localised(site, host);
      case 'patterns':
        return list(site.args.slice(1).map(({ value }) => value));
      case 'static':
      case 'staticfiles_urlpatterns':
        return list([]);
      case 'register_converter': {
        const cls = host.argument(site, 0, 'converter');
        const regex = cls?.t === 'class' ? host.lookup(cls, 'regex') : undefined;
        const label = host.argument(site, 1, 'type_name');
        if (label && regex) known(host).converters.set(textOf(label).text, textOf(regex).text);
        return undefined;
      }
      default:
        return limited(name, site, host);
    }
  },

  callMethod(object, name, site, host) {
    return object.type.startsWith('rest') ? callRestRouter(object, name, site, host) : undefined;
  },

  member(object, name, host) {
    if (object.type === 'settings') return setting(object, name, host);
    return restRouterMember(django, object, name, host);
  },

  classMember(cls, base, name, host) {
    if (name === '_meta' && base.startsWith('django.')) return modelMeta(cls, host);
    if (name !== 'as_view') return undefined;
    return {
      t: 'native',
      name,
      call: (site) => {
        const names = host.argument(site, null, 'http_method_names');
        const actions = host.argument(site, 0, 'actions');
        return host.object(django, 'view', [
          ['cls', cls],
          ...(actions?.t === 'dict' ? [['actions', actions] as const] : []),
          ...(names ? [['http_method_names', names] as const] : []),
        ]);
      },
    };
  },

  importedSymbol(symbol, fromFile, host) {
    return symbol === 'django.conf.settings' ? host.object(django, 'settings', [['file', str(fromFile)]]) : undefined;
  },

  finish(host, files) {
    for (const file of files) {
      const root = settle(host.variable(file, 'ROOT_URLCONF', file) ?? list([]));
      if (root.t !== 'str' || root.text.includes(HOLE)) continue;
      const module = host.module(root.text, file);
      if (!module) continue;
      const place = { file, line: 0 };
      const key = `root ${module.t === 'module' ? module.file : root.text}`;
      if (known(host).urlconfs.has(key)) continue;
      const app = host.router(django, 'app', { kind: 'app', site: { args: [], place, isNew: false } });
      if (!app.router) continue;
      known(host).urlconfs.set(key, app.router);
      adopt(app.router, module, place, host);
    }
    const { pending } = known(host);
    for (let next = pending.shift(); next; next = pending.shift()) next();
  },
};

function known(host: ModelHost): Known {
  return host.state('django known', () => ({
    urlconfs: new Map(),
    pending: [],
    converters: new Map(),
    settings: new Map(),
  }));
}

/** One `path(...)`: a router of its own, put where the list that it stands in is used. */
function pattern(kind: string, site: CallSite, host: ModelHost): Value {
  const holder = host.router(django, 'pattern', { kind: 'router', site });
  const view = host.argument(site, 1, 'view');
  if (!holder.router || !view) return holder;
  const route = host.argument(site, 0, kind === 'path' ? 'route' : 'regex');
  const path = pieceOf(kind, route, host);
  const object = host.objectOf(view);
  if (object?.type === 'include' && object.router) {
    host.addMount(holder.router, { child: object.router, prefix: path, place: site.place });
  } else if (isTable(view)) {
    const included = includeObject(view, site, host);
    if (included.router) host.addMount(holder.router, { child: included.router, prefix: path, place: site.place });
  } else if (!isForeignTable(view) && !isConsumer(view)) {
    const target = view.t === 'str' ? (viewByName(view.text, site, host) ?? view) : view;
    for (const one of viewRoutes(target, site, host)) {
      host.addRoute(holder.router, { ...one, path, registration: site.place });
    }
  }
  return holder;
}

function pieceOf(kind: string, route: Value | undefined, host: ModelHost): PathPiece {
  if (kind === 'path') return pathOf(route, (text) => parseDjangoPath(text, known(host).converters));
  const { text, notes } = route ? textOf(route) : str('');
  const piece = parseRegexPath(text);
  return { ...piece, notes: [...notes, ...piece.notes] };
}

/** `Consumer.as_asgi()`: a socket, which is no route. */
function isConsumer(view: Value): boolean {
  return view.t === 'unknown' && view.name.endsWith('.as_asgi()');
}

/** A tuple of patterns and names in the place of a view. */
function isTable(view: Value): boolean {
  return view.t === 'list';
}

/** `admin.site.urls`: the routes of a library, which are no code of the workspace. */
function isForeignTable(view: Value): boolean {
  const name = view.t === 'symbol' ? view.path : view.t === 'unknown' || view.t === 'method' ? view.name : '';
  return /(?:^|\.)urls$/.test(name);
}

/** `url(r'^x/$', 'app.views.x')` of old versions. */
function viewByName(name: string, site: CallSite, host: ModelHost): Value | undefined {
  const dot = name.lastIndexOf('.');
  const module = dot > 0 ? host.module(name.slice(0, dot), site.place.file) : undefined;
  return module && settle(host.member(module, name.slice(dot + 1)));
}

/** `include(...)` of a module, its name, a list, or a tuple of one of these and a namespace. */
function includeObject(raw: Value | undefined, site: CallSite, host: ModelHost): ObjectValue {
  const given = raw ? settle(raw) : list([]);
  const whole = given.t === 'list' ? given.items.map(settle) : [];
  const [first, second] = whole;
  const isTuple = first && (first.t !== 'object' || second?.t === 'str') && first.t !== 'union';
  const target = isTuple ? first : given;
  const object = host.router(django, 'include', { kind: 'router', site });
  const node = object.router;
  if (!node) return object;
  if (target.t === 'str') {
    const module = target.text.includes(HOLE) ? undefined : host.module(target.text, site.place.file);
    if (module) mountModule(node, module, site, host);
  } else if (target.t === 'module') mountModule(node, target, site, host);
  else adopt(node, target, site.place, host);
  return object;
}

function mountModule(node: RouterNode, module: Value, site: CallSite, host: ModelHost): void {
  if (module.t !== 'module') return;
  const { urlconfs } = known(host);
  let child = urlconfs.get(module.file);
  if (!child) {
    const made = host.router(django, 'urlconf', {
      kind: 'router',
      site: { ...site, place: { file: module.file, line: 0 } },
    }).router;
    if (!made) return;
    child = made;
    urlconfs.set(module.file, child);
    known(host).pending.push(() => adopt(made, module, site.place, host));
  }
  host.addMount(node, { child, prefix: EMPTY_PATH, place: site.place });
}

/** Puts the patterns of a list, or of a module's `urlpatterns`, below a router. */
function adopt(owner: RouterNode, raw: Value, place: CallSite['place'], host: ModelHost): void {
  const value = settle(raw);
  if (value.t === 'module') {
    adopt(owner, host.variable(value.file, 'urlpatterns', place.file) ?? list([]), { file: value.file, line: 0 }, host);
  } else if (value.t === 'list') {
    for (const item of value.items) adopt(owner, item, place, host);
  } else if (value.t === 'union') {
    for (const option of value.options) adopt(owner, option, place, host);
  } else {
    const child = host.objectOf(value)?.router;
    if (child && child !== owner) host.addMount(owner, { child, prefix: EMPTY_PATH, place: child.place });
  }
}

/** `i18n_patterns(...)`: the code of a language stands in front. */
function localised(site: CallSite, host: ModelHost): Value {
  const parameter: Parameter = { name: 'language', in: 'path', type: 'string', required: true };
  const prefix: PathPiece = { template: '{language}/', parameters: [parameter], notes: [] };
  const outer = host.router(django, 'include', { kind: 'router', site });
  const inner = host.router(django, 'include', { kind: 'router', site });
  if (inner.router && outer.router) {
    const items = site.args.filter(({ name }) => name === undefined).map(({ value }) => value);
    adopt(inner.router, list(items), site.place, host);
    host.addMount(outer.router, { child: inner.router, prefix, place: site.place });
  }
  return list([outer]);
}

/** `require_POST(view)` and `require_http_methods([...])(view)` as calls. */
function limited(name: string, site: CallSite, host: ModelHost): Value | undefined {
  const fixed = fixedMethods(name);
  const make = (methods: Value, view: Value): Value =>
    host.object(django, 'limited', [
      ['methods', methods],
      ['view', view],
    ]);
  const first = host.argument(site, 0, null);
  if (fixed && first) return make(list(fixed.map((method) => str(method))), first);
  if (name !== 'require_http_methods' || !first) return undefined;
  return { t: 'native', name, call: (applied) => make(first, applied.args[0]?.value ?? first) };
}

/** Files of settings that may bind a name, those of tests apart. */
function settingsFiles(name: string, host: ModelHost): readonly string[] {
  const all = host.state('django settings files', () =>
    host.filesNamed(SETTINGS_FILE).filter((file) => !isTestFile(file)),
  );
  const binding = new RegExp(`^[ \\t]*${name}\\b`, 'm');
  return all.filter((file) => binding.test(host.text(file) ?? ''));
}

/** A name of the project's settings, from every file of settings that has it. */
function setting(object: ObjectValue, name: string, host: ModelHost): Value | undefined {
  const from = textOf(object.attrs.get('file') ?? str('')).text;
  const { settings } = known(host);
  const files = settings.get(name) ?? settingsFiles(name, host);
  settings.set(name, files);
  const values = files.flatMap((file) => host.variable(file, name, from) ?? []);
  return values.length > 0 ? union(values) : { t: 'symbol', path: `django.conf.settings.${name}` };
}

/**
 * Parses a route of `path()`.
 *
 * Examples: `a/<int:id>/` is `a/{id}/` with an integer; `<path:rest>` is `{rest*}`; a converter of the project's own keeps its
 * pattern.
 */
function parseDjangoPath(route: string, converters: ReadonlyMap<string, string> = new Map()): Omit<PathPiece, 'notes'> {
  const parameters: Parameter[] = [];
  const template = route.replace(
    /<(?:\s*([^<>:\s]+)\s*:)?\s*([^<>:\s]+)\s*>/g,
    (_, converter?: string, given?: string) => {
      const name = given ?? '';
      const own = converters.get(converter ?? '');
      const type = own === undefined ? (CONVERTER_TYPES[converter ?? 'str'] ?? 'unknown') : 'regex';
      const isPath = type === 'path';
      parameters.push({
        name,
        in: 'path',
        type,
        required: true,
        ...(own === undefined ? {} : { pattern: own }),
        ...(isPath ? { catchAll: true } : {}),
      });
      return isPath ? `{${name}*}` : `{${name}}`;
    },
  );
  return { template, parameters };
}
