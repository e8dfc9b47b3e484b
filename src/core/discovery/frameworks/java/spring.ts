import type { FrameworkModel } from '../model';
import { joinSlash } from '../joins';
import { registerSpringControllers, rememberSpringClass } from './springControllers';
import { callRouterFunctions, callSpringObject, springInstance } from './springFunctions';

/** Spring MVC and WebFlux: annotated controllers and functional routes, with the paths that settings put before them. */
export const spring: FrameworkModel = {
  id: 'spring',
  languages: ['java'],
  packages: ['org.springframework'],
  prefilter:
    /@(?:Rest)?Controller\b|@(?:Request|Get|Post|Put|Delete|Patch)Mapping\b|@(?:Get|Post|Put|Delete|Patch|Http)Exchange\b|\bRouterFunctions?\b|\.addPathPrefix\(/,
  registrars: [
    ...['route', 'nest', 'andRoute', 'andNest', 'addPathPrefix'],
    ...['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
  ],
  join: joinSlash,
  callSymbol: (symbol, site, host) => callRouterFunctions(spring, symbol, site, host),
  callMethod: (object, name, site, host) => callSpringObject(spring, object, name, site, host),
  instanceOf: (symbol, host) => springInstance(spring, symbol, host),
  classDefined: (cls, _decorators, host) => {
    rememberSpringClass(cls, host);
  },
  finish: (host) => {
    registerSpringControllers(spring, host);
  },
};
