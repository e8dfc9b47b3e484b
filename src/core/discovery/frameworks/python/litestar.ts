import type { EndpointMethod, ParameterType } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import type { FunctionIr } from '../../ir';
import {
  list,
  settle,
  type CallSite,
  type ClassValue,
  type FuncValue,
  type ObjectValue,
  type Value,
} from '../../evaluate/values';
import { hasText, lastName, methodNamed, methodsOf, pathOf } from '../arguments';
import { joinSlash } from '../joins';
import type { FrameworkModel, ModelHost } from '../model';
import { parseNamedBraces } from './bracePattern';

const SHORTCUTS = new Set(['get', 'post', 'put', 'delete', 'patch', 'head']);

const TYPES: Readonly<Record<string, ParameterType>> = {
  str: 'string',
  int: 'integer',
  float: 'number',
  decimal: 'number',
  uuid: 'uuid',
  date: 'date',
  datetime: 'date',
  path: 'path',
};

/** What decorators say of a function: the routes that it has wherever it is put. */
interface Declared {
  readonly paths: readonly PathPiece[];
  readonly methods: readonly EndpointMethod[];
  readonly notes: readonly string[];
  readonly value: Value;
  readonly site: CallSite;
}

interface Known {
  readonly declared: Map<FunctionIr, Declared[]>;
  /** Handlers and controllers that some application or router holds. */
  readonly used: Set<unknown>;
  readonly controllers: ClassValue[];
}

/** Litestar: handlers and controllers that are given to applications and routers. */
export const litestar: FrameworkModel = {
  id: 'litestar',
  languages: ['python'],
  packages: ['litestar', 'starlite'],
  prefilter: /\b(?:litestar|starlite)\b/,
  registrars: ['Litestar', 'Starlite', 'Router', 'register'],
  join: joinSlash,
  normalise: (path) => (path.length > 1 ? path.replace(/\/+$/, '') : path),

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    if (name === 'Litestar' || name === 'Starlite' || (name === 'Router' && !symbol.includes('routes'))) {
      const path = host.argument(site, name === 'Router' ? 0 : null, 'path');
      const own = hasText(path) ? { prefix: pathOf(path, parseLitestarPath) } : {};
      const isApp = name !== 'Router';
      const made = host.router(litestar, isApp ? 'app' : 'router', { kind: isApp ? 'app' : 'router', site, ...own });
      if (made.router) adopt(made.router, host.argument(site, isApp ? 0 : null, 'route_handlers'), site, host);
      return made;
    }
    if (!SHORTCUTS.has(name) && name !== 'route') return undefined;
    return { t: 'native', name, call: (applied) => declare(name, site, applied, host) };
  },

  callMethod(object, name, site, host) {
    if (name === 'register' && object.router) adopt(object.router, host.argument(site, 0, 'value'), site, host);
    return undefined;
  },

  classDefined(cls, _decorators, host) {
    if (host.extends(cls, (symbol) => /^(?:litestar|starlite)\b.*\bController$/.test(symbol))) {
      known(host).controllers.push(cls);
    }
  },

  instanceOf(symbol, host) {
    return /^(?:Litestar|Starlite)$/.test(lastName(symbol))
      ? host.router(litestar, 'app', { kind: 'app', isHandedIn: true })
      : undefined;
  },

  conclude(host) {
    const { declared, used, controllers } = known(host);
    // What nobody was seen to take still is a route somewhere.
    for (const [fn, entries] of declared) {
      const func = host.functionOf(entries[0]?.value ?? list([]));
      if (!func || func.owner || used.has(fn)) continue;
      addFunction(
        host.router(litestar, 'loose', { kind: 'router', site: entries[0]?.site ?? NOWHERE }).router,
        func,
        host,
      );
    }
    for (const cls of controllers) {
      if (used.has(cls) || controllers.some((other) => other.bases.includes(cls))) continue;
      controller(cls, { ...NOWHERE, place: { file: cls.cls.file, line: cls.cls.line } }, host);
    }
  },
};

const NOWHERE: CallSite = { args: [], place: { file: '', line: 0 }, isNew: false };

function known(host: ModelHost): Known {
  return host.state('litestar known', () => ({ declared: new Map(), used: new Set(), controllers: [] }));
}

/** `@get('/x')` above a function: kept until somebody takes the function. */
function declare(name: string, site: CallSite, applied: CallSite, host: ModelHost): Value {
  const value = applied.args[0]?.value ?? list([]);
  const func = host.functionOf(value);
  if (!func) return value;
  const given = host.argument(site, 0, 'path');
  const texts = given?.t === 'list' ? given.items.map(settle) : hasText(given) ? [given] : [];
  const method = methodNamed(name);
  const { methods, notes } = methodsOf(host.argument(site, null, 'http_method'), method ? [method] : ['ANY']);
  const entries = known(host).declared.get(func.fn) ?? [];
  const paths = texts.length > 0 ? texts.map((text) => pathOf(text, parseLitestarPath)) : [EMPTY_PATH];
  entries.push({ paths, methods, notes, value, site: applied });
  known(host).declared.set(func.fn, entries);
  return value;
}

/** Puts handlers, controllers and routers below an application or router. */
function adopt(owner: RouterNode, raw: Value | undefined, site: CallSite, host: ModelHost): void {
  const value = settle(raw ?? list([]));
  if (value.t === 'list') {
    for (const item of value.items) adopt(owner, item, site, host);
  } else if (value.t === 'func') {
    known(host).used.add(value.fn);
    addFunction(owner, value, host);
  } else {
    const child = value.t === 'class' ? controller(value, site, host) : host.objectOf(value);
    if (child?.router && child.router !== owner) {
      host.addMount(owner, { child: child.router, prefix: EMPTY_PATH, place: site.place });
    }
  }
}

/** The routes of a controller, those that it inherits included. */
function controller(cls: ClassValue, site: CallSite, host: ModelHost): ObjectValue {
  known(host).used.add(cls);
  const path = host.lookup(cls, 'path');
  const own = hasText(path) ? { prefix: pathOf(path, parseLitestarPath) } : {};
  const made = host.router(litestar, 'controller', { kind: 'router', site, ...own });
  for (const name of host.namesOf(cls)) {
    const func = host.functionOf(host.lookup(cls, name) ?? list([]));
    if (func) addFunction(made.router, func, host);
  }
  return made;
}

function addFunction(router: RouterNode | null, func: FuncValue, host: ModelHost): void {
  if (!router) return;
  for (const { paths, methods, notes, value, site } of known(host).declared.get(func.fn) ?? []) {
    const handler = host.handler(value, site);
    for (const path of paths) host.addRoute(router, { methods, notes, path, handler, registration: site.place });
  }
}

/** Parses a path of Litestar. Examples: `/a/{id:int}` is `/a/{id}` with an integer; `{p:path}` is `{p*}`. */
function parseLitestarPath(text: string): Omit<PathPiece, 'notes'> {
  return parseNamedBraces(text, (spec) => {
    const type = TYPES[spec.trim()] ?? 'unknown';
    return type === 'path' ? { type, catchAll: true } : { type };
  });
}
