import type { EndpointMethod } from '../../../model/endpoint';
import { EMPTY_PATH, type RouterNode } from '../../graph';
import type { FunctionIr } from '../../ir';
import { list, settle, str, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import { methodNamed } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';

/** A handler with a route in an attribute above it, which something else registers. */
export interface Marked {
  readonly router: RouterNode;
}

/** The handlers with routes in attributes, by function. */
function markedHandlers(model: FrameworkModel, host: ModelHost): Map<FunctionIr, Marked[]> {
  return host.state(`${model.id} marked`, () => new Map<FunctionIr, Marked[]>());
}

/** The attribute as a value that is applied to its function. Undefined when the name is no method. */
export function attributeOf(
  model: FrameworkModel,
  macro: string,
  site: CallSite,
  host: ModelHost,
): ObjectValue | undefined {
  const name = macro.replace(/!$/, '');
  const args = site.args.filter((arg) => arg.name === undefined).map(({ value }) => value);
  if (methodNamed(name) && args[0]) {
    return host.object(model, 'attribute', [
      ['methods', list([str(name.toUpperCase())])],
      ['path', args[0]],
    ]);
  }
  if (name !== 'route') return undefined;
  const named = (wanted: string): Value[] => site.args.filter((arg) => arg.name === wanted).map(({ value }) => value);
  // actix: `#[route("/x", method = "GET")]`; Rocket: `#[route(GET, uri = "/x")]`.
  const path = named('uri')[0] ?? args.find((one) => settle(one).t === 'str');
  const methods = [...named('method'), ...args.filter((one) => one !== path && settle(one).t === 'symbol')];
  if (!path) return undefined;
  return host.object(model, 'attribute', [
    ['methods', list(methods.map(methodText))],
    ['path', path],
  ]);
}

function methodText(value: Value): Value {
  const settled = settle(value);
  return settled.t === 'symbol' ? str(settled.path.replace(/^.*\./, '').toUpperCase()) : value;
}

/** Applies an attribute: the handler gets a router of its own, which stays without a place until something mounts it. */
export function mark(
  model: FrameworkModel,
  handler: Value,
  host: ModelHost,
  write: (router: RouterNode) => void,
  site: CallSite,
): void {
  const func = host.functionOf(handler);
  const { router } = host.router(model, 'marked', { kind: 'router', site });
  if (!func || !router) return;
  const marked = markedHandlers(model, host);
  marked.set(func.fn, [...(marked.get(func.fn) ?? []), { router }]);
  write(router);
}

/** Mounts what a value stands for: a marked handler, a list of them, or one of several lists. True when there was one. */
export function mountMarked(
  model: FrameworkModel,
  value: Value,
  parent: RouterNode,
  site: CallSite,
  host: ModelHost,
  prefix = EMPTY_PATH,
): boolean {
  const settled = settle(value);
  if (settled.t === 'list') {
    return settled.items.map((item) => mountMarked(model, item, parent, site, host, prefix)).some(Boolean);
  }
  if (settled.t === 'union') {
    return settled.options.map((one) => mountMarked(model, one, parent, site, host, prefix)).some(Boolean);
  }
  const func = host.functionOf(settled);
  const found = func ? (markedHandlers(model, host).get(func.fn) ?? []) : [];
  for (const { router } of found) host.addMount(parent, { child: router, prefix, place: site.place });
  return found.length > 0;
}

/** The methods that an attribute names. */
export function attributeMethods(attribute: ObjectValue): EndpointMethod[] {
  const given = attribute.attrs.get('methods');
  const items = given?.t === 'list' ? given.items : [];
  const methods = items.flatMap((item) => (item.t === 'str' ? (methodNamed(item.text) ?? []) : []));
  return methods.length > 0 ? methods : ['ANY'];
}
