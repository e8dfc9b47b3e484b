import type { EndpointMethod } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import { settle, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { lastName, pathOf } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { goHandler, goMethods, looksLikeRegistration, noteServing, served, verbOf } from './goHandlers';
import { joinSlashed, parseColonPath } from './goPaths';

/** How one of the routers with verbs and groups differs from the others. */
export interface GroupRouterSpec {
  readonly id: string;
  readonly packages: readonly string[];
  readonly prefilter: RegExp;
  /** Functions that make an application. */
  readonly creates: readonly string[];
  /** Types of applications and groups. */
  readonly types: readonly string[];
  /** Functions that make a handler of another one. */
  readonly converts: readonly string[];
  /** How the methods of verbs are written. */
  readonly verbs: RegExp;
  /** Methods that take every verb. */
  readonly any: readonly string[];
  /** Methods whose first argument is the verb, or a list of them. */
  readonly withMethod: readonly string[];
  /** Methods that make a group of a prefix; a function among their arguments is called with it. */
  readonly groups: readonly string[];
  /** Methods that put another application below a prefix. */
  readonly mounts: readonly string[];
  /** Which of several functions answers: the last, with middleware before it, or the first. */
  readonly handlerAt: 'first' | 'last';
  readonly join?: (prefix: string, path: string) => string;
}

/** A model of the routers that have a method per verb and groups: gin, echo, fiber, httprouter. */
export function groupRouter(spec: GroupRouterSpec): FrameworkModel {
  const isVerb = (name: string): boolean => spec.verbs.test(name) && verbOf(name) !== undefined;
  const model: FrameworkModel = {
    id: spec.id,
    languages: ['go'],
    packages: spec.packages,
    prefilter: spec.prefilter,
    registrars: [
      ...['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'].map((name) =>
        spec.verbs.test(name) ? name : name.charAt(0) + name.slice(1).toLowerCase(),
      ),
      ...[...spec.any, ...spec.withMethod, ...spec.groups, ...spec.mounts],
    ],
    join: spec.join ?? joinSlashed,

    callSymbol(symbol, site, host) {
      const name = lastName(symbol);
      if (spec.creates.includes(name)) return host.router(model, 'app', { kind: 'app', site });
      if (spec.converts.includes(name)) return site.args[0]?.value;
      return site.isNew && spec.types.includes(name) ? host.router(model, 'app', { kind: 'app', site }) : undefined;
    },

    callMethod(object, name, site, host) {
      noteServing(object, name, host);
      const { router } = object;
      if (!router) return undefined;
      const args = site.args.map(({ value }) => value);
      const [first, ...rest] = args;
      if (isVerb(name) && first) {
        add([verbOf(name) ?? 'ANY'], first, rest, { router, site, host, notes: [] });
        return object;
      }
      if (spec.any.includes(name) && first) {
        add(['ANY'], first, rest, { router, site, host, notes: [] });
        return object;
      }
      if (spec.withMethod.includes(name) && first && rest[0]) {
        const { methods, notes } = goMethods([first]);
        add(methods, rest[0], rest.slice(1), { router, site, host, notes });
        return object;
      }
      if (spec.groups.includes(name)) return group(model, object, args, site, host);
      if (spec.mounts.includes(name) && mount(router, args, site, host)) return object;
      return name === 'Use' ? object : undefined;
    },

    instanceOf(symbol, host) {
      if (!spec.types.includes(lastName(symbol))) return undefined;
      return host.router(model, 'app', { kind: 'app', isHandedIn: true });
    },

    recognise(receiver, name, site, host) {
      const isRegistration = (isVerb(name) || spec.any.includes(name)) && looksLikeRegistration(receiver, site, host);
      if (!isRegistration && !isGroup(name, site)) return undefined;
      return host.router(model, 'app', { kind: 'app', isHandedIn: true });
    },
  };

  function add(methods: readonly EndpointMethod[], path: Value, handlers: readonly Value[], at: At): void {
    const { router, site, host, notes } = at;
    const flat = handlers.flatMap(flatten);
    const handler = spec.handlerAt === 'first' ? flat[0] : flat[flat.length - 1];
    if (!handler) return;
    const registration = site.place;
    const piece = pathOf(path, parseColonPath);
    host.addRoute(router, { methods, path: piece, handler: goHandler(handler, site, host), registration, notes });
  }

  function isGroup(name: string, site: CallSite): boolean {
    const first = site.args[0] && settle(site.args[0].value);
    return spec.groups.includes(name) && first?.t === 'str' && first.text.startsWith('/');
  }

  return model;
}

interface At {
  readonly router: RouterNode;
  readonly site: CallSite;
  readonly host: ModelHost;
  readonly notes: readonly string[];
}

function group(
  model: FrameworkModel,
  object: ObjectValue,
  args: readonly Value[],
  site: CallSite,
  host: ModelHost,
): Value {
  const [first, ...rest] = args;
  const prefix: PathPiece = first ? pathOf(first, parseColonPath) : EMPTY_PATH;
  const child = host.router(model, 'group', { kind: 'router', site });
  if (object.router && child.router) host.addMount(object.router, { child: child.router, prefix, place: site.place });
  const body = rest.map((value) => host.functionOf(value)).find(Boolean);
  // A function that takes the group registers on it; any other is middleware.
  if (body && isGroupBody(model, body.fn.params[0]?.type)) host.call(body, [child], site);
  return child;
}

function isGroupBody(model: FrameworkModel, type: unknown): boolean {
  const name = typeof type === 'object' && type !== null && 'name' in type ? String(type.name) : '';
  return model.id === 'fiber' && name === 'Router';
}

function mount(router: RouterNode, args: readonly Value[], site: CallSite, host: ModelHost): boolean {
  const [first, ...rest] = args;
  const target = rest[rest.length - 1];
  const found = target && served(target, site, host);
  if (!first || !found || typeof found === 'string') return false;
  host.addMount(router, { child: found.router, prefix: pathOf(first, parseColonPath), place: site.place });
  return true;
}

function flatten(value: Value): Value[] {
  const settled = settle(value);
  return settled.t === 'list' ? settled.items.flatMap(flatten) : [settled];
}
