import type { Parameter, ParameterType } from '../../../model/endpoint';
import { EMPTY_PATH, type PathPiece } from '../../graph';
import { settle, type CallSite, type FuncValue, type ObjectValue, type Value } from '../../evaluate/values';
import { lastName, pathOf } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { goHandler, goMethods, verbOf } from './goHandlers';
import { joinSlashed, parseBracePath } from './goPaths';

const TYPES: readonly (readonly [RegExp, ParameterType])[] = [
  [/^u?int(?:8|16|32|64)?$/, 'integer'],
  [/^float(?:32|64)$/, 'number'],
  [/^bool$/, 'boolean'],
  [/^UUID$/, 'uuid'],
];

/** huma: operations registered on an API that stands on another router, groups, and services that register themselves. */
export const huma: FrameworkModel = {
  id: 'huma',
  languages: ['go'],
  packages: ['github.com/danielgtaylor/huma'],
  prefilter: /"github\.com\/danielgtaylor\/huma\//,
  registrars: ['Register', 'AutoRegister', 'Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options', 'NewGroup'],
  join: joinSlashed,

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    const [first, second, third] = site.args.map(({ value }) => value);
    if (/\/adapters\/\w+\.New\w*$/.test(symbol)) return adapter(name, site, host);
    if (name === 'NewAPI') return host.router(huma, 'api', { kind: 'app', site });
    const api = first && host.objectOf(first);
    if (name === 'NewGroup' && api) return groups(api, site, host);
    // What describes an operation is a record of fields.
    if (name === 'Operation') return host.object(huma, 'operation', site.args.flatMap(fieldOf));
    if (name === 'AutoRegister' && api && second) autoRegister(api, second, site, host);
    else if (name === 'Register' && api && second && third) {
      const operation = host.objectOf(second);
      const method = operation?.attrs.get('Method');
      add(api, method ? [method] : [], operation?.attrs.get('Path'), third, site, host);
    } else if (verbOf(name) && api && second && third) {
      add(api, [{ t: 'str', text: name.toUpperCase(), notes: [] }], second, third, site, host);
    }
    return undefined;
  },

  callMethod(object, name) {
    // Middleware, adapters and the document leave the routes as they are.
    return name.startsWith('Use') ? undefined : object;
  },

  instanceOf(symbol, host) {
    if (!['API', 'Group'].includes(lastName(symbol))) return undefined;
    return host.router(huma, 'api', { kind: 'app', isHandedIn: true });
  },
};

function fieldOf({ name, value }: { readonly name?: string; readonly value: Value }): [string, Value][] {
  return name === undefined ? [] : [[name, value]];
}

/** `humachi.New(router, config)`: the API stands where the router stands; `NewWithGroup` takes the group second. */
function adapter(name: string, site: CallSite, host: ModelHost): Value {
  const given = site.args.slice(name === 'NewWithGroup' ? 1 : 0, name === 'NewWithGroup' ? 2 : 1)[0]?.value;
  const parent = given && host.objectOf(given)?.router;
  const made = host.router(huma, 'api', { kind: parent ? 'router' : 'app', site });
  if (parent && made.router) host.addMount(parent, { child: made.router, prefix: EMPTY_PATH, place: site.place });
  const prefix = name === 'NewWithPrefix' ? site.args[1]?.value : undefined;
  if (prefix && made.router) made.router.prefix = pathOf(prefix, parseBracePath);
  return made;
}

/** `NewGroup(api, "/v1", "/v2")`: with several prefixes every operation stands below each. */
function groups(api: ObjectValue, site: CallSite, host: ModelHost): Value {
  const made = host.router(huma, 'api', { kind: 'router', site });
  const prefixes = site.args.slice(1).map(({ value }) => pathOf(value, parseBracePath));
  for (const prefix of prefixes.length > 0 ? prefixes : [EMPTY_PATH]) {
    if (api.router && made.router) host.addMount(api.router, { child: made.router, prefix, place: site.place });
  }
  return made;
}

function add(
  api: ObjectValue,
  method: readonly Value[],
  path: Value | undefined,
  handler: Value,
  site: CallSite,
  host: ModelHost,
): void {
  if (!api.router) return;
  const { methods, notes } = method.length > 0 ? goMethods(method) : { methods: ['GET'] as const, notes: [] };
  const piece = pathOf(path, parseBracePath);
  host.addRoute(api.router, {
    methods,
    path: typed(piece, host.functionOf(handler), host),
    handler: goHandler(handler, site, host),
    registration: site.place,
    notes,
  });
}

/** Parameters take the types of the fields of that name in the input of the handler. */
function typed(path: PathPiece, func: FuncValue | undefined, host: ModelHost): PathPiece {
  const type = func?.fn.params[1]?.type;
  const input = func && type ? settle(host.evaluateIn(func, type)) : undefined;
  if (input?.t !== 'class') return path;
  const fields = new Map(
    input.cls.body.flatMap((one) =>
      one.k === 'assign' && one.target.k === 'name' ? [[plain(one.target.name), one.type] as const] : [],
    ),
  );
  const parameters = path.parameters.map((parameter): Parameter => {
    const field = fields.get(plain(parameter.name));
    const name = field?.k === 'name' || field?.k === 'member' ? field.name : '';
    const found = TYPES.find(([pattern]) => pattern.test(name));
    return found && parameter.type === 'string' ? { ...parameter, type: found[1] } : parameter;
  });
  return { ...path, parameters };
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '');
}

/** Calls every method of a service whose name begins with `Register` with the API. */
function autoRegister(api: ObjectValue, service: Value, site: CallSite, host: ModelHost): void {
  const settled = settle(service);
  if (settled.t !== 'instance') return;
  for (const name of host.namesOf(settled.cls).filter((one) => /^Register[A-Z]/.test(one))) {
    host.call(host.member(settled, name), [api], site);
  }
}
