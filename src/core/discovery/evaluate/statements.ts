import type { ClassIr, Expr, FunctionIr, Stmt } from '../ir';
import { callValue } from './calls';
import { frameDeclaring, runDeclarations } from './declarations';
import { either, evaluate, evaluateBinary } from './expressions';
import type { Machine } from './machine';
import { getMember, setMember } from './members';
import { bindImport, exportFrom } from './modules';
import { iterate } from './iterate';
import {
  NULL,
  settle,
  truth,
  unknown,
  union,
  withNotes,
  type ClassValue,
  type Frame,
  type FuncValue,
  type Value,
} from './values';

/** Runs statements in a scope. Returns do not end it: what follows may run in another case. */
export function runStatements(machine: Machine, statements: readonly Stmt[], frame: Frame): void {
  for (const statement of statements) {
    if (!machine.step()) return;
    runStatement(machine, statement, frame);
  }
}

function runStatement(machine: Machine, statement: Stmt, frame: Frame): void {
  switch (statement.k) {
    case 'expr':
      evaluate(machine, statement.value, frame);
      return;
    case 'assign': {
      const value = typed(machine, evaluate(machine, statement.value, frame), statement, frame);
      assign(machine, statement.target, value, frame, statement.declares);
      return;
    }
    case 'augment': {
      const value = evaluateBinary(machine, statement.op, statement.target, statement.value, frame);
      const current = settle(evaluate(machine, statement.target, frame));
      // `routes += [...]` adds to the list that others may hold already.
      if (current.t === 'list' && value.t === 'list') current.items.splice(0, current.items.length, ...value.items);
      else assign(machine, statement.target, value, frame, false);
      return;
    }
    case 'function':
      frame.vars.set(statement.fn.name, defineFunction(machine, statement.fn, frame));
      return;
    case 'class':
      defineClass(machine, statement.cls, frame);
      return;
    case 'import':
      bindImport(machine, statement.source, statement.bindings, frame);
      return;
    case 'exportFrom':
      exportFrom(machine, statement.source, statement.bindings, frame);
      return;
    case 'export':
      machine.modules.get(frame.file)?.exports.set(statement.name, evaluate(machine, statement.value, frame));
      return;
    case 'outer':
      frame.outer = new Set([...(frame.outer ?? []), ...statement.names]);
      return;
    case 'block':
      runStatements(machine, statement.body, statement.isScope ? { ...frame, vars: new Map(), parent: frame } : frame);
      return;
    case 'extend':
      // Of declarations only: see declarations.ts.
      return;
    case 'branch':
      runBranches(machine, statement, frame);
      return;
    case 'for': {
      const iterable = evaluate(machine, statement.iterable, frame);
      for (const item of iterate(iterable, statement.overKeys, statement.target)) {
        assign(machine, statement.target, item, frame, true);
        runStatements(machine, statement.body, frame);
      }
      return;
    }
    case 'return': {
      // A file may return, too.
      const value = statement.value ? evaluate(machine, statement.value, frame) : NULL;
      frame.returns?.push(value);
      return;
    }
  }
}

/**
 * Runs every branch from the same start; a name that they leave different becomes one of several values. Where the condition is
 * text that is known, names are what the branch that it leads to left; the others run for what they register.
 */
function runBranches(machine: Machine, statement: Stmt & { k: 'branch' }, frame: Frame): void {
  const { branches, cases } = statement;
  const test = statement.test && settle(evaluate(machine, statement.test, frame));
  if (branches.every((branch) => branch.length === 0)) return;
  const before = frame.vars;
  const outcomes = branches.map((branch) => {
    if (branch.length === 0) return before;
    frame.vars = new Map(before);
    runStatements(machine, branch, frame);
    return frame.vars;
  });
  const decides = test?.t === 'str' && !cases && isTextTested(machine, frame.file) ? test : null;
  const taken = decides ? outcomesOf(truth(decides), outcomes) : outcomes;
  const merged = mergeOutcomes(before, taken);
  if (decides && taken.length < outcomes.length) {
    const changed = outcomes.flatMap((outcome) => [...outcome].filter(([name, value]) => before.get(name) !== value));
    for (const [name] of changed) merged.set(name, withNotes(merged.get(name) ?? NULL, decides.notes));
  }
  // Scopes of functions made in a branch hold this frame, not its map.
  frame.vars = merged;
}

/** In Python and JavaScript, text that is not empty is true; in other languages a condition is no text. */
function isTextTested(machine: Machine, file: string): boolean {
  return /^(?:python|javascript)$/.test(machine.program.languageOf(file)?.id ?? '');
}

function outcomesOf<T>(isTrue: boolean | null, outcomes: readonly T[]): readonly T[] {
  if (isTrue === null || outcomes.length < 2) return outcomes;
  return isTrue ? outcomes.slice(0, 1) : outcomes.slice(1);
}

function mergeOutcomes(
  before: ReadonlyMap<string, Value>,
  outcomes: readonly ReadonlyMap<string, Value>[],
): Map<string, Value> {
  const merged = new Map(before);
  for (const outcome of outcomes) {
    for (const [name, value] of outcome) {
      const known = merged.get(name);
      if (known === value) continue;
      const values = outcomes.flatMap((one) => one.get(name) ?? []);
      merged.set(name, values.every((one) => one === value) ? value : union(values));
    }
  }
  return merged;
}

/** A declared type says what an unknown value is. */
function typed(machine: Machine, value: Value, statement: Stmt & { k: 'assign' }, frame: Frame): Value {
  if (!statement.type || settle(value).t !== 'unknown') return value;
  return instanceOfType(machine, evaluate(machine, statement.type, frame)) ?? value;
}

/** What a value of a declared type is, when a framework model knows the type. */
export function instanceOfType(machine: Machine, type: Value): Value | undefined {
  const settled = settle(type);
  if (settled.t === 'class' && machine.program.languageOf(settled.cls.file)?.isTyped) {
    const known = machine.instances.get(settled) ?? { t: 'instance', cls: settled, attrs: new Map(), native: null };
    machine.instances.set(settled, known);
    return known;
  }
  if (settled.t !== 'symbol') return undefined;
  for (const model of machine.modelsFor(settled.path)) {
    const object = model.instanceOf?.(settled.path, machine.host);
    if (object) return object;
  }
  return undefined;
}

/** Binds a target or pattern to a value. */
export function assign(machine: Machine, target: Expr, value: Value, frame: Frame, declares: boolean): void {
  switch (target.k) {
    case 'name':
      scopeFor(machine, target.name, frame, declares).vars.set(target.name, value);
      return;
    case 'member':
      setMember(machine, evaluate(machine, target.object, frame), target.name, value);
      return;
    case 'index': {
      const key = settle(evaluate(machine, target.index, frame));
      if (key.t === 'str') setMember(machine, evaluate(machine, target.object, frame), key.text, value);
      return;
    }
    case 'list': {
      const source = settle(value);
      target.items.forEach((item, at) => {
        const isRest = item.k === 'spread';
        const inner = isRest ? item.value : item;
        const known = isRest ? undefined : itemAt(source, at);
        assign(machine, inner, known ?? unknown(inner.k === 'name' ? inner.name : ''), frame, declares);
      });
      return;
    }
    case 'dict':
      for (const entry of target.entries) {
        const key = entry.key ? settle(evaluate(machine, entry.key, frame)) : NULL;
        const found = key.t === 'str' ? getMember(machine, value, key.text) : unknown('');
        assign(machine, entry.value, found, frame, declares);
      }
      return;
    case 'assign': {
      const settled = settle(value);
      const isMissing = settled.t === 'const' && settled.value === null;
      const isOpen = isMissing || settled.t === 'unknown' || settled.t === 'symbol';
      const given = isOpen ? defaultFor(settled, evaluate(machine, target.value, frame)) : value;
      assign(machine, target.target, given, frame, declares);
      return;
    }
    default:
      return;
  }
}

/** An item of what is taken apart; of several lists, each one's. A single object stands for the first of several results. */
function itemAt(source: Value, at: number): Value | undefined {
  if (source.t === 'list') return source.items[at];
  if (source.t === 'union') {
/** `{ PREFIX = '/api' } = process.env`: a library's value stays, but text that is its default is shown with a note. */
function defaultFor(value: Value, fallback: Value): Value {
  if (value.t !== 'symbol') return fallback;
  return settle(fallback).t === 'str' ? either(value, settle(fallback), true) : value;
}

    const items = source.options.flatMap((option) => itemAt(settle(option), at) ?? []);
    return items.length > 0 ? union(items) : undefined;
  }
  return at === 0 && (source.t === 'object' || source.t === 'instance') ? source : undefined;
}

function scopeFor(machine: Machine, name: string, frame: Frame, declares: boolean): Frame {
  const isOuter = frame.outer?.has(name) ?? false;
  if (declares && !isOuter) return frame;
  let last = frame;
  for (let scope = isOuter ? frame.parent : frame; scope; scope = scope.parent) {
    if (scope.vars.has(name)) return scope;
    last = scope;
  }
  return isOuter ? last : (frameDeclaring(machine, name, frame) ?? frame);
}

/** Makes a function value and applies its decorators; the name keeps meaning the function itself. */
export function defineFunction(machine: Machine, fn: FunctionIr, frame: Frame, owner?: ClassValue): FuncValue {
  const value: FuncValue = owner ? { t: 'func', fn, frame, owner } : { t: 'func', fn, frame };
  machine.createdFunctions.set(fn, value);
  if (fn.decorators.length === 0) return value;
  const place = { file: fn.file, line: fn.decorators[0]?.line ?? fn.line };
  const decorators = fn.decorators.map((decorator) => evaluate(machine, decorator, frame));
  for (const decorator of decorators.reverse()) {
    callValue(machine, decorator, { args: [{ value }], place, isNew: false });
  }
  return value;
}

/** Makes a class value: bases, attributes, methods; then its decorators and the models are told. */
export function defineClass(machine: Machine, cls: ClassIr, frame: Frame): ClassValue {
  const bases = cls.bases.map((base) => settle(evaluate(machine, base, frame)));
  const attrs = new Map<string, Value>();
  const value: ClassValue = { t: 'class', cls, frame, bases, attrs };
  if (cls.name !== '') frame.vars.set(cls.name, value);
  const language = machine.program.languageOf(frame.file);
  const self: readonly [string, Value][] = language?.isClassBodySelf ? [[language.selfName, value]] : [];
  const outer: Frame = self.length > 0 ? { ...frame, vars: new Map(self), parent: frame } : frame;
  const body: Frame = { vars: attrs, parent: outer, file: frame.file, returns: null, owner: value };
  // Fields of a record are what their types say, looked up when they are used.
  if (cls.isNamespace) runDeclarations(machine, cls.body, body);
  const own = cls.isNamespace ? [] : cls.isRecord ? cls.body.filter(({ k }) => k === 'function') : cls.body;
  for (const statement of own) {
    if (!machine.step()) break;
    if (statement.k === 'function') attrs.set(statement.fn.name, defineFunction(machine, statement.fn, body, value));
    else runStatement(machine, statement, body);
  }
  // Branches in a class body leave a new map.
  if (body.vars !== attrs) for (const [name, attr] of body.vars) attrs.set(name, attr);
  machine.createdClasses.push(value);
  const place = { file: cls.file, line: cls.decorators[0]?.line ?? cls.line };
  const decorators = cls.decorators.map((decorator) => evaluate(machine, decorator, frame));
  for (const decorator of [...decorators].reverse()) {
    callValue(machine, decorator, { args: [{ value }], place, isNew: false });
  }
  for (const model of machine.program.models) model.classDefined?.(value, decorators, machine.host);
  return value;
}
