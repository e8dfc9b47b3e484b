import type { EndpointMethod, Parameter } from '../../../model/endpoint';
import { EMPTY_PATH, type HandlerRef, type PathPiece, type Place } from '../../graph';
import { settle, textOf, type CallSite, type FuncValue, type ObjectValue, type Value } from '../../evaluate/values';
import { lastName, methodNamed } from '../arguments';
import type { FrameworkModel, ModelHost } from '../model';
import { rustType } from './rustPaths';

const VERB = /^(?:get|post|put|patch|delete|head|options)$/;

/** One way through a filter: what a request must look like, and what answers it. */
interface Way {
  readonly path: PathPiece;
  readonly method: EndpointMethod | null;
  readonly answer: Answer | null;
  /** Nothing was joined to the filter since its answer was set. */
  readonly isWhole: boolean;
  /** Files of a folder are no endpoints of the program's own. */
  readonly isStatic: boolean;
}

interface Answer {
  readonly handler: HandlerRef;
  readonly func: FuncValue | undefined;
  readonly place: Place;
}

const ANY: Way = { path: EMPTY_PATH, method: null, answer: null, isWhole: false, isStatic: false };

/** warp: filters joined with `and` and `or` across functions and modules, served at last. */
export const warp: FrameworkModel = {
  id: 'warp',
  languages: ['rust'],
  packages: ['warp'],
  prefilter: /\bwarp\b/,
  registrars: ['serve', 'and_then', 'or', 'map', 'path', 'path!', 'then'],
  join: (prefix, path) => prefix + path,

  callSymbol(symbol, site, host) {
    const name = lastName(symbol);
    const [first] = site.args.map(({ value }) => value);
    if (name === 'serve') {
      if (first) serve(first, site, host);
      return undefined;
    }
    if (name === 'path!') return filter([{ ...ANY, path: whole(site.args.map(({ value }) => segment(value))) }], host);
    if (name === 'path' && first) return filter([{ ...ANY, path: segment(first) }], host);
    if (name === 'param') return filter([{ ...ANY, path: parameter('string') }], host);
    if (name === 'tail' || name === 'peek')
      return filter([{ ...ANY, path: name === 'tail' ? TAIL : EMPTY_PATH }], host);
    if (VERB.test(name)) return filter([{ ...ANY, method: methodNamed(name) ?? null }], host);
    return filter([{ ...ANY, isStatic: symbol.includes('.fs.') }], host);
  },

  callMethod(object, name, site, host) {
    const [first] = site.args.map(({ value }) => value);
    const ways = waysOf(object, host) ?? [];
    const others = first && waysOf(host.objectOf(first), host);
    switch (name) {
      case 'and':
        return others
          ? filter(
              ways.flatMap((one) => others.map((other) => joined(one, other))),
              host,
            )
          : unsettled(ways, host);
      case 'or':
      case 'or_else':
        return others ? filter([...ways, ...others], host) : object;
      case 'map':
      case 'and_then':
      case 'then':
        return first
          ? filter(
              ways.map((one) => answered(one, first, site, host)),
              host,
            )
          : object;
      default:
        return object;
    }
  },
};

function states(host: ModelHost): Map<ObjectValue, readonly Way[]> {
  return host.state('warp', () => new Map<ObjectValue, readonly Way[]>());
}

function filter(ways: readonly Way[], host: ModelHost): ObjectValue {
  const object = host.object(warp, 'filter');
  states(host).set(object, ways.slice(0, 2000));
  return object;
}

function waysOf(object: ObjectValue | undefined, host: ModelHost): readonly Way[] | undefined {
  return object && states(host).get(object);
}

/** Something joined that is not known may ask for anything, but adds no part of the path. */
function unsettled(ways: readonly Way[], host: ModelHost): ObjectValue {
  return filter(
    ways.map((one) => ({ ...one, isWhole: false })),
    host,
  );
}

function joined(one: Way, other: Way): Way {
  const isRoute = other.path.template !== '' || other.method !== null;
  return {
    path: whole([one.path, other.path]),
    method: one.method ?? other.method,
    answer: isRoute ? (other.answer ?? one.answer) : (one.answer ?? other.answer),
    isWhole: false,
    isStatic: one.isStatic || other.isStatic,
  };
}

/** A closure that only dresses up what a named handler gives is not the handler. */
function answered(way: Way, value: Value, site: CallSite, host: ModelHost): Way {
  const handler = host.handler(value, site);
  if (way.isWhole && way.answer && way.answer.handler.name !== 'anonymous' && handler.name === 'anonymous') return way;
  return { ...way, answer: { handler, func: host.functionOf(value), place: site.place }, isWhole: true };
}

function whole(pieces: readonly PathPiece[]): PathPiece {
  return {
    template: pieces.map(({ template }) => template).join(''),
    parameters: pieces.flatMap(({ parameters }) => parameters),
    notes: pieces.flatMap(({ notes }) => notes),
  };
}

const TAIL: PathPiece = {
  template: '/{tail*}',
  parameters: [{ name: 'tail', in: 'path', type: 'path', required: true, catchAll: true }],
  notes: [],
};

function parameter(type: Parameter['type']): PathPiece {
  return { template: '/{param}', parameters: [{ name: 'param', in: 'path', type, required: true }], notes: [] };
}

/** Text is a segment, a type a parameter, `..` nothing. */
function segment(value: Value): PathPiece {
  const settled = settle(value);
  if (settled.t === 'const') return EMPTY_PATH;
  if (settled.t === 'symbol' || settled.t === 'class') {
    const name = settled.t === 'symbol' ? lastName(settled.path) : settled.cls.name;
    return name === 'Tail' ? TAIL : parameter(rustType({ k: 'name', name, line: 0 }));
  }
  const { text, notes } = textOf(settled);
  return { template: `/${text}`, parameters: [], notes };
}

function serve(value: Value, site: CallSite, host: ModelHost): void {
  const ways = waysOf(host.objectOf(value), host);
  const { router } = host.router(warp, 'app', { kind: 'app', site });
  for (const { path, method, answer, isStatic } of router ? (ways ?? []) : []) {
    if (!answer || isStatic || !router) continue;
    host.addRoute(router, {
      methods: [method ?? 'ANY'],
      path: numbered(path, answer.func),
      handler: answer.handler,
      registration: answer.place,
    });
  }
}

/** Parameters have no names: they take those and the types of what the handler is given, else numbers. */
function numbered(path: PathPiece, func: FuncValue | undefined): PathPiece {
  const given = func?.fn.params ?? [];
  const parameters = path.parameters.map((one, at): Parameter => {
    const { target, type } = given[at] ?? {};
    const name = target?.k === 'name' && target.name !== '_' ? target.name.replace(/^_+/, '') : '';
    const own = name === '' || one.catchAll ? (one.catchAll ? one.name : `param${at + 1}`) : name;
    return { ...one, name: own, ...(one.type === 'string' && type ? { type: rustType(type) } : {}) };
  });
  let at = 0;
  const template = path.template.replace(/\{(?:param|tail\*)\}/g, () => {
    const one = parameters[at++];
    return one ? `{${one.name}${one.catchAll ? '*' : ''}}` : '';
  });
  return { template: template === '' ? '/' : template, parameters, notes: path.notes };
}
