import { EMPTY_PATH } from '../../graph';
import { settle, type Value } from '../../evaluate/values';
import { lastName, methodsOf, pathOf } from '../arguments';
import { joinSlash } from '../joins';
import type { FrameworkModel } from '../model';
import { decorator } from './decorator';
import { parseRule } from './flask';

/** Vibora: applications and blueprints with any number of prefixes. Written after its documentation. */
export const vibora: FrameworkModel = {
  id: 'vibora',
  languages: ['python'],
  packages: ['vibora'],
  prefilter: /\bvibora\b/,
  registrars: ['route', 'add_blueprint', 'add_route', 'Vibora', 'Blueprint'],
  join: joinSlash,

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    if (name === 'Vibora') return host.router(vibora, 'app', { kind: 'app', site });
    return name === 'Blueprint' ? host.router(vibora, 'blueprint', { kind: 'router', site }) : undefined;
  },

  callMethod(object, name, site, host) {
    const { router } = object;
    if (!router) return undefined;
    if (name === 'add_blueprint') {
      const child = host.objectOf(host.argument(site, 0, 'blueprint') ?? object)?.router;
      if (!child || child === router) return undefined;
      for (const prefix of prefixesOf(host.argument(site, 1, 'prefixes'))) {
        const piece = prefix === undefined ? EMPTY_PATH : pathOf(prefix, parseRule);
        host.addMount(router, { child, prefix: piece, place: site.place });
      }
      return undefined;
    }
    if (name !== 'route') return undefined;
    return decorator(name, (target, applied) => {
      host.addRoute(router, {
        ...methodsOf(host.argument(site, 1, 'methods'), ['GET']),
        path: pathOf(host.argument(site, 0, 'pattern'), parseRule),
        handler: host.handler(target, applied),
        registration: applied.place,
      });
    });
  },
};

/** `prefixes={'v1': '/v1', '': '/'}`: the blueprint stands below each. */
function prefixesOf(given: Value | undefined): (Value | undefined)[] {
  const settled = given && settle(given);
  return settled?.t === 'dict' && settled.entries.size > 0 ? [...settled.entries.values()] : [undefined];
}
