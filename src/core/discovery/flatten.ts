import { HTTP_METHODS, type Endpoint, type EndpointMethod, type Parameter, type PrefixStep } from '../model/endpoint';
import { isTestFile } from './files';
import type { FrameworkModel } from './frameworks/model';
import { HOLE, type MountFact, type PathPiece, type Place, type RouteFact, type RouterNode } from './graph';
import type { FunctionIr } from './ir';

/** More endpoints than any application has; a router mounted on many others multiplies. */
const ENDPOINT_LIMIT = 50_000;
const DEPTH_LIMIT = 20;

const METHOD_ORDER: readonly string[] = [...HTTP_METHODS, 'ANY'];

interface Link {
  readonly prefix: PathPiece;
  readonly place: Place;
  readonly version: PathPiece | null;
  /** Told apart from others of the same place, so that a ring of mounts ends. */
  readonly via?: MountFact;
}

interface Walk {
  readonly models: ReadonlyMap<string, FrameworkModel>;
  readonly mounts: (node: RouterNode) => readonly MountFact[];
  readonly isLive: (trial: FunctionIr | null) => boolean;
  readonly found: Endpoint[];
  readonly seen: Set<string>;
}

/**
 * Follows every mount from the routers that are mounted nowhere and writes one endpoint per route, method and way to reach
 * it, in no order and without ids. `wasCalled` tells which functions turned out to have callers: what they registered on trial
 * does not count.
 */
export function flattenRoutes(
  routers: readonly RouterNode[],
  models: readonly FrameworkModel[],
  wasCalled: (fn: FunctionIr) => boolean,
): Endpoint[] {
  const isLive = (trial: FunctionIr | null): boolean => trial === null || !wasCalled(trial);
  const live = routers.filter((router) => isLive(router.trial));
  const mounts = (node: RouterNode): readonly MountFact[] => node.mounts.filter(({ trial }) => isLive(trial));
  const children = new Set(live.flatMap((router) => mounts(router).map(({ child }) => child)));
  const walk: Walk = {
    models: new Map(models.map((model) => [model.id, model])),
    mounts,
    isLive,
    found: [],
    seen: new Set(),
  };
  const reached = new Set<RouterNode>();
  for (const root of live.filter((router) => !children.has(router))) {
    visit(walk, root, [{ prefix: root.prefix, place: root.place, version: root.version }], rootNotes(root), reached, 0);
  }
  // Routers that mount each other in a ring have no root.
  for (const lost of live.filter((router) => !reached.has(router))) {
    visit(walk, lost, [{ prefix: lost.prefix, place: lost.place, version: lost.version }], rootNotes(lost), reached, 0);
  }
  return walk.found;
}

function rootNotes(root: RouterNode): readonly string[] {
  if (root.isHandedIn) return ['The router is handed in by a caller that was not found; a prefix may be missing.'];
  if (root.kind === 'router') return ['No place was found where this router is mounted; a prefix may be missing.'];
  return [];
}

function visit(
  walk: Walk,
  node: RouterNode,
  chain: readonly Link[],
  notes: readonly string[],
  reached: Set<RouterNode>,
  depth: number,
): void {
  reached.add(node);
  if (depth > DEPTH_LIMIT || walk.found.length > ENDPOINT_LIMIT) return;
  for (const route of node.routes) if (walk.isLive(route.trial)) addEndpoints(walk, node, route, chain, notes);
  for (const mount of walk.mounts(node)) {
    const { child, prefix, place, replacesOwn } = mount;
    const own: Link[] = replacesOwn ? [] : [{ prefix: child.prefix, place: child.place, version: null }];
    const next = [...chain, { prefix, place, version: child.version ?? mount.version ?? null, via: mount }, ...own];
    if (chain.filter(({ via }) => via === mount).length < 2) visit(walk, child, next, notes, reached, depth + 1);
  }
}

function addEndpoints(
  walk: Walk,
  node: RouterNode,
  route: RouteFact,
  chain: readonly Link[],
  rootNotesOfChain: readonly string[],
): void {
  const model = walk.models.get(node.framework);
  if (!model || isBlank(route, chain, rootNotesOfChain)) return;
  const version = route.version ?? [...chain].reverse().find((link) => link.version)?.version ?? null;
  const links = chain.filter(({ prefix }) => prefix.template !== '');
  const pieces = [...(version ? [version] : []), ...links.map(({ prefix }) => prefix), route.path];
  let template = pieces.reduce((path, piece) => model.join(path, piece.template), '');
  if (!template.startsWith('/')) template = template.startsWith(HOLE) ? template : `/${template}`;
  const path = (model.normalise?.(template) ?? template).replaceAll(HOLE, '{…}');
  const prefixes: PrefixStep[] = links.map(({ prefix, place }) => {
    return { prefix: prefix.template.replaceAll(HOLE, '{…}'), file: place.file, line: place.line };
  });
  const inPath = pieces.flatMap((piece) => piece.parameters);
  const query = route.query.filter(({ name }) => !inPath.some((parameter) => parameter.name === name));
  const notes = [...new Set([...pieces.flatMap((piece) => piece.notes), ...route.notes, ...rootNotesOfChain])];
  const { handler, registration } = route;
  for (const method of [...new Set(route.methods)]) {
    const key = `${method} ${path} ${handler.file}:${handler.line}:${registration.line}`;
    if (walk.seen.has(key)) continue;
    walk.seen.add(key);
    walk.found.push({
      id: '',
      method,
      path,
      parameters: uniqueByName([...inPath, ...query]),
      file: handler.file,
      line: handler.line,
      registrationLine: registration.file === handler.file ? registration.line : handler.line,
      endLine: handler.endLine,
      handler: handler.name,
      framework: node.framework,
      prefixes,
      notes,
      isTest: route.isTest ?? (isTestFile(handler.file) || isTestFile(registration.file)),
    });
  }
}

/** Code that registers whatever it is handed on whatever it is handed: neither path nor handler nor router is known. */
function isBlank(route: RouteFact, chain: readonly Link[], notes: readonly string[]): boolean {
  const { path, handler, registration } = route;
  if (path.template !== HOLE || notes.length === 0 || chain.some(({ prefix }) => prefix.template !== '')) return false;
  return handler.file === registration.file && handler.line === registration.line && handler.endLine === handler.line;
}

function uniqueByName(parameters: readonly Parameter[]): Parameter[] {
  return [...new Map(parameters.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter])).values()];
}

function byPlace(a: Endpoint, b: Endpoint): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  if (a.line !== b.line) return a.line - b.line;
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return methodRank(a.method) - methodRank(b.method);
}

function methodRank(method: EndpointMethod): number {
  return METHOD_ORDER.indexOf(method);
}

/** Sorts by file and line and gives every endpoint its id. */
export function orderEndpoints(endpoints: readonly Endpoint[]): Endpoint[] {
  const counts = new Map<string, number>();
  return [...endpoints].sort(byPlace).map((endpoint) => {
    const id = `${endpoint.method} ${endpoint.path} ${endpoint.file}`;
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    return { ...endpoint, id: count === 1 ? id : `${id}~${count}` };
  });
}
