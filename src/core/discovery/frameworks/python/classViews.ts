import type { HttpMethod } from '../../../model/endpoint';
import type { HandlerRef } from '../../graph';
import type { CallSite, ClassValue } from '../../evaluate/values';
import { methodNamed } from '../arguments';
import type { ModelHost } from '../model';

const VIEW_METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'];

/**
 * The methods that a class answers by functions of their names, its bases in the workspace included. `nameOf` says how the
 * function for a method is called.
 *
 * Examples: a class with `get` and `post` gives GET and POST; with `(name) => 'on_' + name` it is `on_get`.
 */
export function methodsOfClass(
  cls: ClassValue,
  site: CallSite,
  host: ModelHost,
  nameOf: (method: string) => string = (method) => method,
): { readonly methods: readonly HttpMethod[]; readonly handler: HandlerRef }[] {
  const names = new Set(host.namesOf(cls));
  return VIEW_METHODS.flatMap((name) => {
    const method = methodNamed(name);
    const view = names.has(nameOf(name)) ? host.lookup(cls, nameOf(name)) : undefined;
    return method && view ? [{ methods: [method], handler: host.handler(view, site) }] : [];
  });
}
