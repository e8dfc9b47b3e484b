import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import { settle, type CallSite, type ClassValue, type Value } from '../../evaluate/values';
import type { FrameworkModel, ModelHost } from '../model';

/** Classes of the workspace that serve routes themselves (Sinatra, Grape), with what holds them. */
export function rackApps(host: ModelHost): Map<ClassValue, RouterNode> {
  return host.state('rack apps', () => new Map<ClassValue, RouterNode>());
}

/** The router of an application class; made with those of its bases below it, whose routes it inherits. */
export function routerOfClass(model: FrameworkModel, cls: ClassValue, host: ModelHost): RouterNode {
  const apps = rackApps(host);
  const known = apps.get(cls);
  if (known) return known;
  const place = { file: cls.cls.file, line: cls.cls.line };
  const router = host.router(model, 'class', { kind: 'app', site: { args: [], place, isNew: false } })
    .router as RouterNode;
  apps.set(cls, router);
  for (const base of cls.bases) {
    const inherited = base.t === 'class' ? apps.get(base) : undefined;
    if (inherited) host.addMount(router, { child: inherited, prefix: EMPTY_PATH, place });
  }
  return router;
}

/** The router of something that is run or mounted: an application class, an object of it, or what a model made. */
export function routerOfApp(value: Value, host: ModelHost): RouterNode | undefined {
  const settled = settle(value);
  if (settled.t === 'class') return rackApps(host).get(settled);
  if (settled.t === 'instance') return rackApps(host).get(settled.cls);
  return host.objectOf(settled)?.router ?? undefined;
}

/** Puts an application below a router. False when it is not one of the workspace's. */
export function mountApp(parent: RouterNode, app: Value, prefix: PathPiece, site: CallSite, host: ModelHost): boolean {
  const child = routerOfApp(app, host);
  if (!child || child === parent) return child !== undefined;
  host.addMount(parent, { child, prefix, place: site.place });
  return true;
}

/** The block of a call. */
export function blockOf(site: CallSite): Value | undefined {
  return site.args.find(({ name }) => name === '&')?.value;
}

/** What stands without a name. */
export function plainArguments(site: CallSite): Value[] {
  return site.args.flatMap(({ name, value }) => (name === undefined ? [settle(value)] : []));
}

/** `key => value` pairs among the arguments, whose keys are no symbols. */
export function arrows(site: CallSite): { readonly key: Value; readonly value: Value }[] {
  return plainArguments(site).flatMap((given) => {
    if (given.t !== 'list') return [];
    const [mark, key, value] = given.items.map(settle);
    return mark?.t === 'str' && mark.text === '=>' && key && value ? [{ key, value }] : [];
  });
}
