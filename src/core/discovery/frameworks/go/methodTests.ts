import type { EndpointMethod } from '../../../model/endpoint';
import type { Expr, Stmt } from '../../ir';
import { settle, textOf, type FuncValue, type Value } from '../../evaluate/values';
import { methodNamed } from '../arguments';
import type { ModelHost } from '../model';

/** What an answer to all other methods says. */
const REFUSES = /MethodNotAllowed|NotFound|NotImplemented|\bError\b|40[45]/;

/**
 * The methods that a handler of `net/http` answers, when it looks at `r.Method` itself: the cases of a switch whose default
 * refuses, or what is left after `if r.Method != ... { ...; return }`. Empty when it answers all.
 */
export function methodsTested(handler: Value, host: ModelHost): readonly EndpointMethod[] {
  const func = host.functionOf(handler);
  if (!func) return [];
  const request = func.fn.params.at(-1)?.target;
  if (request?.k !== 'name') return [];
  return ofStatements(host.bodyOf(func.fn), request.name, func, host);
}

function ofStatements(
  statements: readonly Stmt[],
  request: string,
  func: FuncValue,
  host: ModelHost,
): EndpointMethod[] {
  for (const statement of statements) {
    if (statement.k === 'block') {
      const inner = ofStatements(statement.body, request, func, host);
      if (inner.length > 0) return inner;
    }
    if (statement.k !== 'branch' || !statement.test) continue;
    const found = statement.cases
      ? ofSwitch(statement, request, func, host)
      : ofGuard(statement.test, statement.branches[0] ?? [], request, func, host);
    if (found.length > 0) return found;
  }
  return [];
}

function ofSwitch(
  { test, cases = [], branches }: Stmt & { k: 'branch' },
  request: string,
  func: FuncValue,
  host: ModelHost,
): EndpointMethod[] {
  if (!test || !isMethod(test, request)) return [];
  const fallback = branches[cases.indexOf(null)];
  if (fallback && !refuses(fallback)) return [];
  const methods = cases.flatMap((one) => (one ? named(one, func, host) : []));
  return methods.includes(null) ? [] : methods.filter((method) => method !== null);
}

/** `if r.Method != http.MethodPost && r.Method != "PUT" { ...; return }`. */
function ofGuard(
  test: Expr,
  body: readonly Stmt[],
  request: string,
  func: FuncValue,
  host: ModelHost,
): EndpointMethod[] {
  if (!flat(body).some(({ k }) => k === 'return') || !refuses(body)) return [];
  const parts = conjuncts(test);
  const methods = parts.flatMap((part) => {
    if (part.k !== 'binary' || part.op !== '!=' || !isMethod(part.left, request)) return [null];
    return named(part.right, func, host);
  });
  return methods.includes(null) ? [] : methods.filter((method) => method !== null);
}

function flat(body: readonly Stmt[]): Stmt[] {
  return body.flatMap((one) => (one.k === 'block' ? flat(one.body) : [one]));
}

function conjuncts(expr: Expr): Expr[] {
  return expr.k === 'binary' && expr.op === '&&' ? [...conjuncts(expr.left), ...conjuncts(expr.right)] : [expr];
}

function isMethod(expr: Expr, request: string): boolean {
  return expr.k === 'member' && expr.name === 'Method' && expr.object.k === 'name' && expr.object.name === request;
}

/** The methods that an expression or a list of them names; null for one that is not known. */
function named(expr: Expr, func: FuncValue, host: ModelHost): (EndpointMethod | null)[] {
  const value = settle(host.evaluateIn(func, expr));
  const items = value.t === 'list' ? value.items : [value];
  return items.map((item) => methodNamed(textOf(item).text) ?? null);
}

function refuses(body: readonly Stmt[]): boolean {
  return REFUSES.test(JSON.stringify(body));
}
