import type { ImportBinding } from '../ir';
import type { ImportTarget } from '../languages/frontend';
import { runDeclarations } from './declarations';
import { evaluate } from './expressions';
import { readJsonFile } from './jsonFiles';
import type { Machine, ModuleState } from './machine';
import { findInClass, getMember } from './members';
import { runStatements } from './statements';
import { settle, unknown, type Frame, type Value } from './values';

/** Runs a module once and answers with its state, half-filled while it is still running; null when it cannot be used. */
export function loadModule(machine: Machine, file: string): ModuleState | null {
  const known = machine.modules.get(file);
  if (known !== undefined) return known;
  const ir = machine.program.ir(file);
  const language = machine.program.languageOf(file);
  if (!ir || !language) {
    machine.modules.set(file, null);
    return null;
  }
  const frame: Frame = {
    vars: new Map(),
    parent: null,
    file,
    returns: null,
  };
  const state: ModuleState = {
    file,
    language,
    frame,
    exports: new Map(),
    stars: [],
    namespaces: ir.namespaces ?? [''],
  };
  machine.modules.set(file, state);
  machine.root(file, null, () => {
    for (const [name, value] of language.moduleScope(file)) frame.vars.set(name, evaluate(machine, value, frame));
    if (ir.isUnordered) runDeclarations(machine, ir.body, frame);
    else runStatements(machine, ir.body, frame);
  });
  return state;
}

/** Binds the names of an import statement in a scope. They are looked up when they are used, so that cycles do no harm. */
export function bindImport(machine: Machine, source: string, bindings: readonly ImportBinding[], frame: Frame): void {
  const target = resolveImport(machine, source, frame.file);
  const runs = machine.runsImports(frame.file);
  for (const { name, local } of bindings) {
    if (name === '*') machine.modules.get(frame.file)?.stars.push(starValue(machine, target));
    else {
      const own = ownSubmodule(machine, target, name, frame) ?? modelValue(machine, target, name, frame.file);
      const value = own ?? importedValue(machine, target, name);
      frame.vars.set(local, value);
      const module = runs ? settle(value) : value;
      if (runs && module.t === 'module') loadModule(machine, module.file);
    }
  }
}

/** A name of a library that a framework model knows more of. */
function modelValue(machine: Machine, target: ImportTarget, name: string | null, file: string): Value | undefined {
  if (target.kind !== 'library') return undefined;
  const symbol = name === null ? target.symbol : `${target.symbol}.${name}`;
  for (const model of machine.modelsFor(symbol)) {
    const found = model.importedSymbol?.(symbol, file, machine.host);
    if (found) return found;
  }
  return undefined;
}

/** `from . import x` in a package's own `__init__`: the name that it binds is not yet there to be found, so x is the file. */
function ownSubmodule(machine: Machine, target: ImportTarget, name: string | null, frame: Frame): Value | undefined {
  if (name === null || target.kind !== 'file' || target.file !== frame.file || frame.vars.has(name)) return undefined;
  return submodule(machine, target.file, target.file, name);
}

/** Makes names of another module exports of this one. */
export function exportFrom(machine: Machine, source: string, bindings: readonly ImportBinding[], frame: Frame): void {
  const target = resolveImport(machine, source, frame.file);
  const state = machine.modules.get(frame.file);
  for (const { name, local } of bindings) {
    if (name === '*') state?.stars.push(moduleValue(target));
    else state?.exports.set(local, importedValue(machine, target, name));
  }
}

/**
 * Where an import leads from a file: to another file, a folder, a name, or a library when nothing of the workspace is meant. The
 * machine remembers what was imported, for what an edit makes stale.
 */
export function resolveImport(machine: Machine, source: string, fromFile: string): ImportTarget {
  const language = machine.program.languageOf(fromFile);
  const target = language?.resolveImport(source, fromFile, machine.program.files);
  if (!target) return { kind: 'library', symbol: source };
  if (target.kind === 'library') {
    machine.notePackage(fromFile, target.symbol);
  } else machine.imports.push([fromFile, target.kind === 'folder' ? target.folder : target.file]);
  return target;
}

/** What a `*` import adds names of: a module, a package, or the static members of a class. */
function starValue(machine: Machine, target: ImportTarget): Value {
  return target.kind === 'name' ? namedValue(machine, target) : moduleValue(target);
}

/** A name in a file, found when it is used. */
function namedValue(machine: Machine, target: ImportTarget & { kind: 'name' }): Value {
  const [first = '', ...rest] = target.name.split('.');
  return lazily(target.name, () => {
    const top = moduleMember(machine, { t: 'module', file: target.file }, first);
    return top && rest.reduce((value, name) => getMember(machine, value, name), top);
  });
}

function lazily(name: string, find: () => Value | undefined): Value {
  let running = false;
  return {
    t: 'lazy',
    get: () => {
      if (running) return unknown(name);
      running = true;
      try {
        return find() ?? unknown(name);
      } finally {
        running = false;
      }
    },
  };
}

/** `A.B.C` among names: as it stands, within nested classes, or by its last part when the rest is a namespace. */
function nestedName(machine: Machine, vars: ReadonlyMap<string, Value>, name: string): Value | undefined {
  const whole = vars.get(name);
  if (whole) return settle(whole);
  const names = name.split('.');
  for (let count = names.length - 1; count > 0; count--) {
    const holder = vars.get(names.slice(0, count).join('.'));
    const cls = holder && settle(holder);
    if (cls?.t !== 'class') continue;
    const found =
      findInClass(machine, cls, names.slice(count).join('.')) ??
      nestedName(machine, cls.attrs, names.slice(count).join('.'));
    if (found) return settle(found);
  }
  const last = vars.get(names[names.length - 1] ?? '');
  return last && settle(last);
}

/** What a dotted name means that a file of the language declares somewhere in the workspace; undefined for none. */
export function declaredValue(machine: Machine, language: string, name: string, fromFile: string): Value | undefined {
  const [file] = machine.program.files.declaring(language, name);
  if (file === undefined) return undefined;
  machine.imports.push([fromFile, file]);
  const state = loadModule(machine, file);
  return state ? nestedName(machine, state.frame.vars, name) : undefined;
}

/** A module as a value: `import x`, `require('x')`. */
export function moduleValue(target: ImportTarget): Value {
  if (target.kind === 'file' || target.kind === 'name') return { t: 'module', file: target.file };
  return target.kind === 'folder' ? { t: 'folder', folder: target.folder } : { t: 'symbol', path: target.symbol };
}

function importedValue(machine: Machine, target: ImportTarget, name: string | null): Value {
  if (target.kind === 'name') return namedValue(machine, target);
  const module = moduleValue(target);
  if (name === null) return module;
  if (module.t === 'symbol') {
    return name === 'default' ? module : { t: 'symbol', path: `${module.path}.${name}` };
  }
  return lazily(name, () => moduleMember(machine, module, name));
}

/** What `module.name` is, submodules included; undefined when there is no such name. */
export function moduleMember(machine: Machine, module: Value, name: string, hops = 0): Value | undefined {
  if (hops > 20) return undefined;
  if (module.t === 'symbol') return { t: 'symbol', path: `${module.path}.${name}` };
  if (module.t === 'lazy' || module.t === 'class') {
    const holder = settle(module);
    if (holder.t === 'module' || holder.t === 'symbol') return moduleMember(machine, holder, name, hops + 1);
    return holder.t === 'class' ? findInClass(machine, holder, name) : undefined;
  }
  if (module.t === 'folder') return submodule(machine, module.folder, module.folder, name);
  if (module.t !== 'module') return undefined;
  const data = readJsonFile(module.file, machine.program.files);
  if (data) return name === 'default' ? data : data.t === 'dict' ? data.entries.get(name) : undefined;
  const state = loadModule(machine, module.file);
  if (!state) return undefined;
  const own = state.language.visibleNames === 'exports' ? jsExport(state, name) : state.frame.vars.get(name);
  if (own) return settle(own);
  const below = submodule(machine, module.file, module.file, name);
  if (below) return below;
  for (const star of state.stars) {
    const found = star.t === 'symbol' ? undefined : moduleMember(machine, star, name, hops + 1);
    if (found) return found;
  }
  return undefined;
}

function submodule(machine: Machine, from: string, place: string, name: string): Value | undefined {
  const language = from.includes('.') ? machine.program.languageOf(from) : machine.program.languageOf(`${from}/x.py`);
  const target = language?.resolveSubmodule?.(place, name, machine.program.files);
  if (!target) return undefined;
  if (target.kind !== 'library') machine.imports.push([place, target.kind === 'folder' ? target.folder : target.file]);
  return target.kind === 'name' ? namedValue(machine, target) : moduleValue(target);
}

function jsExport(state: ModuleState, name: string): Value | undefined {
  const own = state.exports.get(name);
  if (own) return own;
  const whole = commonExports(state);
  if (name === 'default') return state.exports.size === 0 ? whole : undefined;
  const settled = whole && settle(whole);
  if (settled?.t === 'func') return settled.props?.get(name);
  return settled?.t === 'dict' ? settled.entries.get(name) : undefined;
}

/** `module.exports` of a CommonJS module. */
function commonExports(state: ModuleState): Value | undefined {
  const assigned = state.exports.get('=');
  if (assigned) return assigned;
  const module = state.frame.vars.get('module');
  return module?.t === 'dict' ? module.entries.get('exports') : undefined;
}

/** What `require(file)` gives: `module.exports` for CommonJS, the module itself for ES modules, the data of JSON. */
export function requiredValue(machine: Machine, module: Value): Value {
  if (module.t !== 'module') return module;
  const data = readJsonFile(module.file, machine.program.files);
  if (data) return data;
  const state = loadModule(machine, module.file);
  if (!state || state.language.visibleNames !== 'exports') return module;
  if (state.exports.size > 0 && !state.exports.has('=')) return module;
  return commonExports(state) ?? module;
}

/** The value of a bare name: scopes outwards, then `*` imports, then whatever the language has by that name. */
export function lookupName(machine: Machine, name: string, frame: Frame): Value {
  for (let scope: Frame | null = frame; scope; scope = scope.parent) {
    const value = scope.vars.get(name) ?? bareMember(machine, name, scope);
    if (value) return settle(value);
  }
  const state = machine.modules.get(frame.file);
  const scopes = state?.language.declares ? state.namespaces : [];
  for (const scope of scopes) {
    // A framework that the workspace adds to (`module Rails` in an initializer) is still the framework.
    if (scope === '' && machine.program.files.isFramework(name)) continue;
    const full = scope === '' ? name : `${scope}.${name}`;
    const declared = declaredValue(machine, state?.language.id ?? '', full, frame.file);
    if (declared) return declared;
  }
  for (const star of state?.stars ?? []) {
    if (star.t === 'symbol') {
      const declared = declaredValue(machine, state?.language.id ?? '', `${star.path}.${name}`, frame.file);
      if (declared) return declared;
      if (machine.modelsFor(star.path).length > 0) return { t: 'symbol', path: `${star.path}.${name}` };
      continue;
    }
    const found = moduleMember(machine, star, name);
    if (found) return found;
  }
  return memberOfName(machine, name, frame) ?? { t: 'symbol', path: name };
}

/** A dotted name of which the beginning is known: a constant within a class. */
function memberOfName(machine: Machine, name: string, frame: Frame): Value | undefined {
  const dot = name.lastIndexOf('.');
  if (dot <= 0) return undefined;
  const holder = lookupName(machine, name.slice(0, dot), frame);
  if (holder.t === 'symbol') return undefined;
  const found = getMember(machine, holder, name.slice(dot + 1));
  return found.t === 'method' || found.t === 'unknown' ? undefined : found;
}

/** An inherited member, in a language that finds it by its bare name. */
function bareMember(machine: Machine, name: string, scope: Frame): Value | undefined {
  if (scope.owner?.attrs !== scope.vars) return undefined;
  if (!machine.program.languageOf(scope.file)?.hasBareMembers) return undefined;
  return findInClass(machine, scope.owner, name);
}
