import type { Stmt } from '../ir';
import type { Machine } from './machine';
import { notesOf, settle, truth, union, withNotes, NULL, type Frame, type Value } from './values';

/** What a condition says of its branches. */
export interface Decision {
  readonly isTrue: boolean;
  /** What is to be said of whatever it decides: nothing when the code alone decides. */
  readonly notes: readonly string[];
  /** Text decided: names are what the branch that it leads to left. */
  readonly isText: boolean;
}

/** What a known condition decides; null when both ways may be taken, and in languages where a condition is no plain value. */
export function decisionOf(machine: Machine, test: Value | undefined, frame: Frame): Decision | null {
  if (test?.t !== 'str' && test?.t !== 'const') return null;
  if (!isPlain(machine, frame.file)) return null;
  const isTrue = truth(test);
  return isTrue === null ? null : { isTrue, notes: notesOf(test), isText: test.t === 'str' };
}

/** In Python and JavaScript any value is a condition, and `return` ends a function. */
export function isPlain(machine: Machine, file: string): boolean {
  return /^(?:python|javascript)$/.test(machine.program.languageOf(file)?.id ?? '');
}

/**
 * True for a branch of a function that is known not to be taken and that registers nothing: it is not followed, because what
 * it changes would count. Others are, for what they register when the program is configured otherwise.
 */
export function isIdle(machine: Machine, branch: readonly Stmt[], decision: Decision, frame: Frame): boolean {
  if (frame.returns === null || decision.notes.length > 0) return false;
  return !machine.program.calledNames.statementsRegister(branch, machine.registrars(frame.file));
}

/** True for what counts although it stands in a branch that is not taken: it may hold routes. */
function survives(raw: Value, decision: Decision): boolean {
  if (decision.isText) return false;
  const value = settle(raw);
  if (value.t === 'str' || value.t === 'const') return false;
  return decision.notes.length > 0 || ['list', 'dict', 'object', 'instance', 'union'].includes(value.t);
}

/** Keeps of the values that a function gave back since `from` what counts, when they are of a branch that is not taken. */
export function keepReturns(returns: Value[] | null, from: number, decision: Decision): void {
  returns?.splice(from, returns.length, ...returns.slice(from).filter((value) => survives(value, decision)));
}

/** The names after a branch that is taken, beside those that the other one left. */
export function decidedNames(
  before: ReadonlyMap<string, Value>,
  taken: ReadonlyMap<string, Value>,
  other: ReadonlyMap<string, Value>,
  decision: Decision,
): Map<string, Value> {
  const merged = new Map(taken);
  for (const [name, value] of other) {
    const known = taken.get(name);
    if (before.get(name) === value || known === value || !survives(value, decision)) continue;
    merged.set(name, known ? union([known, value]) : value);
  }
  for (const outcome of [taken, other]) {
    for (const [name, value] of outcome) {
      if (before.get(name) !== value) merged.set(name, withNotes(merged.get(name) ?? NULL, decision.notes));
    }
  }
  return merged;
}
