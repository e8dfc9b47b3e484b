import type { EndpointMethod, Parameter } from '../../../model/endpoint';
import { settle, type Value } from '../../evaluate/values';
import { isTestFile } from '../../files';
import { EMPTY_PATH, HOLE, type PathPiece, type Place } from '../../graph';
import type { FrameworkModel, ModelHost } from '../model';
import { methodsTested } from './requestTests';

/** A route that a file is by its place: what stands before it, its path, and what it exports. */
export interface FileRoute {
  readonly file: string;
  /** The project's folder, below which names of folders are segments of paths. */
  readonly root: string;
  readonly base: Base;
  readonly path: PathPiece;
}

/** A prefix for all files of a project, with the place that says so. */
export interface Base {
  readonly piece: PathPiece;
  readonly place: Place;
}

/** Adds the export `name` of a route file as the handler of methods; without it nothing happens. */
export function addExport(
  model: FrameworkModel,
  route: FileRoute,
  name: string,
  methods: readonly EndpointMethod[] | 'tested',
  host: ModelHost,
): boolean {
  const found = host.exported(route.file, name);
  if (!found) return false;
  const value = settle(found);
  if (value.t === 'const' || value.t === 'str') return false;
  const place = { file: route.file, line: lineOfExport(host.files.text(route.file) ?? '', name) };
  const site = { args: [], place, isNew: false };
  const router = host.router(model, 'file', {
    kind: 'app',
    prefix: route.base.piece,
    site: { ...site, place: route.base.place },
  }).router;
  if (!router) return false;
  const isTest = isTestFile([route.root, route.file.replace(/^.*\//, '')].filter(Boolean).join('/'));
  const tested = methods === 'tested' ? testedMethods(value, host) : [];
  const all: readonly EndpointMethod[] = methods !== 'tested' ? methods : tested.length > 0 ? tested : ['ANY'];
  host.addRoute(router, {
    methods: all,
    path: route.path,
    handler: host.handler(value, site),
    registration: place,
    isTest,
  });
  return true;
}

/** The methods that a handler asks for by name. */
export function testedMethods(value: Value, host: ModelHost): readonly EndpointMethod[] {
  const func = host.functionOf(value);
  return func ? methodsTested(host.bodyOf(func.fn)) : [];
}

/** 1-based line on which a module exports a name; 1 when the text does not show it. */
function lineOfExport(text: string, name: string): number {
  const isDefault = name === 'default';
  const pattern = isDefault
    ? /\bexport\s+default\b|\bmodule\.exports\b|\bas\s+default\b/
    : new RegExp(`\\bexport\\b[^;]*?\\b${name}\\b`);
  const match = pattern.exec(text);
  if (!match) return 1;
  // Of a list over many lines, the line of the name.
  const end = match.index + (isDefault ? 0 : match[0].length);
  return text.slice(0, end).split('\n').length;
}

/**
 * A prefix that a configuration file gives under a key, read from its text: a literal, a constant of the same file, or the
 * default of an environment variable with a sentence; `{…}` for anything else. `key` has the name of the object that holds it
 * before a dot (`paths.base`) where it is not the configuration itself.
 */
export function baseFromConfig(root: string, names: readonly string[], key: string, host: ModelHost): Base {
  const [holder, name] = key.includes('.') ? key.split('.') : ['', key];
  for (const one of names) {
    const file = root === '' ? one : `${root}/${one}`;
    const text = host.files.text(file)?.replaceAll(/\/\*[\s\S]*?\*\/|(^|[^:'"`])\/\/[^\n]*/g, '$1') ?? '';
    const matches = text.matchAll(new RegExp(`\\b${name}\\s*:\\s*([^,}\\n]+)`, 'g'));
    const match = [...matches].find(({ index }) => holderOf(text, index) === holder);
    if (!match) continue;
    const line = text.slice(0, match.index).split('\n').length;
    return { piece: basePiece(match[1]?.trim() ?? '', text, name ?? key), place: { file, line } };
  }
  return { piece: EMPTY_PATH, place: { file: '', line: 0 } };
}

/** The name that the object around a place has in another object or a list; empty for one that stands by itself. */
function holderOf(text: string, place: number): string {
  let depth = 0;
  for (let at = place - 1; at >= 0; at--) {
    const sign = text.charAt(at);
    if (/[})\]]/.test(sign)) depth++;
    else if (/[{([]/.test(sign) && depth-- === 0) {
      if (sign !== '{') return sign;
      const before = text.slice(Math.max(0, at - 100), at);
      return /[[,]\s*$/.test(before) ? '[' : (/(\w+)['"]?\s*:\s*$/.exec(before)?.[1] ?? '');
    }
  }
  return '';
}

function basePiece(expression: string, text: string, key: string): PathPiece {
  const literal = /^(['"`])([^'"`$]*)\1/.exec(expression)?.[2];
  if (literal !== undefined) return { ...EMPTY_PATH, template: bareBase(literal) };
  const fallback = /(?:\?\?|\|\|)\s*(['"`])([^'"`$]*)\1/.exec(expression);
  if (fallback) {
    const value = fallback[2] ?? '';
    const who = expression.slice(0, fallback.index).trim();
    const sentence = `${who} decides a part of the path when the program runs; ${JSON.stringify(value)} is its default in the code.`;
    return { ...EMPTY_PATH, template: bareBase(value), notes: [sentence] };
  }
  if (/^\w+$/.test(expression)) {
    const constant = new RegExp(`\\b${expression}\\s*=\\s*([^;\\n]+)`).exec(text)?.[1]?.trim();
    if (constant !== undefined && constant !== expression) return basePiece(constant, '', key);
  }
  return { ...EMPTY_PATH, template: `/${HOLE}`, notes: [`The value of ${key} is not known from the code alone.`] };
}

function bareBase(text: string): string {
  return text === '' ? '' : `/${text.replace(/^\/+|\/+$/g, '')}`.replace(/^\/$/, '');
}

/** One segment of a path in square brackets, as Next.js, Nitro and SvelteKit write it. */
export function bracketSegment(segment: string): {
  readonly template: string;
  readonly parameters: readonly Parameter[];
} {
  const parameters: Parameter[] = [];
  const template = segment.replace(
    /\[(\[)?(\.\.\.)?([\w$-]*)(?:=(\w+))?\]\]?/g,
    (_whole, optional: string | undefined, many: string | undefined, given: string) => {
      const name = given === '' ? '_' : given;
      const required = optional === undefined;
      parameters.push(
        many === undefined
          ? { name, in: 'path', type: 'string', required }
          : { name, in: 'path', type: 'path', required, catchAll: true },
      );
      return many === undefined ? `{${name}}` : `{${name}*}`;
    },
  );
  return { template, parameters };
}

/** A path of segments, each read by `read`; undefined segments are left out. */
export function pathOfSegments(
  segments: readonly string[],
  read: (segment: string) => { readonly template: string; readonly parameters: readonly Parameter[] } | undefined,
): PathPiece {
  const pieces = segments.flatMap((segment) => read(segment) ?? []);
  return {
    template: `/${pieces.map(({ template }) => template).join('/')}`,
    parameters: pieces.flatMap(({ parameters }) => parameters),
    notes: [],
  };
}
