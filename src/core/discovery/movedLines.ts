import type { CalledNames } from './evaluate/registers';
import type { FunctionIr, ModuleIr } from './ir';

/** 1-based lines of a file before an edit to those after it. */
export type MovedLines = ReadonlyMap<number, number>;

/** What an evaluation knows of functions: which it has looked into. Entries go with the lowered files that they belong to. */
export interface FollowedFunctions {
  readonly followed: WeakSet<FunctionIr>;
  readonly calledNames: CalledNames;
}

/**
 * Where the lines of a file went by an edit that changes nothing of what following the program finds: comments, blank lines,
 * and bodies of functions that nobody looked into, as long as they call what they called. Null for every other edit.
 */
export function movedLines(before: ModuleIr, after: ModuleIr, known: FollowedFunctions): MovedLines | null {
  const lines = new Map<number, number>();
  if ((before.syntaxErrorLine === null) !== (after.syntaxErrorLine === null)) return null;
  return isSame(before, after, lines, known) ? lines : null;
}

function isSame(before: unknown, after: unknown, lines: Map<number, number>, known: FollowedFunctions): boolean {
  if (before === after) return true;
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return false;
  if (Array.isArray(before)) {
    if (!Array.isArray(after) || before.length !== after.length) return false;
    return before.every((item, at) => isSame(item, after[at], lines, known));
  }
  const [one, other] = [before as Readonly<Record<string, unknown>>, after as Readonly<Record<string, unknown>>];
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  const isUnseen = isFunction(one) && isFunction(other) && !known.followed.has(one);
  if (isUnseen && !hasSameCalls(one, other, known.calledNames)) return false;
  if (isFunction(one) && isFunction(other) && known.followed.has(one)) known.followed.add(other);
  return keys.every((key) => {
    if (key === 'syntaxErrorLine' || (isUnseen && key === 'body')) return true;
    const [from, to] = [one[key], other[key]];
    if (key !== 'line' && key !== 'endLine') return isSame(from, to, lines, known);
    return typeof from === 'number' && typeof to === 'number' && moves(from, to, lines);
  });
}

/** Notes that a line moved; false when it has moved elsewhere already. */
function moves(from: number, to: number, lines: Map<number, number>): boolean {
  const known = lines.get(from);
  if (known === undefined) lines.set(from, to);
  return known === undefined || known === to;
}

function isFunction(value: object): value is FunctionIr {
  return 'params' in value && 'body' in value && 'endLine' in value;
}

function hasSameCalls(before: FunctionIr, after: FunctionIr, calledNames: CalledNames): boolean {
  const [one, other] = [calledNames.ofFunction(before), calledNames.ofFunction(after)];
  return one.size === other.size && [...one].every((name) => other.has(name));
}
