import type { Expr, Stmt } from '../../ir';

/** Calls `visit` for every expression in statements, functions within them included, outermost first. */
export function walkExpressions(statements: readonly Stmt[], visit: (expr: Expr) => void): void {
  for (const statement of statements) {
    for (const expr of expressionsOf(statement)) walkExpression(expr, visit);
    for (const block of blocksOf(statement)) walkExpressions(block, visit);
  }
}

function expressionsOf(statement: Stmt): readonly Expr[] {
  switch (statement.k) {
    case 'expr':
    case 'assign':
    case 'augment':
    case 'export':
      return [statement.value];
    case 'branch':
      return [...(statement.test ? [statement.test] : []), ...(statement.cases ?? []).filter((one) => one !== null)];
    case 'for':
      return [statement.iterable];
    case 'return':
      return statement.value ? [statement.value] : [];
    default:
      return [];
  }
}

/** The blocks of statements that a statement holds. */
function blocksOf(statement: Stmt): readonly (readonly Stmt[])[] {
  switch (statement.k) {
    case 'branch':
      return statement.branches;
    case 'block':
    case 'for':
      return [statement.body];
    case 'function':
      return [statement.fn.body];
    default:
      return [];
  }
}

function walkExpression(expr: Expr, visit: (expr: Expr) => void): void {
  visit(expr);
  for (const part of partsOf(expr)) walkExpression(part, visit);
  if (expr.k === 'function') walkExpressions(expr.fn.body, visit);
}

function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.k) {
    case 'template':
    case 'unknown':
      return expr.parts;
    case 'member':
      return [expr.object];
    case 'index':
      return [expr.object, expr.index];
    case 'call':
      return [expr.callee, ...expr.args.map(({ value }) => value)];
    case 'list':
      return expr.items;
    case 'dict':
      return expr.entries.map(({ value }) => value);
    case 'spread':
    case 'not':
    case 'assign':
      return [expr.value];
    case 'binary':
      return [expr.left, expr.right];
    case 'cond':
      return [expr.test, expr.then, expr.otherwise];
    default:
      return [];
  }
}
