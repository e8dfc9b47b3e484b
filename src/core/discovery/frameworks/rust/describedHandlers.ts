import type { RouterNode } from '../../graph';
import type { FunctionIr } from '../../ir';
import { settle, type CallSite, type Value } from '../../evaluate/values';
import { lastName, methodNamed, pathOf } from '../arguments';
import type { ModelHost } from '../model';
import { addExtracted, parseRustPath } from './rustPaths';

/** What `#[utoipa::path(get, path = "/x")]` says above handlers, by function. */
function descriptions(host: ModelHost): Map<FunctionIr, CallSite> {
  return host.state('axum described', () => new Map<FunctionIr, CallSite>());
}

/** Keeps what an attribute said, until a router takes its function. */
export function describe(said: CallSite, handler: Value, host: ModelHost): void {
  const func = host.functionOf(handler);
  if (func) descriptions(host).set(func.fn, said);
}

/** `.routes(routes!(list, create))` of utoipa-axum: methods and paths are those that the handlers' attributes say. */
export function addDescribed(router: RouterNode, handlers: Value, site: CallSite, host: ModelHost): void {
  const settled = settle(handlers);
  for (const handler of settled.t === 'list' ? settled.items : []) {
    const func = host.functionOf(handler);
    const said = func && descriptions(host).get(func.fn);
    if (!said) continue;
    const named = said.args.filter(({ name }) => name === undefined).flatMap(({ value }) => methodSaid(value) ?? []);
    const path = pathOf(host.argument(said, null, 'path'), parseRustPath);
    addExtracted(router, named.length > 0 ? named : ['ANY'], path, handler, site, host);
  }
}

/** A handler may itself be called `get`. */
function methodSaid(value: Value): ReturnType<typeof methodNamed> {
  const settled = settle(value);
  if (settled.t === 'func') return methodNamed(settled.fn.name);
  return settled.t === 'symbol' ? methodNamed(lastName(settled.path)) : undefined;
}
