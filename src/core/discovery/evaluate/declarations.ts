import type { Stmt } from '../ir';
import { evaluate } from './expressions';
import type { Machine } from './machine';
import { loadModule, lookupName } from './modules';
import { assign, defineClass, defineFunction, runStatements } from './statements';
import { settle, unknown, type ClassValue, type Frame, type Value } from './values';

/**
 * Runs the declarations of a module that may use what stands below them: names are bound first and evaluated when they are
 * used or, at the latest, in the order of the file; other statements come last.
 */
export function runDeclarations(machine: Machine, body: readonly Stmt[], frame: Frame): void {
  const pending: (() => unknown)[] = [];
  const last: Stmt[] = [];
  // Functions do nothing by being defined, unless decorated, so they come before whatever may call them.
  for (const statement of body) {
    if (statement.k === 'import') runStatements(machine, [statement], frame);
    if (statement.k !== 'function') continue;
    const { fn } = statement;
    const value = { t: 'func', fn, frame } as const;
    machine.createdFunctions.set(fn, value);
    frame.vars.set(fn.name, value);
    if (fn.decorators.length > 0) pending.push(() => defineFunction(machine, fn, frame));
  }
  for (const statement of body) {
    if (statement.k === 'function' || statement.k === 'import') continue;
    if (statement.k === 'assign' && statement.target.k === 'name') {
      const { name } = statement.target;
      const run = (): Value => {
        const inner: Frame = { ...frame, vars: new Map(), parent: frame };
        runStatements(machine, [statement], inner);
        return inner.vars.get(name) ?? unknown(name);
      };
      pending.push(bindLater(frame, name, run));
    } else if (statement.k === 'assign' && statement.target.k === 'list') {
      pending.push(bindList(machine, statement, frame));
    } else if (statement.k === 'class') {
      pending.push(bindLater(frame, statement.cls.name, () => defineClass(machine, statement.cls, frame)));
    } else last.push(statement);
  }
  for (const run of pending) run();
  for (const statement of last) {
    if (statement.k === 'extend') extendClass(machine, statement, frame);
  }
  runStatements(
    machine,
    last.filter(({ k }) => k !== 'extend'),
    frame,
  );
}

/** Gives the functions of an `extend` statement to their class, in whatever file it is declared. */
function extendClass(machine: Machine, statement: Stmt & { k: 'extend' }, frame: Frame): void {
  const cls = settle(lookupName(machine, statement.name, frame));
  const inner: Frame = { ...frame, vars: new Map([['Self', cls]]), parent: frame };
  if (cls.t === 'class') machine.imports.push([frame.file, cls.cls.file]);
  for (const one of statement.body) {
    if (one.k === 'function') {
      const value = defineFunction(machine, one.fn, inner, cls.t === 'class' ? cls : undefined);
      if (cls.t === 'class') cls.attrs.set(one.fn.name, value);
    } else if (one.k === 'assign' && one.target.k === 'name' && cls.t === 'class') {
      cls.attrs.set(one.target.name, evaluate(machine, one.value, inner));
    }
  }
}

/** Follows the files that add a function of this name to a class. True when the class has it now. */
export function loadExtensions(machine: Machine, cls: ClassValue, name: string): boolean {
  const { file } = cls.cls;
  const language = machine.program.languageOf(file);
  if (!language?.declares || !cls.cls.isRecord) return false;
  const scope = machine.modules.get(file)?.namespaces[0] ?? '';
  for (const one of machine.program.files.declaring(language.id, `${scope}.${cls.cls.name}#${name}`)) {
    machine.imports.push([file, one]);
    loadModule(machine, one);
  }
  return cls.attrs.has(name);
}

/** The scope of another file of the same namespace that declares a name. */
export function frameDeclaring(machine: Machine, name: string, frame: Frame): Frame | undefined {
  const state = machine.modules.get(frame.file);
  if (!state?.language.declares) return undefined;
  for (const scope of state.namespaces) {
    const [file] = machine.program.files.declaring(state.language.id, `${scope}.${name}`);
    const found = file === undefined || file === frame.file ? undefined : loadModule(machine, file)?.frame;
    if (found?.vars.has(name)) return found;
  }
  return undefined;
}

/** Binds a name to what `make` gives when it is first used. The answer makes sure that it has run. */
function bindLater(frame: Frame, name: string, make: () => Value): () => unknown {
  const value = later(name, make);
  frame.vars.set(name, value);
  return () => settle(value);
}

function later(name: string, make: () => Value): Value {
  let made: Value | null = null;
  let running = false;
  return {
    t: 'lazy',
    get: () => {
      if (made) return made;
      if (running) return unknown(name);
      running = true;
      try {
        made = settle(make());
        return made;
      } finally {
        running = false;
      }
    },
  };
}

/** `var a, b = f()`: one evaluation for all of its names. */
function bindList(machine: Machine, statement: Stmt & { k: 'assign' }, frame: Frame): () => unknown {
  const inner: Frame = { ...frame, vars: new Map(), parent: frame };
  const whole = later('', () => {
    assign(machine, statement.target, evaluate(machine, statement.value, frame), inner, true);
    return unknown('');
  });
  const items = statement.target.k === 'list' ? statement.target.items : [];
  for (const item of items) {
    if (item.k !== 'name') continue;
    bindLater(frame, item.name, () => {
      settle(whole);
      return inner.vars.get(item.name) ?? unknown(item.name);
    });
  }
  return () => settle(whole);
}
