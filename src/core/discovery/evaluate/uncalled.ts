import type { ClassIr, Expr, FunctionIr, Stmt } from '../ir';
import { instantiate, tryFunction } from './calls';
import type { Machine } from './machine';
import type { FuncValue } from './values';

/**
 * Follows, with unknown arguments, the functions and classes that nothing in the workspace calls and that register
 * something: factories, plugins, `module.exports = (app) => ...`. What a function registered on trial is forgotten later
 * if it turns out to be called after all (the facts carry `trial`).
 */
export function tryUncalled(machine: Machine): void {
  const registrars = new Set(machine.program.models.flatMap((model) => model.registrars));
  const tried = new Set<unknown>();
  for (let round = 0; round < 10; round++) {
    const classes = machine.createdClasses.filter((cls) => !machine.instances.has(cls) && !tried.has(cls));
    const functions = [...machine.createdFunctions.values()].filter(
      ({ fn }) => !machine.called.has(fn) && !tried.has(fn),
    );
    if (classes.length === 0 && functions.length === 0) return;
    for (const cls of classes) {
      tried.add(cls);
      if (!classRegisters(cls.cls, registrars)) continue;
      const place = { file: cls.cls.file, line: cls.cls.line };
      machine.root(null, () => instantiate(machine, cls, { args: [], place, isNew: true }));
    }
    // Those that no other code names are entries; what they call is then no longer uncalled.
    for (const func of functions) {
      tried.add(func.fn);
      if (machine.called.has(func.fn) || !functionRegisters(func.fn, registrars)) continue;
      machine.root(func.fn, () => tryFunction(machine, withSelf(machine, func)));
    }
  }
}

/** Functions and classes of modules that register something and were not called yet: who calls them matters. */
export function uncalledNames(machine: Machine): { readonly name: string; readonly file: string }[] {
  const registrars = new Set(machine.program.models.flatMap((model) => model.registrars));
  const functions = [...machine.createdFunctions.values()].filter(
    ({ fn, frame }) => frame.parent === null && !machine.called.has(fn) && functionRegisters(fn, registrars),
  );
  const classes = machine.createdClasses.filter(
    (cls) => cls.frame.parent === null && !machine.instances.has(cls) && classRegisters(cls.cls, registrars),
  );
  return [...functions.map(({ fn }) => fn), ...classes.map(({ cls }) => cls)].filter(({ name }) =>
    /^\w{3,}$/.test(name),
  );
}

function withSelf(machine: Machine, func: FuncValue): FuncValue {
  if (func.self || !func.owner || func.fn.isStatic) return func;
  const self = machine.instances.get(func.owner);
  return self ? { ...func, self } : func;
}

function classRegisters(cls: ClassIr, registrars: ReadonlySet<string>): boolean {
  return statementsRegister(cls.body, registrars);
}

function functionRegisters(fn: FunctionIr, registrars: ReadonlySet<string>): boolean {
  return statementsRegister(fn.body, registrars);
}

function statementsRegister(statements: readonly Stmt[], names: ReadonlySet<string>): boolean {
  return statements.some((statement) => statementRegisters(statement, names));
}

function statementRegisters(statement: Stmt, names: ReadonlySet<string>): boolean {
  switch (statement.k) {
    case 'function':
      return statement.fn.decorators.some((one) => registers(one, names)) || functionRegisters(statement.fn, names);
    case 'class':
      return statement.cls.decorators.some((one) => registers(one, names)) || classRegisters(statement.cls, names);
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

function registers(expr: Expr, names: ReadonlySet<string>): boolean {
  switch (expr.k) {
    case 'call': {
      const { callee, args } = expr;
      const name = callee.k === 'member' || callee.k === 'name' ? callee.name : '';
      if (names.has(name) && mayRegister(args[0]?.value)) return true;
      return registers(callee, names) || args.some(({ value }) => registers(value, names));
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

/** `data.get("name")` registers nothing: a literal that is no path rules a call out. */
function mayRegister(first: Expr | undefined): boolean {
  if (first?.k !== 'const' || typeof first.value !== 'string') return true;
  return first.value === '' || /^[/*<{]/.test(first.value) || !/^[\w-]*$/.test(first.value);
}
