import type { EndpointMethod, Parameter, ParameterType } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece, type RouterNode } from '../../graph';
import { settle, textOf, type CallSite, type ClassValue, type ObjectValue, type Value } from '../../evaluate/values';
import { lastName, methodNamed } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { arrows, blockOf, mountApp, plainArguments, routerOfApp, routerOfClass } from './rackApps';
import { rackPath, requirementsIn } from './rackPath';
import { joinRack } from './sinatra';

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options']);
const NAMESPACES = new Set(['namespace', 'resource', 'resources', 'group', 'segment']);

const TYPES: Readonly<Record<string, ParameterType>> = {
  Integer: 'integer',
  Float: 'number',
  BigDecimal: 'number',
  Numeric: 'number',
  String: 'string',
  Symbol: 'string',
  'Grape.API.Boolean': 'boolean',
  Boolean: 'boolean',
  Date: 'date',
};

/** What belongs to one Grape API class, or to a namespace in it. */
interface Scope {
  readonly router: RouterNode;
  readonly cls: ClassValue;
  /** Declared by `params` before the next endpoint. */
  waiting: Parameter[];
  readonly inherited: readonly Parameter[];
}

/** Grape: API classes with prefix, version, namespaces, mounts and declared parameters. */
export const grape: FrameworkModel = {
  id: 'grape',
  languages: ['ruby'],
  packages: ['Grape'],
  prefilter: /\bGrape::API\b/,
  registrars: [...VERBS, ...NAMESPACES, 'route', 'mount'],
  join: joinRack,

  callMethod(object, name, site, host) {
    if (object.type === 'params') return declare(object, name, site, host);
    const scope = scopes(host).get(object);
    return scope ? inScope(scope, name, site, host) : undefined;
  },

  classMember(cls, base, name, host) {
    if (!isApi(base)) return undefined;
    const holder = objectOfClass(cls, host);
    const scope = scopes(host).get(holder);
    return { t: 'native', name, call: (site) => (scope && inScope(scope, name, site, host)) ?? cls };
  },

  classDefined(cls, _decorators, host) {
    if (host.extends(cls, isApi)) routerOfClass(grape, cls, host);
  },
};

function isApi(symbol: string): boolean {
  return symbol === 'Grape.API' || symbol === 'Grape.API.Instance';
}

function scopes(host: ModelHost): Map<ObjectValue, Scope> {
  return host.state('grape scopes', () => new Map<ObjectValue, Scope>());
}

function objectOfClass(cls: ClassValue, host: ModelHost): ObjectValue {
  const known = host.state('grape classes', () => new Map<ClassValue, ObjectValue>());
  const before = known.get(cls);
  if (before) return before;
  const made = host.object(grape, 'api');
  known.set(cls, made);
  scopes(host).set(made, { router: routerOfClass(grape, cls, host), cls, waiting: [], inherited: [] });
  return made;
}

function inScope(scope: Scope, name: string, site: CallSite, host: ModelHost): Value | undefined {
  const [first] = plainArguments(site);
  const block = blockOf(site);
  if (VERBS.has(name) || name === 'route') {
    addEndpoints(scope, name, site, host);
  } else if (NAMESPACES.has(name) || name === 'route_param') {
    nest(scope, name, site, host);
  } else if (name === 'params' && block) {
    const holder = host.object(grape, 'params');
    host.state('grape params', () => new Map<ObjectValue, Parameter[]>()).set(holder, scope.waiting);
    host.callOn(block, holder, [], site);
  } else if (name === 'prefix' && first) {
    const own = rackPath(first);
    scope.router.prefix = { ...own, template: joinRack(slashed(own.template), scope.router.prefix.template) };
  } else if (name === 'version' && first) {
    version(scope, site, host);
  } else if (name === 'mount') {
    for (const app of plainArguments(site)) {
      if (app.t === 'class' || app.t === 'instance') mountApp(scope.router, app, EMPTY_PATH, site, host);
    }
    // The path of a mount comes before prefix and version.
    for (const { key, value } of arrows(site)) {
      const child = routerOfApp(key, host);
      if (!child) continue;
      host.addMount(scope.router, { child, prefix: EMPTY_PATH, place: site.place, version: slashedPath(value) });
    }
  }
  return undefined;
}

/** `version 'v1'`, `using: :path` unless it says otherwise; with a block it holds for the block. */
function version(scope: Scope, site: CallSite, host: ModelHost): void {
  const using = host.argument(site, null, 'using');
  const block = blockOf(site);
  const given = plainArguments(site).map((value) => textOf(value).text);
  const isPath = !using || textOf(using).text === 'path';
  const piece: PathPiece =
    given.length === 1
      ? { template: `/${given[0] ?? ''}`, parameters: [], notes: [] }
      : {
          template: '/{version}',
          parameters: [{ name: 'version', in: 'path', type: 'enum', required: true, enumValues: given }],
          notes: [],
        };
  if (block) {
    const child = childOf(scope, isPath ? piece : EMPTY_PATH, [], site, host);
    host.callOn(block, child, [], site);
  } else if (isPath) {
    const { prefix } = scope.router;
    scope.router.prefix = {
      ...prefix,
      template: joinRack(prefix.template, piece.template),
      parameters: [...prefix.parameters, ...piece.parameters],
    };
  }
}

function childOf(
  scope: Scope,
  prefix: PathPiece,
  inherited: readonly Parameter[],
  site: CallSite,
  host: ModelHost,
): ObjectValue {
  const child = host.router(grape, 'namespace', { kind: 'router', site });
  const router = child.router as RouterNode;
  host.addMount(scope.router, { child: router, prefix, place: site.place });
  scopes(host).set(child, { ...scope, router, waiting: [], inherited });
  return child;
}

function nest(scope: Scope, name: string, site: CallSite, host: ModelHost): void {
  const block = blockOf(site);
  const [first] = plainArguments(site);
  if (!block) return;
  const requirements = requirementsIn(host.argument(site, null, 'requirements'));
  const piece = name === 'route_param' && first ? routeParam(first, site, host) : slashedPath(first, requirements);
  const inherited = [...scope.inherited, ...scope.waiting.splice(0), ...piece.parameters];
  host.callOn(block, childOf(scope, piece, inherited, site, host), [], site);
}

function routeParam(first: Value, site: CallSite, host: ModelHost): PathPiece {
  const { text, notes } = textOf(first);
  const type = typeOf(host.argument(site, null, 'type'));
  return { template: `/{${text}}`, parameters: [{ name: text, in: 'path', type, required: true }], notes };
}

function addEndpoints(scope: Scope, name: string, site: CallSite, host: ModelHost): void {
  const block = blockOf(site);
  const given = plainArguments(site);
  const declared = [...scope.inherited, ...scope.waiting.splice(0)];
  const methods: EndpointMethod[] = name === 'route' ? methodsOf(given.shift()) : [methodNamed(name) ?? 'ANY'];
  const paths = given
    .flatMap((one) => (one.t === 'list' ? one.items.map(settle) : [one]))
    .filter((one) => one.t === 'str');
  const requirements = requirementsIn(host.argument(site, null, 'requirements'));
  for (const path of paths.length > 0 ? paths : [undefined]) {
    const piece = slashedPath(path, requirements);
    const names = new Set([...piece.parameters, ...scope.inherited].map((one) => one.name));
    const own = piece.parameters.map((one) => {
      const told = declared.find((other) => other.name === one.name);
      return told && one.type === 'string' ? { ...one, type: told.type } : one;
    });
    const retyped = scope.inherited.flatMap((one) => {
      const told = declared.findLast((other) => other.name === one.name);
      return one.in === 'path' && told ? [{ ...one, type: told.type }] : [];
    });
    const isQuery = methods.every((method) => method === 'GET' || method === 'DELETE' || method === 'HEAD');
    host.addRoute(scope.router, {
      methods,
      path: { ...piece, parameters: [...retyped, ...own] },
      handler: block ? host.handler(block, site) : host.handlerOfClass(scope.cls),
      registration: site.place,
      query: isQuery ? declared.filter((one) => !names.has(one.name) && one.in === 'query') : [],
    });
  }
}

function methodsOf(value: Value | undefined): EndpointMethod[] {
  const items = value?.t === 'list' ? value.items : value ? [value] : [];
  return items.map((item): EndpointMethod => methodNamed(textOf(item).text) ?? 'ANY');
}

/** `requires :id, type: Integer` in a `params` block. */
function declare(object: ObjectValue, name: string, site: CallSite, host: ModelHost): Value | undefined {
  const found = host.state('grape params', () => new Map<ObjectValue, Parameter[]>()).get(object);
  const block = blockOf(site);
  if (name === 'requires' || name === 'optional') {
    const values = host.argument(site, null, 'values');
    const enumValues = values?.t === 'list' ? values.items.map((item) => textOf(item).text) : [];
    for (const given of block ? [] : plainArguments(site)) {
      const type = enumValues.length > 0 ? 'enum' : typeOf(host.argument(site, null, 'type'));
      const required = name === 'requires';
      const more = enumValues.length > 0 ? { enumValues } : {};
      found?.push({ name: textOf(given).text, in: 'query', type, required, ...more });
    }
  } else if (block && name !== 'group') host.callOn(block, object, [], site);
  return undefined;
}

function typeOf(value: Value | undefined): ParameterType {
  if (value?.t !== 'symbol') return value?.t === 'method' ? 'boolean' : 'string';
  return TYPES[value.path] ?? TYPES[lastName(value.path)] ?? 'unknown';
}

function slashedPath(value: Value | undefined, requirements: ReadonlyMap<string, string> = new Map()): PathPiece {
  const piece = rackPath(value, requirements);
  return { ...piece, template: slashed(piece.template) };
}

function slashed(path: string): string {
  return path === '' || path === '/' ? '' : `/${path.replace(/^\/+/, '')}`;
}
