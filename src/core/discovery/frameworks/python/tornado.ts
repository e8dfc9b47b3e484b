import { EMPTY_PATH, type RouterNode } from '../../graph';
import {
  list,
  settle,
  textOf,
  type CallSite,
  type ClassValue,
  type ObjectValue,
  type Value,
} from '../../evaluate/values';
import { lastName } from '../arguments';
import { joinPlain } from '../joins';
import type { FrameworkModel, ModelHost } from '../model';
import { parseRegexPath } from '../regexPath';
import { methodsOfClass } from './classViews';

/** Classes of Tornado that serve files or sockets rather than a route. */
const NO_ROUTE = /^(?:StaticFileHandler|FallbackHandler|WebSocketHandler)$/;

/** Tornado: handler lists of applications and routers, with handler classes. */
export const tornado: FrameworkModel = {
  id: 'tornado',
  languages: ['python'],
  packages: ['tornado'],
  prefilter: /\btornado\b|\bRequestHandler\b/,
  registrars: ['Application', 'add_handlers', 'URLSpec', 'RuleRouter', 'Rule'],
  join: joinPlain,

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    if (name === 'Application' && symbol.startsWith('tornado.web')) {
      return withRules('app', 'app', host.argument(site, 0, 'handlers'), site, host);
    }
    if (/^(?:ReversibleRuleRouter|RuleRouter)$/.test(name)) {
      return withRules('rules', 'app', host.argument(site, 0, 'rules'), site, host);
    }
    if (name === 'URLSpec' || name === 'url') {
      const spec = [host.argument(site, 0, 'pattern'), host.argument(site, 1, 'handler')].map((one) => one ?? list([]));
      return withRules('rule', 'router', list([list(spec)]), site, host);
    }
    if (name === 'Rule') {
      const spec = [host.argument(site, 0, 'matcher'), host.argument(site, 1, 'target')].map((one) => one ?? list([]));
      return withRules('rule', 'router', list([list(spec)]), site, host);
    }
    return name === 'PathMatches' ? host.argument(site, 0, 'path_pattern') : undefined;
  },

  callMethod(object, name, site, host) {
    if (!object.router) return undefined;
    if (name === 'add_handlers') addRules(object.router, host.argument(site, 1, 'host_handlers'), site, host);
    if (name === 'add_rules') addRules(object.router, host.argument(site, 0, 'rules'), site, host);
    return undefined;
  },

  conclude(host, files) {
    // Lists of handlers that a program reads by a name of its own still are routes somewhere.
    for (const file of files) {
      if (file.endsWith('.py') && /\bHandler\b|Handler[,)\]\s]/.test(host.text(file) ?? '')) addLooseLists(file, host);
    }
  },

  instanceOf(symbol, host) {
    return symbol === 'tornado.web.Application'
      ? host.router(tornado, 'app', { kind: 'app', isHandedIn: true })
      : undefined;
  },
};

/** Handler classes that an application was seen to take. */
function usedHandlers(host: ModelHost): Set<ClassValue> {
  return host.state('tornado used handlers', () => new Set<ClassValue>());
}

function addLooseLists(file: string, host: ModelHost): void {
  const used = usedHandlers(host);
  const before = new Set(used);
  for (const name of host.namesOfModule(file, 'own')) {
    const rules = settle(host.variable(file, name, file) ?? list([]));
    if (rules.t !== 'list' || !rules.items.some((item) => isLooseRule(settle(item), file, before, host))) continue;
    const site: CallSite = { args: [], place: { file, line: 1 }, isNew: false };
    withRules('loose', 'router', rules, site, host);
  }
}

/** `(pattern, handler)` that was not taken yet, with a handler of Tornado. */
function isLooseRule(rule: Value, file: string, used: ReadonlySet<ClassValue>, host: ModelHost): boolean {
  const [pattern, target] = rule.t === 'list' ? rule.items.map(settle) : [];
  if (pattern?.t !== 'str' || target?.t !== 'class' || used.has(target)) return false;
  return target.cls.file === file && host.extends(target, (symbol) => symbol.startsWith('tornado.'));
}

function withRules(
  type: string,
  kind: 'app' | 'router',
  rules: Value | undefined,
  site: CallSite,
  host: ModelHost,
): ObjectValue {
  const object = host.router(tornado, type, { kind, site });
  if (object.router) addRules(object.router, rules, site, host);
  return object;
}

/** A list of `(pattern, handler, ...)` and of rules made elsewhere. */
function addRules(router: RouterNode, raw: Value | undefined, site: CallSite, host: ModelHost): void {
  const rules = settle(raw ?? list([]));
  if (rules.t !== 'list') return;
  for (const item of rules.items) {
    const rule = settle(item);
    const made = host.objectOf(rule)?.router;
    if (made && made !== router) host.addMount(router, { child: made, prefix: EMPTY_PATH, place: made.place });
    const [pattern, target] = rule.t === 'list' ? rule.items : [];
    if (pattern && target) addRule(router, settle(pattern), settle(target), site, host);
  }
}

function addRule(router: RouterNode, pattern: Value, target: Value, site: CallSite, host: ModelHost): void {
  const inner = host.objectOf(target)?.router;
  if (inner) {
    // A rule that leads to a router says which paths go there; the router sees them whole.
    if (inner !== router) host.addMount(router, { child: inner, prefix: EMPTY_PATH, place: site.place });
    return;
  }
  if (target.t === 'list') {
    addRules(router, target, site, host);
    return;
  }
  const { text, notes } = textOf(pattern);
  const piece = parseRegexPath(text);
  const path = { ...piece, notes: [...notes, ...piece.notes] };
  const cls = target.t === 'str' ? classByName(target.text, site, host) : target;
  if (cls?.t === 'symbol') {
    if (NO_ROUTE.test(lastName(cls.path))) return;
    host.addRoute(router, { methods: ['GET'], path, handler: host.handler(cls, site), registration: site.place });
    return;
  }
  if (cls?.t !== 'class' || host.extends(cls, (symbol) => NO_ROUTE.test(lastName(symbol)))) return;
  usedHandlers(host).add(cls);
  for (const one of methodsOfClass(cls, site, host)) host.addRoute(router, { ...one, path, registration: site.place });
}

/** `(r"/x", "app.handlers.X")`. */
function classByName(name: string, site: CallSite, host: ModelHost): ClassValue | undefined {
  const dot = name.lastIndexOf('.');
  const module = dot > 0 ? host.module(name.slice(0, dot), site.place.file) : undefined;
  const found = module && settle(host.member(module, name.slice(dot + 1)));
  return found?.t === 'class' ? found : undefined;
}
