import type { ClassIr, Expr, FunctionIr, Stmt } from '../ir';
import { callValue } from './calls';
import { decidedNames, decisionOf, isIdle, isPlain, keepReturns } from './decisions';
import { frameDeclaring, runDeclarations } from './declarations';
import { either, evaluate, evaluateBinary } from './expressions';
import type { Machine } from './machine';
import { getMember, setMember } from './members';
import { canWait, later } from './waiting';
import { bindImport, exportFrom } from './modules';
import { iterate } from './iterate';
import {
  NULL,
  settle,
  unknown,
  union,
  withNotes,
  type ClassValue,
  type Frame,
  type FuncValue,
  type Value,
} from './values';

/** Runs statements in a scope, those below a `return` too: they may register something in another case. */
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
      if (statement.isScope) {
        const inner: Frame = { ...frame, vars: new Map(), parent: frame };
        runStatements(machine, statement.body, inner);
        if (inner.hasReturned) frame.hasReturned = true;
      } else runStatements(machine, statement.body, frame);
      return;
    case 'extend':
      // Of declarations only: see declarations.ts.
      return;
    case 'branch':
      runBranches(machine, statement, frame);
      return;
    case 'for': {
      const iterable = evaluate(machine, statement.iterable, frame);
      const { hasReturned = false } = frame;
      for (const item of iterate(iterable, statement.overKeys, statement.target)) {
        assign(machine, statement.target, item, frame, true);
        runStatements(machine, statement.body, frame);
        // Whether a loop is run to its end is not known.
        frame.hasReturned = hasReturned;
      }
      return;
    }
    case 'return': {
      // A file may return, too.
      const value = statement.value ? evaluate(machine, statement.value, frame) : NULL;
      if (!frame.hasReturned) frame.returns?.push(withNotes(settle(value), frame.returnNotes ?? []));
      if (isPlain(machine, frame.file)) frame.hasReturned = true;
      return;
    }
  }
}

/**
 * Runs every branch from the same start; a name that they leave different becomes one of several values. Where the condition is
 * known, names and what is given back are what the branch that it leads to left; the other runs for what it registers.
 */
function runBranches(machine: Machine, statement: Stmt & { k: 'branch' }, frame: Frame): void {
  const { branches, cases } = statement;
  const test = statement.test && settle(evaluate(machine, statement.test, frame));
  if (branches.every((branch) => branch.length === 0)) return;
  const decision = !cases && branches.length === 2 ? decisionOf(machine, test, frame) : null;
  const { vars: before, hasReturned = false, returnNotes = [] } = frame;
  if (decision) frame.returnNotes = [...returnNotes, ...decision.notes];
  const outcomes = branches.map((branch, at) => {
    const isTaken = !decision || (at === 0) === decision.isTrue;
    if (branch.length === 0 || (decision && !isTaken && isIdle(machine, branch, decision, frame))) {
      return { vars: before, hasReturned, isTaken };
    }
    frame.vars = new Map(before);
    frame.hasReturned = hasReturned;
    const from = frame.returns?.length ?? 0;
    runStatements(machine, branch, frame);
    if (decision && !isTaken) keepReturns(frame.returns, from, decision);
    return { vars: frame.vars, hasReturned: frame.hasReturned, isTaken };
  });
  // Scopes of functions made in a branch hold this frame, not its map.
  const [first, second] = outcomes;
  if (decision && first && second) {
    const [taken, other] = first.isTaken ? [first, second] : [second, first];
    frame.vars = decidedNames(before, taken.vars, other.vars, decision);
  } else {
    frame.vars = mergeOutcomes(
      before,
      outcomes.map(({ vars }) => vars),
    );
  }
  const isEnded = !cases && outcomes.every((outcome) => outcome.hasReturned || !outcome.isTaken);
  frame.hasReturned = hasReturned || isEnded;
  if (!outcomes.some((outcome) => outcome.hasReturned)) frame.returnNotes = returnNotes;
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
      const object = settle(evaluate(machine, target.object, frame));
      if (key.t === 'str') setMember(machine, object, key.text, value);
      else if (object.t === 'list' && key.t === 'const' && typeof key.value === 'number') {
        const at = key.value < 0 ? object.items.length + key.value : key.value;
        if (at >= 0 && at < object.items.length) object.items[at] = value;
      }
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

/** `{ PREFIX = '/api' } = process.env`: a library's value stays, but text that is its default is shown with a note. */
function defaultFor(value: Value, fallback: Value): Value {
  if (value.t !== 'symbol') return fallback;
  return settle(fallback).t === 'str' ? either(value, settle(fallback), true) : value;
}

/** An item of what is taken apart; of several lists, each one's. A single object stands for the first of several results. */
function itemAt(source: Value, at: number): Value | undefined {
  if (source.t === 'list') return source.items[at];
  if (source.t === 'union') {
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
    else if (canWait(machine, statement, body)) {
      const { target, value: attribute } = statement;
      attrs.set(
        target.name,
        later(() => evaluate(machine, attribute, body)),
      );
    } else runStatement(machine, statement, body);
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
