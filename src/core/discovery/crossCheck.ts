import type { Endpoint } from '../model/endpoint';
import type { LiveRoute } from './liveTable';

/** Routes of the code against those that a running server tells of. */
export interface CrossCheck {
  readonly inBoth: number;
  readonly onlyInCode: readonly Endpoint[];
  readonly onlyLive: readonly LiveRoute[];
}

/**
 * Compares by method and path: names of parameters, what they match, a slash at the end and doubled slashes do not count;
 * `{…}` of the code matches anything in its place. HEAD and OPTIONS are left out, because frameworks add them by themselves.
 */
export function crossCheck(endpoints: readonly Endpoint[], live: readonly LiveRoute[]): CrossCheck {
  const code = endpoints.filter(({ method }) => !isImplied(method));
  const told = live.filter(({ method }) => !isImplied(method));
  const patterns = code.map((endpoint) => ({ endpoint, shape: shapeOf(endpoint.path) }));
  const shapes = told.map((route) => ({ route, shape: shapeOf(route.path) }));
  const isSame = (pattern: (typeof patterns)[number], shape: (typeof shapes)[number]): boolean =>
    areMethodsSame(pattern.endpoint.method, shape.route.method) && matches(pattern.shape, shape.shape);
  const onlyInCode = patterns.filter((pattern) => !shapes.some((shape) => isSame(pattern, shape)));
  const onlyLive = shapes.filter((shape) => !patterns.some((pattern) => isSame(pattern, shape)));
  return {
    inBoth: patterns.length - onlyInCode.length,
    onlyInCode: onlyInCode.map(({ endpoint }) => endpoint),
    onlyLive: onlyLive.map(({ route }) => route),
  };
}

/** Whether a route of the code is the one that a table tells of, whatever their parameters are called. */
export function isSameRoute(endpoint: Pick<Endpoint, 'method' | 'path'>, route: LiveRoute): boolean {
  return areMethodsSame(endpoint.method, route.method) && matches(shapeOf(endpoint.path), shapeOf(route.path));
}

function isImplied(method: string): boolean {
  return method === 'HEAD' || method === 'OPTIONS';
}

function areMethodsSame(code: string, live: string): boolean {
  return code === live || code === 'ANY' || live === 'ANY';
}

/** `/author/{id:\d+}/` → `/author/{}`; a catch-all counts as a parameter, because tables write it in many ways. */
function shapeOf(path: string): string {
  const plain = path
    .replaceAll('{…}', '\uE000')
    .replace(/\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\*+/g, '{}')
    .replace(/\/{2,}/g, '/');
  return plain.length > 1 ? plain.replace(/\/$/, '') : plain;
}

function matches(code: string, live: string): boolean {
  if (!code.includes('\uE000')) return code === live;
  const parts = code.split('\uE000').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(live);
}
