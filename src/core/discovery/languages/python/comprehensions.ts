import type { Expr } from '../../ir';
import type { SyntaxNode } from '../../syntax';

type Lower = (node: SyntaxNode | undefined) => Expr;

/**
 * Lowers a comprehension of one loop; undefined for more loops.
 *
 * Examples: `[x.path for x in table if x.open]` has the test `x.open`; `{k: v for k, v in pairs}` has the key `k`.
 */
export function lowerComprehension(node: SyntaxNode, lower: Lower): Expr | undefined {
  const { line } = node;
  const clauses = node.named.filter(({ type }) => type === 'for_in_clause');
  const [clause] = clauses;
  const body = node.child('body');
  if (clauses.length !== 1 || !clause || !body) return undefined;
  const tests = node.named.filter(({ type }) => type === 'if_clause').map((one) => lower(one.named[0]));
  const [first, ...more] = tests;
  const test = first && more.reduce((left, right): Expr => ({ k: 'binary', op: 'and', left, right, line }), first);
  const loop = {
    target: lower(clause.child('left')),
    iterable: lower(clause.child('right')),
    ...(test ? { test } : {}),
    line,
  };
  if (body.type !== 'pair') return { k: 'comprehension', body: lower(body), ...loop };
  return { k: 'comprehension', key: lower(body.child('key')), body: lower(body.child('value')), ...loop };
}

/** Lowers `a == b`, `a not in b`, `a is None`; chains such as `a < b < c` are not known. */
export function lowerComparison(node: SyntaxNode, lower: Lower): Expr {
  const { line } = node;
  const parts = node.named.map(lower);
  const [left, right, ...more] = parts;
  const op = node.all
    .filter(({ isNamed }) => !isNamed)
    .map(({ type }) => type)
    .join(' ');
  if (!left || !right || more.length > 0) return { k: 'unknown', parts, line };
  return { k: 'binary', op: op.replaceAll(/\s+/g, ' '), left, right, line };
}
