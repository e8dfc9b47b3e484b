import { instantiate, tryFunction } from './calls';
import type { Machine } from './machine';
import { classRegisters } from './registers';
import type { ClassValue, FuncValue } from './values';

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
      if (!classRegisters(cls.cls, machine.registrars(cls.cls.file))) continue;
      const place = { file: cls.cls.file, line: cls.cls.line };
      machine.root(place.file, null, () => instantiate(machine, cls, { args: [], place, isNew: true }));
    }
    // Those that no other code names are entries; what they call is then no longer uncalled.
    for (const func of functions) {
      tried.add(func.fn);
      if (machine.called.has(func.fn) || !machine.registers(func.fn)) continue;
      machine.root(func.fn.file, func.fn, () => tryFunction(machine, withSelf(machine, func)));
    }
  }
}

/** Functions and classes of modules that register something and were not called yet: who calls them matters. */
export function uncalledNames(machine: Machine): { readonly name: string; readonly file: string }[] {
  const functions = [...machine.createdFunctions.values()].filter(
    ({ fn, frame }) => frame.parent === null && !machine.called.has(fn) && machine.registers(fn),
  );
  const classes = machine.createdClasses.filter(
    (cls) =>
      cls.frame.parent === null &&
      !machine.instances.has(cls) &&
      (isTemplate(cls) || classRegisters(cls.cls, machine.registrars(cls.cls.file))),
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

/** An annotation type, or an abstract class or interface with annotated methods: what is made of it may be a controller. */
function isTemplate({ cls }: ClassValue): boolean {
  const { modifiers = [] } = cls;
  if (modifiers.includes('annotation')) return true;
  if (!modifiers.includes('abstract') && !modifiers.includes('interface')) return false;
  return cls.body.some((statement) => statement.k === 'function' && statement.fn.decorators.length > 0);
}
