import type { Arg, ClassIr, Expr, FunctionIr, Stmt } from '../ir';

/** True when the body of a class, its methods included, makes a call of one of the names, or a decorator does. */
export function classRegisters(cls: ClassIr, registrars: ReadonlySet<string>): boolean {
  return statementsRegister(cls.body, registrars);
}

/** The same of a function, functions within it included. */
export function functionRegisters(fn: FunctionIr, registrars: ReadonlySet<string>): boolean {
  return statementsRegister(fn.body, registrars);
}

function statementsRegister(statements: readonly Stmt[], names: ReadonlySet<string>): boolean {
  return statements.some((statement) => statementRegisters(statement, names));
}

function statementRegisters(statement: Stmt, names: ReadonlySet<string>): boolean {
  switch (statement.k) {
    case 'function':
      return (
        statement.fn.decorators.some((one) => registers(one, names, true)) || functionRegisters(statement.fn, names)
      );
    case 'class':
      return (
        statement.cls.decorators.some((one) => registers(one, names, true)) || classRegisters(statement.cls, names)
      );
    case 'branch':
      return statement.branches.some((branch) => statementsRegister(branch, names));
    case 'block':
    case 'for':
      return statementsRegister(statement.body, names);
    case 'expr':
    case 'assign':
    case 'augment':
    case 'export':
      return registers(statement.value, names);
    case 'return':
      return statement.value !== null && registers(statement.value, names);
    default:
      return false;
  }
}

/** `isApplied`: what the expression gives is itself called, as a decorator is. */
function registers(expr: Expr, names: ReadonlySet<string>, isApplied = false): boolean {
  switch (expr.k) {
    case 'call': {
      const { callee, args } = expr;
      const name = callee.k === 'member' || callee.k === 'name' ? callee.name : '';
      if (
        names.has(name) &&
        (isApplied || !looksUp(name, args)) &&
        args.length >= fewestArguments(name) &&
        mayRegister(args[0]?.value)
      )
        return true;
      return registers(callee, names, true) || args.some(({ value }) => registers(value, names));
    }
    case 'member':
      return registers(expr.object, names);
    case 'list':
      return expr.items.some((item) => registers(item, names));
    case 'dict':
      return expr.entries.some(({ value }) => registers(value, names));
    case 'function':
      return functionRegisters(expr.fn, names);
    case 'class':
      return classRegisters(expr.cls, names);
    case 'cond':
      return registers(expr.then, names) || registers(expr.otherwise, names);
    case 'binary':
      return registers(expr.left, names) || registers(expr.right, names);
    case 'unknown':
      return expr.parts.some((part) => registers(part, names));
    case 'assign':
    case 'spread':
    case 'not':
      return registers(expr.value, names);
    default:
      return false;
  }
}

/** A verb that begins with a capital is Go's or C#'s, and takes a path and a handler: `header.Get(key)` registers nothing. */
function fewestArguments(name: string): number {
  return /^(?:get|post|put|patch|delete|head|options|handle|add|all|any|match|mount|method|host)$/i.test(name) &&
    /^[A-Z]/.test(name)
    ? 2
    : 0;
}

/** `map.get(key)` and `set.delete(this)` name no handler: one argument that is neither text nor a function. */
function looksUp(name: string, args: readonly Arg[]): boolean {
  const [first] = args;
  if (args.length !== 1 || !first || !/^(?:get|put|delete|head|options|all)$/.test(name)) return false;
  return ['name', 'member', 'index', 'call', 'list', 'unknown'].includes(first.value.k);
}

/** `data.get("name")` registers nothing: a literal that is no path rules a call out. */
function mayRegister(first: Expr | undefined): boolean {
  if (first?.k !== 'const' || typeof first.value !== 'string') return true;
  return first.value === '' || /^[/*<{]/.test(first.value) || !/^[\w-]*$/.test(first.value);
}
