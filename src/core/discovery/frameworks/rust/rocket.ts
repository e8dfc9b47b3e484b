import type { Parameter } from '../../../model/endpoint';
import type { PathPiece } from '../../graph';
import { concat, settle, textOf, type ObjectValue, type Value } from '../../evaluate/values';
import type { FuncValue } from '../../evaluate/values';
import { lastName, pathOf } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { attributeMethods, attributeOf, mark, mountMarked } from './attributes';
import { joinNested, optionOf, rustType } from './rustPaths';

/** With `#[macro_use] extern crate rocket` these are seen in every module. */
const GLOBAL = ['get', 'post', 'put', 'delete', 'patch', 'head', 'options', 'route'].flatMap((name) => [
  name,
  `${name}!`,
]);

/** Rocket: attributes, lists of routes mounted at a base, and fairings that mount. */
export const rocket: FrameworkModel = {
  id: 'rocket',
  languages: ['rust'],
  packages: ['rocket', 'rocket_okapi', ...GLOBAL],
  prefilter: /\brocket\b|\broutes!\[/,
  registrars: ['mount', 'attach'],
  join: joinNested,

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    if (GLOBAL.includes(symbol) && !site.place.file.endsWith('.rs')) return undefined;
    if (/\brocket\.(?:Rocket\.)?(?:build|custom|ignite)$/.test(symbol)) {
      return host.router(rocket, 'app', { kind: 'app', site });
    }
    if (/\bAdHoc\.(?:try_)?on_(?:ignite|attach)$/.test(symbol)) {
      const body = site.args[site.args.length - 1]?.value;
      return body && host.object(rocket, 'fairing', [['body', body]]);
    }
    return attributeOf(rocket, name, site, host);
  },

  callMethod(object, name, site, host) {
    const [first, second] = site.args.map(({ value }) => value);
    if (object.type === 'attribute') {
      if (name !== '()' || !first) return undefined;
      const { path, query } = routeOf(object, first, host);
      const handler = host.handler(first, site);
      const methods = attributeMethods(object);
      mark(
        rocket,
        first,
        host,
        (router) => host.addRoute(router, { methods, path, handler, registration: site.place, query }),
        site,
      );
      return undefined;
    }
    if (!object.router) return undefined;
    if (name === 'mount' && first && second) {
      mountMarked(
        rocket,
        second,
        object.router,
        site,
        host,
        pathOf(wholeText(first), (text) => ({ template: text, parameters: [] })),
      );
    }
    const body = name === 'attach' && first ? host.objectOf(first)?.attrs.get('body') : undefined;
    if (body) host.call(body, [object], site);
    return object;
  },

  instanceOf(symbol, host) {
    if (lastName(symbol) !== 'Rocket') return undefined;
    return host.router(rocket, 'app', { kind: 'app', isHandedIn: true });
  },
};

/** `[base, "/api"].concat()` is one text. */
function wholeText(value: Value): Value {
  const settled = settle(value);
  return settled.t === 'list' ? concat(settled.items) : settled;
}

/** Examples: `/a/<id>/<rest..>?<q>&fixed=1&<all..>` is `/a/{id}/{rest*}` with the query parameter `q`. */
function routeOf(
  attribute: ObjectValue,
  handler: Value,
  host: ModelHost,
): { readonly path: PathPiece; readonly query: readonly Parameter[] } {
  const { text, notes } = textOf(attribute.attrs.get('path') ?? handler);
  const [before = '', after = ''] = text.split('?');
  const func = host.functionOf(handler);
  const parameters: Parameter[] = [];
  const template = before.replace(/<([\w-]+)(\.\.)?>/g, (_whole, name: string, dots?: string) => {
    const own = { name, in: 'path' as const, required: true };
    if (dots === undefined) parameters.push({ ...own, type: rustType(typeOf(func, name)) });
    else parameters.push({ ...own, type: 'path', catchAll: true });
    return dots === undefined ? `{${name}}` : `{${name}*}`;
  });
  const query = [...after.matchAll(/<([\w-]+)>/g)].map(([, name = '']): Parameter => {
    return { name, in: 'query', type: rustType(typeOf(func, name)), required: !isOptional(func, name) };
  });
  return { path: { template, parameters, notes }, query };
}

function paramOf(func: FuncValue | undefined, name: string): FuncValue['fn']['params'][number] | undefined {
  return func?.fn.params.find(({ target }) => target.k === 'name' && target.name === name);
}

function typeOf(func: FuncValue | undefined, name: string): FuncValue['fn']['params'][number]['type'] {
  return paramOf(func, name)?.type;
}

function isOptional(func: FuncValue | undefined, name: string): boolean {
  const type = typeOf(func, name);
  return optionOf(type) !== undefined;
}
