import { EMPTY_PATH, type HandlerRef, type PathPiece, type RouterNode } from '../../graph';
import { settle, textOf, type CallSite, type FuncValue, type ObjectValue, type Value } from '../../evaluate/values';
import type { FrameworkModel, ModelHost } from '../model';
import { declaredRubyNames } from '../../languages/ruby/declares';
import { camelized } from '../inflections';

/** Where a call in `routes.rb` stands. */
export interface RailsScope {
  readonly router: RouterNode;
  /** Module of controllers, with slashes: `admin/v1`. */
  readonly module: string;
  readonly controller: string | null;
  /** Requirements of parameters. */
  readonly requirements: ReadonlyMap<string, string>;
  /** Set within a resource. */
  readonly resource: RailsResource | null;
  /** What is around the outermost resource: where member routes of shallow resources go. */
  readonly base: RouterNode;
  readonly isShallow: boolean;
  readonly level: 'top' | 'nested' | 'member' | 'collection' | 'new';
  readonly pathNames: ReadonlyMap<string, string>;
  readonly concerns: Map<string, Value>;
}

export interface RailsResource {
  readonly controller: string;
  readonly collection: RouterNode;
  readonly member: RouterNode;
}

/** The scopes of mapper objects. */
export function railsScopes(host: ModelHost): Map<ObjectValue, RailsScope> {
  return host.state('rails scopes', () => new Map<ObjectValue, RailsScope>());
}

/** A mapper for a scope that differs in some ways. */
export function mapper(model: FrameworkModel, scope: RailsScope, host: ModelHost): ObjectValue {
  const object = host.object(model, 'mapper');
  railsScopes(host).set(object, scope);
  return object;
}

/** A router below another under a path. An empty path needs none of its own. */
export function below(
  model: FrameworkModel,
  parent: RouterNode,
  prefix: PathPiece,
  site: CallSite,
  host: ModelHost,
): RouterNode {
  if (prefix.template === '') return parent;
  const child = host.router(model, 'scope', { kind: 'router', site }).router as RouterNode;
  host.addMount(parent, { child, prefix, place: site.place });
  return child;
}

/** A path with one slash before it; empty for none. */
export function slashedPiece(piece: PathPiece): PathPiece {
  const bare = piece.template.replace(/^\/+|\/+$/g, '');
  return bare === '' ? { ...EMPTY_PATH, notes: piece.notes } : { ...piece, template: `/${bare}` };
}

/** The text of a named option; undefined where it is missing or no text that is known. */
export function textArgument(site: CallSite, name: string, host: ModelHost): string | undefined {
  const value = host.argument(site, null, name);
  return value?.t === 'str' ? value.text : undefined;
}

/** Names in an option that takes one or several. */
export function namesIn(value: Value | undefined): string[] {
  const settled = value && settle(value);
  if (!settled) return [];
  return settled.t === 'list' ? settled.items.map((item) => textOf(item).text) : [textOf(settled).text];
}

/** The action of a controller; where its class is, or the route, when there is no such method. */
export function actionHandler(controller: string, action: string, site: CallSite, host: ModelHost): HandlerRef {
  const cls = controllerClass(controller, site, host);
  if (!cls) {
    const { file, line } = site.place;
    return { name: `${controller}#${action}`, file, line, endLine: line };
  }
  const found = host.lookup(cls, action);
  const func: FuncValue | undefined = found && host.functionOf(found);
  if (func) return host.handler(func, site);
  return { ...host.handlerOfClass(cls), name: `${cls.cls.name}.${action}` };
}

function controllerClass(controller: string, site: CallSite, host: ModelHost) {
  const name = `${camelized(controller)}Controller`;
  const found = host.declared('ruby', name, site.place.file) ?? byFile(controller, site, host);
  return found?.t === 'class' ? found : undefined;
}

/** Acronyms (`APIController`) are not known; the file's place is. */
function byFile(controller: string, site: CallSite, host: ModelHost): Value | undefined {
  const ending = `app/controllers/${controller}_controller.rb`;
  for (const file of host.files.names()) {
    if (file !== ending && !file.endsWith(`/${ending}`)) continue;
    const name = declaredRubyNames(host.files.text(file) ?? '').find((one) => one.endsWith('Controller'));
    return name === undefined ? undefined : host.declared('ruby', name, site.place.file);
  }
  return undefined;
}
