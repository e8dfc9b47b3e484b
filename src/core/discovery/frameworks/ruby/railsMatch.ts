import type { EndpointMethod } from '../../../model/endpoint';
import { EMPTY_PATH, type HandlerRef, type PathPiece, type RouterNode } from '../../graph';
import { settle, textOf, type CallSite, type Value } from '../../evaluate/values';
import { methodNamed } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { arrows, mountApp, plainArguments } from './rackApps';
import { rackPath, requirementsIn } from './rackPath';
import { actionHandler, below, namesIn, slashedPiece, textArgument, type RailsScope } from './railsScope';
import { addOpaqueMount } from './sinatra';

/** `get 'x' => 'c#a'`, `match 'x', to: 'c#a', via: [:get, :post]`, `get :preview, on: :member`. */
export function addMatch(
  model: FrameworkModel,
  outer: RailsScope,
  verb: string,
  site: CallSite,
  host: ModelHost,
): void {
  const { methods, notes } = methodsOf(verb, site, host);
  const scope = placed(model, outer, textArgument(site, 'on', host), site, host);
  const pairs = arrows(site).map(({ key, value }) => ({ path: key, target: value }));
  const to = host.argument(site, null, 'to');
  const single = plainArguments(site)
    .filter((given) => given.t === 'str' || given.t === 'unknown')
    .map((path) => ({ path, target: to }));
  const requirements = new Map([
    ...scope.requirements,
    ...requirementsIn(host.argument(site, null, 'constraints')),
    ...namedPatterns(site),
  ]);
  for (const { path, target } of [...pairs, ...single]) {
    host.addRoute(scope.router, {
      methods,
      path: slashedPiece(rackPath(pathOption(site, host) ?? path, requirements)),
      handler: handlerOf(scope, path, target, site, host),
      registration: site.place,
      notes,
    });
  }
}

/** `root 'home#index'`, `root to: 'home#index'`. */
export function addRoot(scope: RailsScope, site: CallSite, host: ModelHost): void {
  const target = host.argument(site, null, 'to') ?? plainArguments(site)[0];
  host.addRoute(scope.router, {
    methods: ['GET'],
    path: { ...EMPTY_PATH, template: '/' },
    handler: handlerOf(scope, undefined, target, site, host),
    registration: site.place,
  });
}

/** `mount App => '/x'` and `mount App, at: '/x'`. What is not an application of the workspace is shown as a whole. */
export function addMounts(scope: RailsScope, site: CallSite, host: ModelHost): void {
  const at = host.argument(site, null, 'at');
  const plain = plainArguments(site).filter((given) => given.t !== 'list');
  const mounts = [
    ...arrows(site).map(({ key, value }) => ({ app: key, path: value })),
    ...(at ? plain.map((app) => ({ app, path: at })) : []),
  ];
  for (const { app, path } of mounts) {
    const piece = slashedPiece(rackPath(path));
    if (mountApp(scope.router, app, piece, site, host)) continue;
    addOpaqueMount(mountPoint(scope.router, piece, site, host), app, site, host);
  }
}

function mountPoint(parent: RouterNode, piece: PathPiece, site: CallSite, host: ModelHost): RouterNode {
  const model: Pick<FrameworkModel, 'id'> = { id: parent.framework };
  return below(model as FrameworkModel, parent, piece, site, host);
}

function pathOption(site: CallSite, host: ModelHost): Value | undefined {
  return host.argument(site, null, 'path');
}

/** `id: /\d+/` straight among the options. */
function namedPatterns(site: CallSite): [string, string][] {
  return site.args.flatMap(({ name, value }): [string, string][] => {
    const settled = settle(value);
    return name !== undefined && settled.t === 'regex' ? [[name, settled.source]] : [];
  });
}

function methodsOf(
  verb: string,
  site: CallSite,
  host: ModelHost,
): { methods: readonly EndpointMethod[]; notes: readonly string[] } {
  const own = methodNamed(verb);
  if (own) return { methods: [own], notes: [] };
  const via = namesIn(host.argument(site, null, 'via'));
  const methods = via.flatMap((name) => (name === 'all' ? [] : (methodNamed(name) ?? [])));
  return { methods: methods.length > 0 ? methods : ['ANY'], notes: [] };
}

/** Where a call belongs by `on:`, and by where it stands within a resource. */
function placed(
  model: FrameworkModel,
  scope: RailsScope,
  on: string | undefined,
  site: CallSite,
  host: ModelHost,
): RailsScope {
  const { resource } = scope;
  if (on === 'member') return { ...scope, level: 'member', router: resource?.member ?? scope.router };
  if (on === 'collection') return { ...scope, level: 'collection', router: resource?.collection ?? scope.router };
  if (on !== 'new') return scope;
  const parent = resource?.collection ?? scope.router;
  return { ...scope, level: 'new', router: below(model, parent, { ...EMPTY_PATH, template: '/new' }, site, host) };
}

function handlerOf(
  scope: RailsScope,
  path: Value | undefined,
  target: Value | undefined,
  site: CallSite,
  host: ModelHost,
): HandlerRef {
  const settled = target && settle(target);
  const here: HandlerRef = {
    name: 'anonymous',
    file: site.place.file,
    line: site.place.line,
    endLine: site.place.line,
  };
  if (settled && settled.t !== 'str') {
    if (host.functionOf(settled)) return host.handler(settled, site);
    if (settled.t === 'class') return host.handlerOfClass(settled);
    return { ...here, name: settled.t === 'unknown' ? settled.name.replace(/^.*\.|\(\)$/g, '') : 'anonymous' };
  }
  const given = settled ? textOf(settled).text : (textArgument(site, 'action', host) ?? impliedAction(scope, path));
  const option = textArgument(site, 'controller', host);
  const mark = given.indexOf('#');
  const left = mark < 0 ? undefined : given.slice(0, mark);
  const right = given.slice(mark + 1);
  const controller = left ?? option ?? scope.controller ?? scope.resource?.controller;
  if (controller === undefined) {
    // `get 'photos/show'` names both.
    const both = /^\/?([\w/]+)\/(\w+)$/.exec(given);
    if (!both) return { ...here, name: given };
    return actionHandler(inModule(scope, both[1] ?? '', site, host), both[2] ?? '', site, host);
  }
  return actionHandler(inModule(scope, controller, site, host), right, site, host);
}

function impliedAction(scope: RailsScope, path: Value | undefined): string {
  const text = path ? textOf(path).text.replace(/^\//, '') : '';
  return scope.resource || scope.controller !== null ? text.replaceAll('-', '_') : text;
}

/** The controller with the modules around it; a leading slash leaves them. */
function inModule(scope: RailsScope, controller: string, site: CallSite, host: ModelHost): string {
  if (controller.startsWith('/')) return controller.slice(1);
  const own = textArgument(site, 'module', host);
  return [scope.module, own ?? '', controller].filter(Boolean).join('/');
}
