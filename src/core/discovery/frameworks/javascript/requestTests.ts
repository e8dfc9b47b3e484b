import type { HttpMethod } from '../../../model/endpoint';
import type { Expr, FunctionIr } from '../../ir';
import { walkExpressions } from './irWalk';
import { methodNamed } from '../arguments';

const EQUALS = new Set(['===', '==', '!==', '!=']);

/**
 * The methods that the body of a handler for every method looks for: `req.method === 'POST'`, `switch (event.method)`,
 * `['GET', 'PUT'].includes(request.method)`. Empty when it looks for none.
 */
export function methodsTested(body: FunctionIr['body']): HttpMethod[] {
  const found = new Set<HttpMethod>();
  const add = (expr: Expr | null | undefined): void => {
    const method = expr?.k === 'const' && typeof expr.value === 'string' ? methodNamed(expr.value) : undefined;
    if (method) found.add(method);
  };
  walkExpressions(body, (expr) => {
    if (expr.k === 'binary' && EQUALS.has(expr.op)) {
      if (isMethod(expr.left)) add(expr.right);
      if (isMethod(expr.right)) add(expr.left);
    }
    if (expr.k === 'call' && expr.callee.k === 'member' && expr.callee.name === 'includes') {
      const [first] = expr.args;
      if (first && isMethod(first.value) && expr.callee.object.k === 'list') expr.callee.object.items.forEach(add);
    }
  });
  collectCases(body, add);
  return [...found];
}

function collectCases(body: FunctionIr['body'], add: (expr: Expr | null) => void): void {
  for (const statement of body) {
    if (statement.k === 'branch') {
      if (statement.cases && statement.test && isMethod(statement.test)) statement.cases.forEach(add);
      for (const branch of statement.branches) collectCases(branch, add);
    } else if (statement.k === 'block' || statement.k === 'for') collectCases(statement.body, add);
  }
}

/** `req.method`, `request.method.toUpperCase()`, `method`, `getMethod(event)`. */
export function isMethod(expr: Expr): boolean {
  if (expr.k === 'member') return expr.name === 'method';
  if (expr.k === 'name') return expr.name === 'method';
  if (expr.k !== 'call') return false;
  if (expr.callee.k === 'member' && expr.callee.name === 'toUpperCase') return isMethod(expr.callee.object);
  return expr.callee.k === 'name' && (expr.callee.name === 'getMethod' || expr.callee.name === 'getRequestMethod');
}
