import type { Expr, Stmt } from '../ir';
import type { Machine } from './machine';
import { unknown, type Frame, type Value } from './values';

type NamedAttribute = Stmt & { readonly k: 'assign'; readonly target: Expr & { readonly k: 'name' } };

/**
 * True for an attribute of a class that begins with an import and registers nothing: `queryset = Thing.objects.all()`. Most are
 * never asked for, and what they name need not even be parsed then.
 */
export function canWait(machine: Machine, statement: Stmt, frame: Frame): statement is NamedAttribute {
  if (statement.k !== 'assign' || statement.target.k !== 'name' || statement.type) return false;
  const { value } = statement;
  if (value.k !== 'name' && value.k !== 'member' && !(value.k === 'call' && value.callee.k === 'member')) return false;
  if (!isImported(rootOf(value), frame)) return false;
  return !machine.program.calledNames.statementsRegister([statement], machine.registrars(frame.file));
}

/** The name that a chain of members and calls begins with. */
function rootOf(expr: Expr): string {
  let at = expr;
  for (;;) {
    if (at.k === 'member' || at.k === 'index') at = at.object;
    else if (at.k === 'call') at = at.callee;
    else return at.k === 'name' ? at.name : '';
  }
}

function isImported(name: string, frame: Frame): boolean {
  for (let scope: Frame | null = frame; scope; scope = scope.parent) {
    const value = scope.vars.get(name);
    if (value) return value.t === 'lazy' || value.t === 'module';
  }
  return false;
}

/** A value that is found when it is first asked for. */
export function later(find: () => Value): Value {
  let found: Value | null = null;
  return {
    t: 'lazy',
    get: () => {
      if (found) return found;
      // Asked for while it is being found.
      found = unknown('');
      found = find();
      return found;
    },
  };
}
