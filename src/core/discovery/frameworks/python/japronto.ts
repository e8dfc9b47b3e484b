import { lastName, methodsOf, pathOf } from '../arguments';
import { joinPlain } from '../joins';
import type { FrameworkModel } from '../model';
import { parseNamedBraces } from './bracePattern';

/** Japronto: routes added to the router of an application, which answer every method unless told. After its documentation. */
export const japronto: FrameworkModel = {
  id: 'japronto',
  languages: ['python'],
  packages: ['japronto'],
  prefilter: /\bjapronto\b/,
  registrars: ['add_route', 'Application'],
  join: joinPlain,

  callSymbol(symbol, site, host) {
    return lastName(symbol) === 'Application' ? host.router(japronto, 'app', { kind: 'app', site }) : undefined;
  },

  callMethod(object, name, site, host) {
    const handler = host.argument(site, 1, 'handler');
    if (name !== 'add_route' || !object.router || !handler) return undefined;
    const given = host.argument(site, null, 'methods') ?? host.argument(site, 2, 'method');
    host.addRoute(object.router, {
      ...methodsOf(given, ['ANY']),
      path: pathOf(host.argument(site, 0, 'pattern'), (text) => parseNamedBraces(text, () => ({ type: 'unknown' }))),
      handler: host.handler(handler, site),
      registration: site.place,
    });
    return undefined;
  },

  member(object, name) {
    return name === 'router' ? object : undefined;
  },

  instanceOf(symbol, host) {
    return lastName(symbol) === 'Application'
      ? host.router(japronto, 'app', { kind: 'app', isHandedIn: true })
      : undefined;
  },
};
