import type { Arg, Expr } from '../ir';
import { HOLE } from '../graph';
import { callMethod, callValue, superOf } from './calls';
import { compare } from './compare';
import { decisionOf } from './decisions';
import { includePath } from './include';
import { iterate } from './iterate';
import { formatPercent } from './format';
import type { Machine } from './machine';
import { getMember } from './members';
import { lookupName, moduleValue, requiredValue, resolveImport } from './modules';
import { assign, defineClass } from './statements';
import {
  concat,
  dict,
  list,
  nameOf,
  notesOf,
  num,
  settle,
  str,
  textOf,
  truth,
  union,
  unknown,
  withNotes,
  type ArgValue,
  type CallSite,
  type DictValue,
  type Frame,
  type FuncValue,
  type Value,
} from './values';

/** The value of an expression as far as the code tells it. */
export function evaluate(machine: Machine, expr: Expr, frame: Frame): Value {
  if (!machine.step()) return unknown('');
  switch (expr.k) {
    case 'const':
      return typeof expr.value === 'string' ? str(expr.value) : { t: 'const', value: expr.value };
    case 'template':
      return concat(expr.parts.map((part) => named(evaluate(machine, part, frame), part)));
    case 'regex':
      return { t: 'regex', source: expr.source, flags: expr.flags };
    case 'name':
      return lookupName(machine, expr.name, frame);
    case 'member':
      return getMember(machine, evaluate(machine, expr.object, frame), expr.name);
    case 'index':
      return evaluateIndex(machine, expr, frame);
    case 'call':
      return evaluateCall(machine, expr, frame);
    case 'list':
      return evaluateList(machine, expr.items, frame);
    case 'dict':
      return evaluateDict(machine, expr, frame);
    case 'spread':
      return evaluate(machine, expr.value, frame);
    case 'binary':
      return evaluateBinary(machine, expr.op, expr.left, expr.right, frame);
    case 'not': {
      const value = settle(evaluate(machine, expr.value, frame));
      const known = truth(value);
      return known === null ? unknown('') : num(!known, notesOf(value));
    }
    case 'cond': {
      // `prefix + '/' if prefix else ''`: what is known decides.
      const decision = decisionOf(machine, settle(evaluate(machine, expr.test, frame)), frame);
      if (decision) {
        return withNotes(
          settle(evaluate(machine, decision.isTrue ? expr.then : expr.otherwise, frame)),
          decision.notes,
        );
      }
      return union([evaluate(machine, expr.then, frame), evaluate(machine, expr.otherwise, frame)]);
    }
    case 'function': {
      const value: FuncValue = { t: 'func', fn: expr.fn, frame };
      machine.createdFunctions.set(expr.fn, value);
      return value;
    }
    case 'class':
      return defineClass(machine, expr.cls, frame);
    case 'import':
      return requiredValue(machine, moduleValue(resolveImport(machine, expr.source, frame.file)));
    case 'assign': {
      const value = evaluate(machine, expr.value, frame);
      assign(machine, expr.target, value, frame, false);
      return value;
    }
    case 'comprehension': {
      const inner: Frame = { ...frame, vars: new Map(), parent: frame };
      const { test } = expr;
      const pairs = iterate(evaluate(machine, expr.iterable, frame), true, expr.target).flatMap((item) => {
        assign(machine, expr.target, item, inner, true);
        if (test && truth(evaluate(machine, test, inner)) === false) return [];
        const key = expr.key ? textOf(evaluate(machine, expr.key, inner)).text : '';
        return [[key, evaluate(machine, expr.body, inner)] as const];
      });
      return expr.key ? dict(pairs) : list(pairs.map(([, value]) => value));
    }
    case 'unknown':
      for (const part of expr.parts) evaluate(machine, part, frame);
      return unknown('');
  }
}

/** An unknown value is called in notes what the code calls it here. */
function named(value: Value, expr: Expr): Value {
  const settled = settle(value);
  if (settled.t !== 'unknown' || settled.name !== '' || expr.k !== 'name') return value;
  return { ...settled, name: expr.name };
}

function evaluateIndex(machine: Machine, expr: Expr & { k: 'index' }, frame: Frame): Value {
  const object = settle(evaluate(machine, expr.object, frame));
  const index = settle(evaluate(machine, expr.index, frame));
  if (object.t === 'list' && index.t === 'const' && typeof index.value === 'number') {
    return object.items.at(index.value) ?? unknown('');
  }
  if (object.t === 'dict' && index.t === 'str') {
    return (
      object.entries.get(index.text) ?? missingEntry(machine, object, index.text, { file: frame.file, line: expr.line })
    );
  }
  if (object.t === 'dict' && index.t === 'const') return object.entries.get(String(index.value)) ?? unknown('');
  // `Annotated[int, ...]`, `os.environ["X"]` and generics keep both parts by name.
  if (object.t === 'symbol') {
    if (index.t === 'str') return { t: 'symbol', path: `${object.path}[${index.text}]` };
    return object;
  }
  if ((object.t === 'module' || object.t === 'instance' || object.t === 'object') && index.t === 'str') {
    return getMember(machine, object, index.text);
  }
  return unknown(nameOf(object));
}

/** The value of a key that a dictionary does not have: one that makes what is missing has it from then on. */
function missingEntry(machine: Machine, object: DictValue, key: string, place: CallSite['place']): Value {
  if (!object.missing) return unknown(`[${key}]`);
  const made = callValue(machine, object.missing, { args: [], place, isNew: false });
  object.entries.set(key, made);
  return made;
}

/** Follows a call; a method call is asked of its object. */
function evaluateCall(machine: Machine, expr: Expr & { k: 'call' }, frame: Frame): Value {
  const { callee } = expr;
  const place = { file: frame.file, line: expr.line };
  if (callee.k === 'name' && callee.name === 'super') {
    return superOf(machine, frame, siteOf(machine, expr.args, place, frame));
  }
  if (callee.k === 'name' && callee.name === '#include') {
    const path = expr.args[0] ? textOf(evaluate(machine, expr.args[0].value, frame)).text : '';
    return includePath(machine, path, place, frame);
  }
  if (callee.k === 'member') {
    const object = evaluate(machine, callee.object, frame);
    const site: CallSite = { ...siteOf(machine, expr.args, place, frame), isNew: expr.isNew === true };
    return callMethod(machine, object, callee.name, site);
  }
  if (callee.k === 'index') {
    const key = settle(evaluate(machine, callee.index, frame));
    const object = evaluate(machine, callee.object, frame);
    const site: CallSite = { ...siteOf(machine, expr.args, place, frame), isNew: expr.isNew === true };
    if (key.t === 'str') return callMethod(machine, object, key.text, site);
  }
  const target = evaluate(machine, callee, frame);
  return callValue(machine, target, { ...siteOf(machine, expr.args, place, frame), isNew: expr.isNew === true });
}

function siteOf(machine: Machine, args: readonly Arg[], place: CallSite['place'], frame: Frame): CallSite {
  const values = args.flatMap(({ value: expr, name, spread }): ArgValue[] => {
    const value = evaluate(machine, expr, frame);
    const settled = settle(value);
    if (spread === 'list') return settled.t === 'list' ? settled.items.map((item) => ({ value: item })) : [{ value }];
    if (spread === 'dict') {
      return settled.t === 'dict' ? [...settled.entries].map(([key, item]) => ({ value: item, name: key })) : [];
    }
    return [name === undefined ? { value } : { value, name }];
  });
  return { args: values, place, isNew: false };
}

function evaluateList(machine: Machine, items: readonly Expr[], frame: Frame): Value {
  const result = list([]);
  for (const item of items) {
    const value = evaluate(machine, item, frame);
    const settled = settle(value);
    if (item.k !== 'spread') result.items.push(value);
    else if (settled.t === 'list') result.items.push(...settled.items);
    // A table of routes stands for what it holds.
    else if (settled.t === 'object') result.items.push(settled);
    else result.open = true;
  }
  return result;
}

function evaluateDict(machine: Machine, expr: Expr & { k: 'dict' }, frame: Frame): Value {
  const result = dict();
  for (const { key, value: valueExpr } of expr.entries) {
    const value = evaluate(machine, valueExpr, frame);
    const settled = settle(value);
    if (key) {
      const name = settle(evaluate(machine, key, frame));
      if (name.t === 'str' && !name.text.includes(HOLE)) result.entries.set(name.text, value);
      else if (name.t === 'const') result.entries.set(String(name.value), value);
      else result.open = true;
    } else if (settled.t === 'dict') {
      for (const [name, inner] of settled.entries) result.entries.set(name, inner);
    } else {
      result.open = true;
    }
  }
  return result;
}

/** An operator on two values, in the meaning that the languages share; what cannot be known becomes a union or unknown. */
export function evaluateBinary(machine: Machine, op: string, leftExpr: Expr, rightExpr: Expr, frame: Frame): Value {
  const left = settle(evaluate(machine, leftExpr, frame));
  const right = settle(evaluate(machine, rightExpr, frame));
  if (op === 'or' || op === '||' || op === '??') return either(left, right, op === '??');
  if (op === 'and' || op === '&&') return truth(left) === false ? left : right;
  if (op === '+') {
    if (left.t === 'list' && right.t === 'list') return list([...left.items, ...right.items], left.open || right.open);
    if (left.t === 'list') return list(left.items, true);
    if (isNumber(left) && isNumber(right)) return num(left.value + right.value);
    if (left.t === 'str' || right.t === 'str') return concat([named(left, leftExpr), named(right, rightExpr)]);
    return unknown('');
  }
  const compared = compare(op, left, right);
  if (compared) return compared;
  if (op === '%' && left.t === 'str') return formatPercent(left, right);
  if (op === '|' && left.t === 'dict' && right.t === 'dict') return dict([...left.entries, ...right.entries]);
  return unknown('');
}

function isNumber(value: Value): value is { readonly t: 'const'; readonly value: number } {
  return value.t === 'const' && typeof value.value === 'number';
}

/** `left or right`: what the code falls back to, when the left side is not known. */
export function either(left: Value, right: Value, onlyNull: boolean): Value {
  if (left.t === 'const' && left.value === null) return right;
  const known = truth(left);
  if (known === true || (onlyNull && left.t === 'str')) return left;
  if (known === false) return onlyNull ? left : right;
  if (right.t === 'str') {
    const sentence = `${nameOf(left)} decides a part of the path when the program runs; ${JSON.stringify(right.text)} is its default in the code.`;
    return str(right.text, [...right.notes, sentence]);
  }
  return left.t === 'union'
    ? union([left, right])
    : left.t === 'unknown' && left.isParameter
      ? union([left, right])
      : right;
}
