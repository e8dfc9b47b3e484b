import type { EndpointMethod, Parameter, ParameterType } from '../../../model/endpoint';
import { settle, textOf, type ClassValue, type FuncValue, type ObjectValue, type Value } from '../../evaluate/values';
import { EMPTY_PATH, type HandlerRef, type PathPiece, type Place } from '../../graph';
import { methodNamed, pathOf } from '../arguments';
import type { ModelHost } from '../model';
import { parseExpressPath } from './expressPath';
import { dictOf, entryOf, flattenValues, methodsOfVerb } from './handlers';

const VERBS = new Set(['Get', 'Post', 'Put', 'Delete', 'Patch', 'Options', 'Head', 'All', 'Sse']);

const PIPES: readonly (readonly [RegExp, ParameterType])[] = [
  [/ParseInt/, 'integer'],
  [/ParseFloat/, 'number'],
  [/ParseBool/, 'boolean'],
  [/ParseUUID/, 'uuid'],
  [/ParseDate/, 'date'],
  [/ParseEnum/, 'enum'],
];

/** A decorator of the library with what it was called with. */
export interface Decoration {
  readonly name: string;
  readonly args: readonly Value[];
}

/** One method of a controller that answers requests, before any prefix. */
export interface ControllerRoute {
  readonly methods: readonly EndpointMethod[];
  readonly path: PathPiece;
  /** Path as the code writes it, for the exclusions of a global prefix. */
  readonly text: string;
  readonly versions: readonly (string | null)[] | null;
  readonly handler: HandlerRef;
  readonly registration: Place;
  readonly query: readonly Parameter[];
}

/** The head of a controller: its paths and versions, and its routes. */
export interface Controller {
  readonly paths: readonly PathPiece[];
  readonly versions: readonly (string | null)[] | null;
  readonly place: Place;
  readonly routes: readonly ControllerRoute[];
}

/** The library's decorators among values: those that `applyDecorators` holds and that a condition chooses from, too. */
export function decorationsOf(value: Value, host: ModelHost): Decoration[] {
  const settled = settle(value);
  if (settled.t === 'union') return settled.options.flatMap((option) => decorationsOf(option, host));
  const object: ObjectValue | undefined = host.objectOf(settled);
  const args = object?.attrs.get('args');
  if (!object || args?.t !== 'list') return [];
  if (object.type === 'decorators') return args.items.flatMap((item) => decorationsOf(item, host));
  return object.type === 'decorator' ? [{ name: textOf(object.attrs.get('name') ?? args).text, args: args.items }] : [];
}

/** Reads a class that `@Controller(...)` or a decorator made of it decorates; undefined for another class. */
export function controllerOf(cls: ClassValue, decorators: readonly Value[], host: ModelHost): Controller | undefined {
  const all = decorators.flatMap((decorator) => decorationsOf(decorator, host));
  const own = all.find(({ name }) => name === 'Controller');
  if (!own) return undefined;
  const [first] = own.args;
  const options = dictOf(first);
  const path = options ? entryOf(options, 'path') : first && settle(first);
  const version = all.find(({ name }) => name === 'Version')?.args[0] ?? (options && entryOf(options, 'version'));
  const paths = pathsOf(path);
  return {
    paths: paths.map(({ piece }) => piece),
    versions: versionsOf(version),
    place: { file: cls.cls.file, line: cls.cls.decorators[0]?.line ?? cls.cls.line },
    routes: host.namesOf(cls).flatMap((name) => {
      const method = host.lookup(cls, name);
      return method?.t === 'func' ? routesOf(method, host) : [];
    }),
  };
}

function routesOf(method: FuncValue, host: ModelHost): ControllerRoute[] {
  const { fn } = method;
  const found = fn.decorators.flatMap((expression) => {
    const { line } = expression;
    return decorationsOf(host.evaluateIn(method, expression), host).map((one) => ({ ...one, line }));
  });
  const version = found.find(({ name }) => name === 'Version');
  const parameters = parametersOf(method, host);
  return found.flatMap(({ name, args, line }): ControllerRoute[] => {
    const mapping = name === 'RequestMapping' ? dictOf(args[0]) : undefined;
    if (!VERBS.has(name) && !mapping) return [];
    const verb = mapping ? textOf(entryOf(mapping, 'method') ?? { t: 'const', value: null }).text : name;
    const given = mapping ? entryOf(mapping, 'path') : args[0];
    const site = { args: [], place: { file: fn.file, line }, isNew: false };
    return pathsOf(given).map(({ piece, text }) => ({
      methods: methodsNamed(verb, mapping ? entryOf(mapping, 'method') : undefined),
      path: { ...piece, parameters: piece.parameters.map((one) => ({ ...one, ...parameters.path.get(one.name) })) },
      text,
      versions: version ? versionsOf(version.args[0]) : null,
      handler: host.handler(method, site),
      registration: site.place,
      query: parameters.query,
    }));
  });
}

/** `RequestMethod.GET` is a symbol; a decorator's own name says the method otherwise. */
function methodsNamed(verb: string, given: Value | undefined): readonly EndpointMethod[] {
  if (given?.t === 'symbol') return methodsOfVerb(given.path.replace(/^.*\./, ''));
  if (verb === 'Sse') return ['GET'];
  return [methodNamed(verb) ?? 'ANY'];
}

function pathsOf(value: Value | undefined): { piece: PathPiece; text: string }[] {
  const settled = value && settle(value);
  if (!settled || (settled.t === 'const' && settled.value === null)) return [{ piece: EMPTY_PATH, text: '' }];
  return flattenValues(settled).map((one) => ({ piece: bare(pathOf(one, parseExpressPath)), text: textOf(one).text }));
}

/** A path of `/` is an empty one. */
export function bare(piece: PathPiece): PathPiece {
  return piece.template === '/' ? { ...piece, template: '' } : piece;
}

/** Versions of a decorator or an option; null in the list is the neutral one, null alone none given. */
export function versionsOf(value: Value | undefined): readonly (string | null)[] | null {
  const settled = value && settle(value);
  if (!settled || (settled.t === 'const' && settled.value === null)) return null;
  return flattenValues(settled).map((one) =>
    one.t === 'symbol' && one.path.endsWith('VERSION_NEUTRAL') ? null : textOf(one).text,
  );
}

interface Typed {
  readonly path: ReadonlyMap<string, Partial<Parameter>>;
  readonly query: readonly Parameter[];
}

/** What `@Param('id', ParseIntPipe)` and `@Query('page')` say of parameters. */
function parametersOf(method: FuncValue, host: ModelHost): Typed {
  const path = new Map<string, Partial<Parameter>>();
  const query: Parameter[] = [];
  for (const param of method.fn.params) {
    const type = param.type && host.evaluateIn(method, param.type);
    for (const expression of param.decorators ?? []) {
      for (const { name, args } of decorationsOf(host.evaluateIn(method, expression), host)) {
        const [first, ...pipes] = args.map(settle);
        if (first?.t !== 'str' || (name !== 'Param' && name !== 'Query')) continue;
        const typed = typeOf(pipes, type);
        if (name === 'Param') path.set(first.text, typed);
        else {
          const fallback = pipes.map((pipe) => defaultOf(pipe, host)).find(Boolean);
          const required = fallback === undefined && param.default === undefined && pipes.length > 0;
          const extra = fallback === undefined ? {} : { default: fallback };
          query.push({ name: first.text, in: 'query', type: 'string', required, ...typed, ...extra });
        }
      }
    }
  }
  return { path, query };
}

function typeOf(pipes: readonly Value[], type: Value | undefined): Partial<Parameter> {
  for (const pipe of pipes) {
    const isObject = pipe.t === 'object';
    const name = isObject ? textOf(pipe.attrs.get('name') ?? pipe).text : pipe.t === 'symbol' ? pipe.path : '';
    const found = PIPES.find(([pattern]) => pattern.test(name));
    if (!found) continue;
    const args = isObject ? pipe.attrs.get('args') : undefined;
    const values = found[1] === 'enum' && args?.t === 'list' ? enumValues(args.items[0]) : undefined;
    return { type: found[1], ...(values ? { enumValues: values } : {}) };
  }
  const values = enumValues(type);
  if (values) return { type: 'enum', enumValues: values };
  const named = type?.t === 'symbol' ? type.path : '';
  return named === 'number' || named === 'boolean' ? { type: named } : {};
}

function enumValues(value: Value | undefined): string[] | undefined {
  const entries = dictOf(value)?.entries;
  if (!entries || entries.size === 0) return undefined;
  return [...entries.values()].map((one) => textOf(one).text);
}

function defaultOf(pipe: Value, host: ModelHost): string | undefined {
  const object = host.objectOf(pipe);
  const args = object?.attrs.get('args');
  const isDefault = textOf(object?.attrs.get('name') ?? pipe).text === 'DefaultValuePipe';
  const first = isDefault && args?.t === 'list' ? args.items[0] : undefined;
  return first && textOf(first).text;
}
