import type { ClassIr, FunctionIr } from '../ir';
import { HOLE, type Place, type RouterNode } from '../graph';

/** Names of one scope; `module` is the file whose code runs in it. */
export interface Frame {
  vars: Map<string, Value>;
  readonly parent: Frame | null;
  readonly file: string;
  /** Where `return` leaves its values; null at module level. */
  readonly returns: Value[] | null;
  readonly self?: Value;
  readonly owner?: ClassValue;
  /** Names that are bound further out. */
  outer?: Set<string>;
  /** A `return` was reached on the way that is known to be taken: later ones give nothing back. */
  hasReturned?: boolean;
  /** What is to be said of what the function gives back from here on, because a condition decided that it does. */
  returnNotes?: readonly string[];
}

export interface FuncValue {
  readonly t: 'func';
  readonly fn: FunctionIr;
  readonly frame: Frame;
  readonly self?: Value;
  readonly owner?: ClassValue;
  /** What code sets on the function itself: `plugin.autoPrefix = '/x'`. */
  props?: Map<string, Value>;
}

export interface ClassValue {
  readonly t: 'class';
  readonly cls: ClassIr;
  readonly frame: Frame;
  readonly bases: readonly Value[];
  readonly attrs: Map<string, Value>;
}

/** An object of a class of the workspace; `native` is what a base class from a library made of it. */
export interface InstanceValue {
  readonly t: 'instance';
  readonly cls: ClassValue;
  readonly attrs: Map<string, Value>;
  native: Value | null;
}

/** Something of a library by its dotted name: `flask.Flask`, `express.Router`. */
export interface SymbolValue {
  readonly t: 'symbol';
  readonly path: string;
}

/** An object that a framework model made. `type` is the model's own word for it. */
export interface ObjectValue {
  readonly t: 'object';
  readonly model: string;
  readonly type: string;
  readonly router: RouterNode | null;
  readonly attrs: Map<string, Value>;
}

/** Not known from the code. `name` is how the code calls it. */
export interface UnknownValue {
  readonly t: 'unknown';
  readonly name: string;
  /** A parameter of a function that nothing in the workspace calls. */
  readonly isParameter: boolean;
  /** The function that was handed to an unknown wrapper, so that a wrapped handler is still found. */
  readonly wraps?: Value;
  /** Set once a framework model has recognised it by what is called on it. */
  object?: ObjectValue;
}

export interface CallSite {
  readonly args: readonly ArgValue[];
  readonly place: Place;
  /** Called with `new`. */
  readonly isNew: boolean;
}

export interface ArgValue {
  readonly value: Value;
  readonly name?: string;
}

export interface ListValue {
  readonly t: 'list';
  readonly items: Value[];
  /** More items may follow that are not known. */
  open: boolean;
}

export interface DictValue {
  readonly t: 'dict';
  readonly entries: Map<string, Value>;
  open: boolean;
  /** Called for the value of a key that is missing (`defaultdict`). */
  readonly missing?: Value;
}

export interface StrValue {
  readonly t: 'str';
  /** May hold HOLEs. */
  readonly text: string;
  readonly notes: readonly string[];
}

export interface ConstValue {
  readonly t: 'const';
  readonly value: number | boolean | null;
  /** What is to be said of whatever this decides. */
  readonly notes?: readonly string[];
}

export type Value =
  | StrValue
  | ConstValue
  | { readonly t: 'regex'; readonly source: string; readonly flags: string }
  | ListValue
  | DictValue
  | FuncValue
  | ClassValue
  | InstanceValue
  | SymbolValue
  | ObjectValue
  | UnknownValue
  | { readonly t: 'module'; readonly file: string }
  | { readonly t: 'folder'; readonly folder: string }
  | { readonly t: 'native'; readonly name: string; readonly call: (site: CallSite) => Value }
  /** `object.name` where only a call tells what it means. */
  | { readonly t: 'method'; readonly object: Value; readonly name: string }
  | { readonly t: 'super'; readonly owner: ClassValue; readonly self: Value }
  | { readonly t: 'union'; readonly options: readonly Value[] }
  /** An import that is looked up when it is used. */
  | { readonly t: 'lazy'; readonly get: () => Value };

/** `None`, `null`, `nil`. */
export const NULL: Value = { t: 'const', value: null };

/** A text that is known; `notes` are what is to be said of it. */
export function str(text: string, notes: readonly string[] = []): StrValue {
  return { t: 'str', text, notes };
}

/** A number or truth value that is known. */
export function num(value: number | boolean, notes: readonly string[] = []): ConstValue {
  return notes.length > 0 ? { t: 'const', value, notes } : { t: 'const', value };
}

/** What is to be said of whatever a value decides. */
export function notesOf(value: Value): readonly string[] {
  return value.t === 'str' || value.t === 'const' ? (value.notes ?? []) : [];
}

/** A list; `open` when more items may follow than are known. */
export function list(items: readonly Value[], open = false): ListValue {
  return { t: 'list', items: [...items], open };
}

/** A map with text keys; `open` when it may have more keys than are known. */
export function dict(entries: Iterable<readonly [string, Value]> = [], open = false): DictValue {
  return { t: 'dict', entries: new Map(entries), open };
}

/** A value that cannot be known, by how the code calls it; `wraps` is the function that was handed to it. */
export function unknown(name: string, extra: { isParameter?: boolean; wraps?: Value } = {}): UnknownValue {
  const { isParameter = false, wraps } = extra;
  return wraps ? { t: 'unknown', name, isParameter, wraps } : { t: 'unknown', name, isParameter };
}

const UNION_LIMIT = 8;

/** One of several values. Equal ones are one; null gives way to anything else. */
export function union(values: readonly Value[]): Value {
  const options: Value[] = [];
  for (const value of values.flatMap((one) => (one.t === 'union' ? one.options : [one]))) {
    if (!options.some((option) => isSame(option, value))) options.push(value);
  }
  const telling = options.filter((option) => !(option.t === 'const' && option.value === null));
  const kept = telling.length > 0 ? telling : options;
  const [first] = kept;
  if (!first) return NULL;
  return kept.length === 1 ? first : { t: 'union', options: kept.slice(0, UNION_LIMIT) };
}

function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.t === 'str' && b.t === 'str') return a.text === b.text;
  if (a.t === 'const' && b.t === 'const') return a.value === b.value;
  if (a.t === 'symbol' && b.t === 'symbol') return a.path === b.path;
  if (a.t === 'module' && b.t === 'module') return a.file === b.file;
  return a.t === 'func' && b.t === 'func' && a.fn === b.fn && a.self === b.self;
}

/** The value behind an import. */
export function settle(value: Value): Value {
  let current = value;
  for (let hops = 0; current.t === 'lazy' && hops < 20; hops++) current = current.get();
  return current.t === 'lazy' ? unknown('import') : current;
}

/** A value as text for a path; what is not known becomes a HOLE with a sentence. */
export function textOf(raw: Value): StrValue {
  const value = settle(raw);
  if (value.t === 'str') return value;
  if (value.t === 'const') return str(String(value.value));
  if (value.t === 'union') {
    const fallback = environmentDefault(value.options);
    if (fallback) return fallback;
    const texts = value.options.map(textOf);
    const shown = texts.map(({ text }) => JSON.stringify(text.replaceAll(HOLE, '{…}'))).join(' or ');
    return str(HOLE, [`A part of the path is ${shown}, decided when the program runs.`]);
  }
  const name = nameOf(value);
  return str(HOLE, [`The value of ${name} is not known from the code alone.`]);
}

/** `if v := os.Getenv("X"); v != "" { return v }; return "/api"`: the environment or the text that stands in for it. */
function environmentDefault(options: readonly Value[]): StrValue | undefined {
  const [text, ...others] = [...options].sort((a, b) => Number(b.t === 'str') - Number(a.t === 'str'));
  const [variable] = others;
  if (text?.t !== 'str' || others.length !== 1 || variable?.t !== 'unknown') return undefined;
  if (!variable.name.startsWith('the environment variable ')) return undefined;
  const subject = variable.name.replace(/^the/, 'The');
  const sentence = `${subject} decides a part of the path; ${JSON.stringify(text.text)} is its default in the code.`;
  return str(text.text, [...text.notes, sentence]);
}

/** Text or a constant with what was to be said of what decided for it; other values as they are. */
export function withNotes(value: Value, notes: readonly string[]): Value {
  if (notes.length === 0 || (value.t !== 'str' && value.t !== 'const')) return value;
  return { ...value, notes: [...new Set([...notesOf(value), ...notes])] };
}

/** How the code would call a value, for sentences. */
export function nameOf(value: Value): string {
  switch (value.t) {
    case 'unknown':
      return value.name === '' ? 'an expression' : value.name;
    case 'symbol':
      return value.path;
    case 'func':
      return value.fn.name === '' ? 'a function' : `${value.fn.name}()`;
    case 'class':
      return value.cls.name;
    case 'instance':
      return `a ${value.cls.cls.name}`;
    case 'method':
      return `${nameOf(value.object)}.${value.name}`;
    default:
      return 'an expression';
  }
}

/** Joins text, holes and notes included. Neighbouring holes become one. */
export function concat(values: readonly Value[]): StrValue {
  const parts = values.map(textOf);
  const text = parts.map((part) => part.text).join('');
  const notes = [...new Set(parts.flatMap((part) => part.notes))];
  return str(text.replaceAll(/\uE000{2,}/g, HOLE), notes);
}

/** True, false, or null when it is not known. */
export function truth(raw: Value): boolean | null {
  const value = settle(raw);
  if (value.t === 'const') return value.value !== null && value.value !== 0 && value.value !== false;
  if (value.t === 'str') return value.text.includes(HOLE) ? null : value.text !== '';
  if (value.t === 'list') return value.items.length > 0 ? true : value.open ? null : false;
  if (value.t === 'dict') return value.entries.size > 0 ? true : value.open ? null : false;
  if (value.t === 'unknown' || value.t === 'union' || value.t === 'symbol' || value.t === 'method') return null;
  return true;
}
