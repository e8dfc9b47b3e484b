import type { Parameter } from '../../../model/endpoint';
import type { HandlerRef } from '../../graph';
import { settle, textOf, type CallSite, type ClassValue, type FuncValue, type Value } from '../../evaluate/values';
import type { ModelHost } from '../model';

/** A handler and, when it is known, its function. */
export interface PhpHandler {
  readonly ref: HandlerRef;
  readonly func: FuncValue | undefined;
}

/**
 * The function behind a handler as PHP frameworks take them.
 *
 * Examples: `[UserController::class, 'show']`, `'UserController@show'` and `'UserController:show'` are the method; a class
 * alone is its `__invoke`; in a group with a controller, `'show'` is a method of it.
 */
export function phpHandler(
  value: Value | undefined,
  site: CallSite,
  host: ModelHost,
  options: { readonly namespaces?: readonly string[]; readonly controller?: Value | null } = {},
): PhpHandler {
  const settled = value && settle(value);
  const { file, line } = site.place;
  if (!settled) return { ref: { name: 'anonymous', file, line, endLine: line }, func: undefined };
  if (settled.t === 'list') {
    const [owner, method] = settled.items.map(settle);
    if (owner && method?.t === 'str') return methodHandler(owner, method.text, site, host);
  }
  if (settled.t === 'str') {
    const [, owner, method] = /^\\?([\w\\.]+)(?:@|::?)(\w+)$/.exec(settled.text) ?? [];
    if (owner !== undefined && method !== undefined) {
      return methodHandler(classNamed(owner, site, host, options.namespaces ?? []), method, site, host);
    }
    if (options.controller) return methodHandler(options.controller, settled.text, site, host);
    return methodHandler(classNamed(settled.text, site, host, options.namespaces ?? []), '__invoke', site, host);
  }
  if (settled.t === 'class' || settled.t === 'symbol') return methodHandler(settled, '__invoke', site, host);
  return { ref: host.handler(settled, site), func: host.functionOf(settled) };
}

function classNamed(name: string, site: CallSite, host: ModelHost, namespaces: readonly string[]): Value {
  const dotted = name.replaceAll('\\', '.').replace(/^\./, '');
  for (const space of ['', ...namespaces]) {
    const found = host.declared('php', space === '' ? dotted : `${space}.${dotted}`, site.place.file);
    if (found) return found;
  }
  return { t: 'symbol', path: dotted };
}

function methodHandler(owner: Value, method: string, site: CallSite, host: ModelHost): PhpHandler {
  const { file, line } = site.place;
  const cls: ClassValue | undefined = owner.t === 'class' ? owner : owner.t === 'instance' ? owner.cls : undefined;
  if (!cls) {
    const shown = owner.t === 'symbol' ? owner.path.slice(owner.path.lastIndexOf('.') + 1) : 'an expression';
    return { ref: { name: `${shown}.${method}`, file, line, endLine: line }, func: undefined };
  }
  const found = host.lookup(cls, method);
  const func = found && host.functionOf(found);
  if (func) return { ref: host.handler(func, site), func };
  return { ref: { ...host.handlerOfClass(cls), name: `${cls.cls.name}.${method}` }, func: undefined };
}

/** Path parameters get the type that the handler's signature declares. */
export function typedByHandler(parameters: readonly Parameter[], func: FuncValue | undefined): Parameter[] {
  return parameters.map((parameter) => {
    if (parameter.type !== 'string' || !func) return parameter;
    const param = func.fn.params.find(({ target }) => target.k === 'name' && target.name === `$${parameter.name}`);
    const type = param?.type?.k === 'name' ? param.type.name : '';
    if (type === 'int') return { ...parameter, type: 'integer' };
    if (type === 'float') return { ...parameter, type: 'number' };
    if (type === 'bool') return { ...parameter, type: 'boolean' };
    return /(?:^|\.)(?:Uuid|UuidV\d|UuidInterface)$/.test(type) ? { ...parameter, type: 'uuid' } : parameter;
  });
}

/** Names of methods in one text or a list. Examples: `'GET|POST'` and `['get', 'post']` are both. */
export function methodTexts(value: Value | undefined): string[] {
  const settled = value && settle(value);
  if (!settled) return [];
  const items = settled.t === 'list' ? settled.items : settled.t === 'dict' ? [...settled.entries.values()] : [settled];
  return items.flatMap((item) => textOf(item).text.split('|')).map((text) => text.trim().toUpperCase());
}
