import { EMPTY_PATH } from '../../graph';
import type { ClassValue, ObjectValue } from '../../evaluate/values';
import { lastName } from '../arguments';
import type { FrameworkModel } from '../model';
import { registerControllers } from './aspNetControllers';
import { callEndpoints } from './aspNetEndpoints';

const BUILDERS = new Set(['IEndpointRouteBuilder', 'RouteGroupBuilder', 'WebApplication', 'IApplicationBuilder']);

/** ASP.NET Core: minimal APIs with groups and extension methods, and controllers. */
export const aspNet: FrameworkModel = {
  id: 'aspnet-core',
  languages: ['csharp'],
  packages: ['Microsoft.AspNetCore', 'WebApplication', ...BUILDERS],
  prefilter:
    /\.Map(?:Get|Post|Put|Patch|Delete|Methods|Group|Controllers|Controller\w*|DefaultControllerRoute|Fallback|HealthChecks|Hub)\b|\[Http(?:Get|Post|Put|Patch|Delete|Head|Options)\b|\[Route\(|\bControllerBase\b|:\s*Controller\b|\[ApiController\b|\bWebApplication\.Create/,
  registrars: [
    ...['MapGet', 'MapPost', 'MapPut', 'MapPatch', 'MapDelete', 'MapMethods', 'Map', 'MapGroup', 'MapControllers'],
    ...['MapControllerRoute', 'MapDefaultControllerRoute', 'MapAreaControllerRoute', 'UseEndpoints', 'MapFallback'],
    ...['MapHealthChecks', 'MapHub'],
  ],
  join: (prefix, path) => prefix + path,

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    if (!/(?:^|\.)WebApplication\.\w+$/.test(symbol)) return undefined;
    if (name === 'Create') return host.router(aspNet, 'app', { kind: 'app', site });
    return name.startsWith('Create') ? host.object(aspNet, 'builder') : undefined;
  },

  callMethod(object, name, site, host) {
    if (object.type === 'builder') {
      return name === 'Build' ? host.router(aspNet, 'app', { kind: 'app', site }) : host.object(aspNet, 'services');
    }
    return object.router ? callEndpoints(aspNet, object, name, site, host) : object;
  },

  member: (object) => (object.router ? object : undefined),

  instanceOf(symbol, host): ObjectValue | undefined {
    if (!BUILDERS.has(lastName(symbol))) return undefined;
    return host.router(aspNet, 'app', { kind: 'app', isHandedIn: true, prefix: EMPTY_PATH });
  },

  classDefined(cls, _decorators, host) {
    if (cls.cls.file.endsWith('.cs')) host.state('aspnet classes', (): ClassValue[] => []).push(cls);
  },

  finish: (host) => {
    registerControllers(aspNet, host);
  },
};
