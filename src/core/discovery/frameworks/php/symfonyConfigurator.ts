import type { RouterNode } from '../../graph';
import type { CallSite, ObjectValue, Value } from '../../evaluate/values';
import { methodNamed } from '../arguments';
import type { FrameworkModel, ModelHost, NewRoute } from '../model';
import { methodTexts, phpHandler, typedByHandler } from './phpHandlers';
import { symfonyPath, symfonyRequirements } from './symfonyPath';

/** What is being said of one route in a chain of calls. */
interface Pending {
  readonly router: RouterNode;
  readonly site: CallSite;
  readonly path: Value | undefined;
  readonly requirements: Map<string, string>;
  at: number;
  methods: string[];
  controller: Value | undefined;
}

/** `return function (RoutingConfigurator $routes) { ... }`. */
export function configuratorInstance(model: FrameworkModel, symbol: string, host: ModelHost): ObjectValue | undefined {
  if (!/(?:^|\.)RoutingConfigurator$/.test(symbol)) return undefined;
  return host.router(model, 'configurator', { kind: 'app' });
}

/** `$routes->add('name', '/path')->controller([C::class, 'm'])->methods(['GET'])`. */
export function callConfigurator(
  model: FrameworkModel,
  object: ObjectValue,
  name: string,
  site: CallSite,
  host: ModelHost,
): Value | undefined {
  const known = host.state('symfony pending', () => new Map<ObjectValue, Pending>());
  if (object.router && name === 'add') {
    const made = host.object(model, 'pending');
    const path = host.argument(site, 1, 'path');
    const { router } = object;
    const pending: Pending = {
      router,
      site,
      path,
      requirements: new Map(),
      at: -1,
      methods: [],
      controller: undefined,
    };
    known.set(made, pending);
    write(pending, host);
    return made;
  }
  const pending = known.get(object);
  if (!pending) return object.router ? object : undefined;
  const first = host.argument(site, 0, null);
  if (name === 'controller') pending.controller = first;
  else if (name === 'methods') pending.methods = methodTexts(first);
  else if (name === 'requirements')
    for (const [key, pattern] of symfonyRequirements(first)) pending.requirements.set(key, pattern);
  write(pending, host);
  return object;
}

/** Puts the route in its place, over what was known of it before. */
function write(pending: Pending, host: ModelHost): void {
  const { router, site, path, requirements } = pending;
  const { ref, func } = phpHandler(pending.controller, site, host);
  const piece = symfonyPath(path, requirements);
  const methods = pending.methods.flatMap((text) => methodNamed(text) ?? []);
  const route: NewRoute = {
    methods: methods.length > 0 ? methods : ['ANY'],
    path: { ...piece, parameters: typedByHandler(piece.parameters, func) },
    handler: ref,
    registration: site.place,
  };
  if (pending.at >= 0) router.routes.splice(pending.at, 1);
  host.addRoute(router, route);
  pending.at = router.routes.length - 1;
}
