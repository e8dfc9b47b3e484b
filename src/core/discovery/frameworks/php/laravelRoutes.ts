import type { EndpointMethod, Parameter } from '../../../model/endpoint';
import type { PathPiece } from '../../graph';
import { settle, type CallSite, type ObjectValue, type Value } from '../../evaluate/values';
import type { FrameworkModel, ModelHost } from '../model';
import { wherePatterns } from './laravelGroups';
import { constrained, currentGroup, laravelPath } from './laravelState';
import { phpHandler, typedByHandler } from './phpHandlers';

/** Adds a route to the open group; what follows in the chain may still change it. */
export function addRoute(
  model: FrameworkModel,
  methods: readonly EndpointMethod[],
  uri: Value | undefined,
  action: Value | undefined,
  site: CallSite,
  host: ModelHost,
  label?: string,
): ObjectValue {
  const group = currentGroup(model, site, host);
  const piece = laravelPath(uri, group.patterns);
  const settled = action && settle(action);
  // `['uses' => 'C@m', 'as' => 'name']` and `['uses' => ...]` of older versions.
  const target = settled?.t === 'dict' ? (settled.entries.get('uses') ?? settled.entries.get('0')) : settled;
  const { ref, func } = phpHandler(target, site, host, { namespaces: group.namespaces, controller: group.controller });
  const path = { ...piece, parameters: typedByHandler(piece.parameters, func) };
  host.addRoute(group.router, {
    methods,
    path,
    handler: label === undefined ? ref : { ...ref, name: label },
    registration: site.place,
  });
  const object = host.object(model, 'route');
  host.state('laravel routes', () => new Map<ObjectValue, PathPiece & { parameters: Parameter[] }>()).set(object, path);
  return object;
}

/** `->where('id', '[0-9]+')` and what else is said of a route. */
export function callRoute(object: ObjectValue, name: string, site: CallSite, host: ModelHost): Value {
  const known = host.state(
    'laravel routes',
    () => new Map<ObjectValue, PathPiece & { parameters: Parameter[]; template: string }>(),
  );
  const path = known.get(object);
  const [first, second] = site.args.map(({ value }) => value);
  if (!path || !first || !name.startsWith('where')) return object;
  for (const [key, pattern] of wherePatterns(name, first, second)) {
    const at = path.parameters.findIndex((parameter) => parameter.name === key);
    const before = path.parameters[at];
    if (!before) continue;
    const made = constrained(key, pattern, before.required);
    path.parameters.splice(at, 1, ...made.parameters);
    path.template = path.template.replace(`{${key}}`, made.template);
  }
  return object;
}
