import type { FunctionIr } from '../ir';
import { instantiate, tryFunction } from './calls';
import { isPlain } from './decisions';
import type { Machine } from './machine';
import type { ClassValue, FuncValue } from './values';

/** What functions are called that put routes on something they are given: `init_app`, `register_views`. */
const SETTING_UP =
  /^(?=\w{5,}$)(?!__).*(?:app|server|rout|api|url|blueprint|handler|endpoint|view|setup|register|init|mount|plugin|create|make|build)/i;
const CALLER_ROUNDS = 3;

/**
 * Functions that nothing calls and that register nothing themselves, but call one that does: `create_app` whose work is
 * done by the `init_app` of every part.
 */
function indirectly(machine: Machine): ReadonlySet<FuncValue> {
  const found = new Set<FuncValue>();
  const all = [...machine.createdFunctions.values()];
  const names = new Set(all.filter(({ fn }) => machine.registers(fn)).map(({ fn }) => fn.name));
  const rest = all.filter(({ fn }) => !machine.called.has(fn) && !machine.registers(fn));
  for (let round = 0; round < CALLER_ROUNDS; round++) {
    const known = new Set([...names].filter((name) => SETTING_UP.test(name)));
    const more =
      known.size === 0
        ? []
        : rest.filter((one) => !found.has(one) && machine.program.calledNames.functionRegisters(one.fn, known));
    if (more.length === 0) break;
    for (const one of more) {
      found.add(one);
      names.add(one.fn.name);
    }
  }
  return found;
}

/**
 * Follows, with unknown arguments, the functions and classes that nothing in the workspace calls and that register
 * something: factories, plugins, `module.exports = (app) => ...`. What a function registered on trial is forgotten later
 * if it turns out to be called after all (the facts carry `trial`).
 */
export function tryUncalled(machine: Machine): void {
  const tried = new Set<unknown>();
  for (let round = 0; round < 10; round++) {
    const classes = machine.createdClasses.filter((cls) => !machine.instances.has(cls) && !tried.has(cls));
    const functions = [...machine.createdFunctions.values()].filter(
      ({ fn }) => !machine.called.has(fn) && !tried.has(fn),
    );
    if (classes.length === 0 && functions.length === 0) return;
    for (const cls of classes) {
      tried.add(cls);
      if (!machine.classRegisters(cls.cls)) continue;
      const place = { file: cls.cls.file, line: cls.cls.line };
      machine.root(place.file, null, () => instantiate(machine, cls, { args: [], place, isNew: true }));
    }
    const callers = indirectly(machine);
    // Those that no other code names are entries; what they call is then no longer uncalled.
    for (const func of functions) {
      tried.add(func.fn);
      if (machine.called.has(func.fn) || !(machine.registers(func.fn) || callers.has(func))) continue;
      machine.root(func.fn.file, func.fn, () => tryFunction(machine, withSelf(machine, func)));
    }
  }
}

/** Functions and classes of modules that register something and were not called yet: who calls them matters. */
export function uncalledNames(machine: Machine): { readonly name: string; readonly file: string }[] {
  const callers = indirectly(machine);
  const functions = [...machine.createdFunctions.values()].filter(
    (func) =>
      func.frame.parent === null &&
      !machine.called.has(func.fn) &&
      (isGiven(machine, func.fn) || callers.has(func)) &&
      (machine.registers(func.fn) || callers.has(func)),
  );
  const classes = machine.createdClasses.filter(
    (cls) => cls.frame.parent === null && !machine.instances.has(cls) && (isTemplate(cls) || isWaiting(machine, cls)),
  );
  return [...functions.map(({ fn }) => fn), ...classes.map(({ cls }) => cls)].filter(({ name }) =>
    /^\w{3,}$/.test(name),
  );
}

/** True when what a function registers may depend on its caller: one without parameters says it all itself. */
function isGiven(machine: Machine, fn: FunctionIr): boolean {
  return (
    !isPlain(machine, fn.file) ||
    fn.params.some(({ target }) => target.k !== 'name' || !/^(?:self|cls)$/.test(target.name))
  );
}

/** The same of a class: its constructor or a method that registers is given something. */
function isWaiting(machine: Machine, { cls }: ClassValue): boolean {
  if (!machine.classRegisters(cls)) return false;
  if (!isPlain(machine, cls.file)) return true;
  return (
    cls.body.some(
      (statement) => statement.k === 'function' && isGiven(machine, statement.fn) && machine.registers(statement.fn),
    ) ||
    cls.body.some(
      (statement) =>
        statement.k === 'function' &&
        /^(?:__init__|constructor)$/.test(statement.fn.name) &&
        isGiven(machine, statement.fn),
    )
  );
}

function withSelf(machine: Machine, func: FuncValue): FuncValue {
  if (func.self || !func.owner || func.fn.isStatic) return func;
  const self = machine.instances.get(func.owner);
  return self ? { ...func, self } : func;
}

/** An annotation type, or an abstract class or interface with annotated methods: what is made of it may be a controller. */
function isTemplate({ cls }: ClassValue): boolean {
  const { modifiers = [] } = cls;
  if (modifiers.includes('annotation')) return true;
  if (!modifiers.includes('abstract') && !modifiers.includes('interface')) return false;
  return cls.body.some((statement) => statement.k === 'function' && statement.fn.decorators.length > 0);
}
