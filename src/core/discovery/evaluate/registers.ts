import type { Arg, ClassIr, Expr, FunctionIr, Stmt } from '../ir';

/**
 * Names that code calls in a way that may register something, each function and class walked once: the same is asked of
 * every function many times over, with other names each time.
 */
export class CalledNames {
  readonly #functions = new WeakMap<FunctionIr, ReadonlySet<string>>();
  readonly #classes = new WeakMap<ClassIr, ReadonlySet<string>>();

  /** True when the body of a class, its methods included, makes a call of one of the names, or a decorator does. */
  classRegisters(cls: ClassIr, registrars: ReadonlySet<string>): boolean {
    return sharesName(this.#ofClass(cls), registrars);
  }

  /** The same of a function, functions within it included. */
  functionRegisters(fn: FunctionIr, registrars: ReadonlySet<string>): boolean {
    return sharesName(this.ofFunction(fn), registrars);
  }

  /** The same of statements. */
  statementsRegister(statements: readonly Stmt[], registrars: ReadonlySet<string>): boolean {
    const found = new Set<string>();
    this.#statements(statements, found);
    return sharesName(found, registrars);
  }

  /** All of them in the body of a function, functions within it included. */
  ofFunction(fn: FunctionIr): ReadonlySet<string> {
    let names = this.#functions.get(fn);
    if (!names) {
      const found = new Set<string>();
      this.#statements(fn.body, found);
      this.#functions.set(fn, (names = found));
    }
    return names;
  }

  #ofClass(cls: ClassIr): ReadonlySet<string> {
    let names = this.#classes.get(cls);
    if (!names) {
      const found = new Set<string>();
      this.#statements(cls.body, found);
      this.#classes.set(cls, (names = found));
    }
    return names;
  }

  #statements(statements: readonly Stmt[], into: Set<string>): void {
    for (const statement of statements) this.#statement(statement, into);
  }

  #statement(statement: Stmt, into: Set<string>): void {
    switch (statement.k) {
      case 'function':
        for (const one of statement.fn.decorators) this.#expression(one, into, true);
        addAll(into, this.ofFunction(statement.fn));
        return;
      case 'class':
        for (const one of statement.cls.decorators) this.#expression(one, into, true);
        addAll(into, this.#ofClass(statement.cls));
        return;
      case 'branch':
        for (const branch of statement.branches) this.#statements(branch, into);
        return;
      case 'block':
      case 'for':
        this.#statements(statement.body, into);
        return;
      case 'expr':
      case 'assign':
      case 'augment':
      case 'export':
        this.#expression(statement.value, into);
        return;
      case 'return':
        if (statement.value) this.#expression(statement.value, into);
        return;
      default:
        return;
    }
  }

  /** `isApplied`: what the expression gives is itself called, as a decorator is. */
  #expression(expr: Expr, into: Set<string>, isApplied = false): void {
    switch (expr.k) {
      case 'call': {
        const { callee, args } = expr;
        const name = callee.k === 'member' || callee.k === 'name' ? callee.name : '';
        if (
          (isApplied || !(looksUp(name, args) || isRequest(name, args))) &&
          args.length >= fewestArguments(name) &&
          mayRegister(args[0]?.value)
        ) {
          into.add(name);
        }
        this.#expression(callee, into, true);
        for (const { value } of args) this.#expression(value, into);
        return;
      }
      case 'member':
        this.#expression(expr.object, into);
        return;
      case 'list':
        for (const item of expr.items) this.#expression(item, into);
        return;
      case 'dict':
        for (const { value } of expr.entries) this.#expression(value, into);
        return;
      case 'function':
        addAll(into, this.ofFunction(expr.fn));
        return;
      case 'class':
        addAll(into, this.#ofClass(expr.cls));
        return;
      case 'cond':
        this.#expression(expr.then, into);
        this.#expression(expr.otherwise, into);
        return;
      case 'binary':
        this.#expression(expr.left, into);
        this.#expression(expr.right, into);
        return;
      case 'comprehension':
        this.#expression(expr.body, into);
        this.#expression(expr.iterable, into);
        return;
      case 'unknown':
        for (const part of expr.parts) this.#expression(part, into);
        return;
      case 'assign':
      case 'spread':
      case 'not':
        this.#expression(expr.value, into);
        return;
      default:
        return;
    }
  }
}

function addAll(into: Set<string>, names: ReadonlySet<string>): void {
  for (const name of names) into.add(name);
}

function sharesName(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  const [few, many] = some.size < others.size ? [some, others] : [others, some];
  for (const name of few) if (many.has(name)) return true;
  return false;
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

const VERB = /^(?:get|post|put|patch|delete|head|options|all)$/;

/** `rows.delete()`, `client.post(url, json=body)`: a verb without a path that stands there and without a handler after it. */
function isRequest(name: string, args: readonly Arg[]): boolean {
  if (!VERB.test(name)) return false;
  const [first, second] = args;
  if (!first) return true;
  if (first.value.k === 'function') return false;
  if (first.value.k === 'const' || first.value.k === 'template' || first.value.k === 'binary') return false;
  return !second || second.name !== undefined || second.value.k === 'dict';
}

/** `data.get("name")` registers nothing: a literal that is no path rules a call out. */
function mayRegister(first: Expr | undefined): boolean {
  if (first?.k !== 'const' || typeof first.value !== 'string') return true;
  return first.value === '' || /^[/*<{]/.test(first.value) || !/^[\w-]*$/.test(first.value);
}
