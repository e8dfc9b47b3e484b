import type { FunctionIr, Param } from '../ir';
import { isTestFile } from '../files';
import { HOLE } from '../graph';
import { evaluate } from './expressions';
import { callHandedOver } from './handedOver';
import { callLibrary, callPlainMethod } from './library';
import type { Machine } from './machine';
import { findInClass, getMember, libraryBases } from './members';
import { buildRecord } from './records';
import { assign, instanceOfType } from './statements';
import {
  dict,
  list,
  nameOf,
  NULL,
  settle,
  str,
  union,
  unknown,
  type ArgValue,
  type CallSite,
  type ClassValue,
  type Frame,
  type FuncValue,
  type InstanceValue,
  type Value,
} from './values';

/** Calls a value. What cannot be followed gives an unknown that remembers a function among its arguments. */
export function callValue(machine: Machine, rawCallee: Value, site: CallSite): Value {
  if (!machine.step()) return unknown('');
  const callee = settle(rawCallee);
  machine.program.trace?.({ callee, name: null, place: site.place });
  switch (callee.t) {
    case 'func':
      return callFunction(machine, callee, site);
    case 'class':
      return instantiate(machine, callee, site);
    case 'native':
      return callee.call(site);
    case 'symbol':
      return callSymbol(machine, callee.path, site);
    case 'union':
      return union(callee.options.map((option) => callValue(machine, option, site)));
    case 'method':
      return callMethod(machine, callee.object, callee.name, site);
    case 'instance': {
      const own = findInClass(machine, callee.cls, '__call__');
      if (own?.t === 'func') return callFunction(machine, { ...own, self: callee }, site);
      return callee.native ? callValue(machine, callee.native, site) : opaque(callee, site);
    }
    case 'object':
      return callMethod(machine, callee, '()', site);
    default:
      return opaque(callee, site);
  }
}

function opaque(callee: Value, site: CallSite): Value {
  const wrapped = site.args.map(({ value }) => settle(value)).find(isHandlerLike);
  const name = nameOf(callee);
  return unknown(`${name}()`, wrapped ? { wraps: wrapped } : {});
}

function isHandlerLike(value: Value): boolean {
  if (value.t === 'object') return value.router === null;
  return value.t === 'func' || value.t === 'method' || (value.t === 'unknown' && value.wraps !== undefined);
}

/** A library's function or class: what the standard library does to text and lists, then the framework models. */
function callSymbol(machine: Machine, path: string, site: CallSite): Value {
  for (const model of machine.modelsFor(path)) {
    const answer = model.callSymbol?.(path, site, machine.host);
    if (answer) return answer;
  }
  const known = callLibrary(machine, path, site);
  if (known) return known;
  callHandedOver(machine, path, site);
  return opaque({ t: 'symbol', path }, site);
}

/** Calls `object.name(...)`. */
export function callMethod(machine: Machine, rawObject: Value, name: string, site: CallSite): Value {
  if (!machine.step()) return unknown('');
  const object = settle(rawObject);
  machine.program.trace?.({ callee: object, name, place: site.place });
  switch (object.t) {
    case 'union':
      return union(object.options.map((option) => callMethod(machine, option, name, site)));
    case 'object': {
      const attr = object.attrs.get(name);
      if (attr) return callValue(machine, attr, site);
      const model = machine.program.models.find(({ id }) => id === object.model);
      return model?.callMethod?.(object, name, site, machine.host) ?? opaque({ t: 'method', object, name }, site);
    }
    case 'unknown':
      return callUnknown(machine, object, name, site);
    case 'super':
      return callSuper(machine, object.owner, object.self, name, site);
    case 'instance': {
      const own = object.attrs.get(name) ?? findInClass(machine, object.cls, name);
      if (!own && object.native) return callMethod(machine, object.native, name, site);
      return callValue(machine, getMember(machine, object, name), site);
    }
    case 'func':
      if (object.props?.has(name)) return callValue(machine, object.props.get(name) ?? object, site);
      if (name === 'bind') return object;
      if (name === 'call') return callValue(machine, object, { ...site, args: site.args.slice(1) });
      return opaque({ t: 'method', object, name }, site);
    case 'symbol':
      return callSymbol(machine, `${object.path}.${name}`, site);
    case 'class':
    case 'module':
    case 'folder': {
      // `import('./x').then((module) => ...)`.
      const [then] = name === 'then' && object.t === 'module' ? site.args : [];
      if (then) return callValue(machine, then.value, { ...site, args: [{ value: object }] });
      const member = getMember(machine, object, name);
      if (member.t !== 'method') return callValue(machine, member, site);
      // What a library's class method makes of a class (`View.as_view()`) still leads to the class.
      return object.t === 'class' ? unknown(`${nameOf(member)}()`, { wraps: object }) : opaque(member, site);
    }
    case 'dict': {
      const own = object.entries.get(name);
      if (own) return callValue(machine, own, site);
      break;
    }
    default:
      break;
  }
  return callPlainMethod(machine, object, name, site) ?? opaque({ t: 'method', object, name }, site);
}

function callUnknown(machine: Machine, object: Value & { t: 'unknown' }, name: string, site: CallSite): Value {
  if (object.object) return callMethod(machine, object.object, name, site);
  if (object.isParameter) {
    const language = machine.program.languageOf(site.place.file)?.id ?? '';
    for (const model of machine.likelyModels(site.place.file)) {
      if (!model.recognise || !model.languages.includes(language)) continue;
      const found = model.recognise(object, name, site, machine.host);
      if (!found) continue;
      object.object = found;
      return callMethod(machine, found, name, site);
    }
  }
  callHandedOver(machine, '', site);
  return opaque({ ...object, name: `${object.name}.${name}` }, site);
}

/** Follows a function of the workspace with the arguments it is given. */
export function callFunction(machine: Machine, func: FuncValue, site: CallSite): Value {
  // Every test makes its own application; what they make is the same.
  const isTested = isTestFile(site.place.file) && !isTestFile(func.fn.file);
  const known = isTested ? machine.results.get(func.fn) : undefined;
  if (known) return known;
  // What only tests call still waits for its caller.
  if (!isTested) machine.called.add(func.fn);
  const language = machine.program.languageOf(func.fn.file);
  const returns: Value[] = [];
  const frame: Frame = {
    vars: new Map(),
    parent: func.frame,
    file: func.fn.file,
    returns,
    ...(func.self ? { self: func.self } : func.frame.self ? { self: func.frame.self } : {}),
    ...(func.owner ? { owner: func.owner } : func.frame.owner ? { owner: func.frame.owner } : {}),
  };
  const implied = language?.selfStyle === 'implied';
  if (func.self && implied) frame.vars.set(language.selfName, func.self);
  const args = func.self && !implied ? [{ value: func.self }, ...site.args] : site.args;
  bindParams(machine, func.fn.params, args, frame);
  machine.enter(func.fn, frame);
  const result = union(returns);
  if (func.owner === undefined && func.frame.parent === null) machine.results.set(func.fn, result);
  if (!isMadeIn(func.fn, result)) return result;
  const wrapped = site.args.map(({ value }) => settle(value)).find(isHandlerLike);
  return wrapped && result !== wrapped ? unknown(`${func.fn.name}()`, { wraps: wrapped }) : result;
}

/** True for a function, and for what a library makes of one that stands in the body of `fn`: a wrapper of what it is given. */
function isMadeIn(fn: FunctionIr, result: Value): boolean {
  if (result.t !== 'unknown' || !result.wraps) return result.t === 'func';
  const inner = settle(result.wraps);
  if (inner.t !== 'func') return isMadeIn(fn, inner);
  return inner.fn.file === fn.file && inner.fn.line >= fn.line && inner.fn.endLine <= fn.endLine;
}

function bindParams(machine: Machine, params: readonly Param[], args: readonly ArgValue[], frame: Frame): void {
  const positional = args.filter(({ name }) => name === undefined).map(({ value }) => value);
  const byName = new Map(args.flatMap(({ name, value }) => (name === undefined ? [] : [[name, value] as const])));
  for (const param of params) {
    const name = param.target.k === 'name' ? param.target.name : '';
    let value: Value | undefined;
    if (param.rest === 'list') value = list(positional.splice(0));
    else if (param.rest === 'dict') value = dict(byName);
    else if (byName.has(name)) {
      value = byName.get(name);
      byName.delete(name);
    } else if (!param.keywordOnly) value = positional.shift();
    value ??= param.default ? evaluate(machine, param.default, frame) : unknown(name);
    if (param.type && settle(value).t === 'unknown') {
      value = instanceOfType(machine, evaluate(machine, param.type, frame)) ?? value;
    }
    assign(machine, param.target, value, frame, true);
  }
}

/** Follows a function that nothing calls: its parameters are what their types and defaults tell, else unknown. */
export function tryFunction(machine: Machine, func: FuncValue): void {
  const params = func.fn.params.slice(func.self && isListed(machine, func) ? 1 : 0);
  const args = params.flatMap((param): ArgValue[] => {
    if (param.rest) return [];
    const name = param.target.k === 'name' ? param.target.name : '';
    const value = unknown(name, { isParameter: true });
    if (name === '') return [{ value }];
    if (!param.default) return [{ value, name }];
    const given = settle(evaluate(machine, param.default, func.frame));
    if (given.t === 'str' && !given.text.includes(HOLE)) {
      const sentence = `${name} is given by a caller that was not found; ${JSON.stringify(given.text)} is its default.`;
      return [{ value: str(given.text, [sentence]), name }];
    }
    return given.t === 'const' ? [{ value, name }] : [{ value: given, name }];
  });
  const site: CallSite = {
    args,
    place: { file: func.fn.file, line: func.fn.line },
    isNew: false,
  };
  const wasCalled = machine.called.has(func.fn);
  callFunction(machine, func, site);
  if (!wasCalled) machine.called.delete(func.fn);
}

function isListed(machine: Machine, func: FuncValue): boolean {
  return machine.program.languageOf(func.fn.file)?.selfStyle === 'listed';
}

/** Makes an object of a class of the workspace: its fields, its constructor, and what a library base makes of it. */
export function instantiate(machine: Machine, cls: ClassValue, site: CallSite): Value {
  if (cls.cls.isRecord) return buildRecord(machine, cls, site);
  const instance: InstanceValue = { t: 'instance', cls, attrs: new Map(), native: null };
  if (!machine.instances.has(cls)) machine.instances.set(cls, instance);
  const language = machine.program.languageOf(cls.cls.file);
  if (language?.selfStyle === 'implied') {
    const { selfName } = language;
    machine.make(cls.cls, () => initialiseFields(machine, cls, instance, selfName));
  }
  const constructor = ['__init__', 'constructor'].map((name) => findInClass(machine, cls, name)).find(Boolean);
  if (constructor?.t === 'func') {
    const made = callFunction(machine, { ...constructor, self: instance }, site);
    // An object that a constructor of JavaScript returns is what `new` gives.
    if (made.t === 'object' && language?.selfStyle === 'implied') return made;
  }
  instance.native ??= constructNative(machine, cls, constructor ? { ...site, args: [] } : site);
  return instance;
}

function initialiseFields(machine: Machine, cls: ClassValue, instance: InstanceValue, selfName: string): void {
  const vars = new Map<string, Value>([[selfName, instance]]);
  const frame: Frame = { vars, parent: cls.frame, file: cls.cls.file, returns: null, self: instance, owner: cls };
  for (const base of cls.bases) if (base.t === 'class') initialiseFields(machine, base, instance, selfName);
  for (const statement of cls.cls.body) {
    if (statement.k !== 'assign' || statement.target.k !== 'name') continue;
    const value = evaluate(machine, statement.value, frame);
    const typed =
      statement.type && settle(value).t === 'unknown' ? evaluate(machine, statement.type, frame) : undefined;
    instance.attrs.set(statement.target.name, (typed && instanceOfType(machine, typed)) ?? value);
  }
}

function constructNative(machine: Machine, cls: ClassValue, site: CallSite): Value | null {
  for (const base of libraryBases(cls)) {
    const made = callSymbol(machine, base, { ...site, isNew: true });
    if (made.t === 'object' || (made.t === 'dict' && base === 'dict')) return made;
    if (made.t === 'str' && base.startsWith('traitlets.')) return made;
  }
  return null;
}

/** `super(...)` of JavaScript constructs the base; `super()` of Python is an object to call methods on. */
export function superOf(machine: Machine, frame: Frame, site: CallSite): Value {
  const { owner, self } = frame;
  if (!owner || !self) return unknown('super');
  const language = machine.program.languageOf(frame.file);
  if (language?.selfStyle === 'listed') return { t: 'super', owner, self };
  callSuper(machine, owner, self, 'constructor', site);
  return NULL;
}

function callSuper(machine: Machine, owner: ClassValue, self: Value, name: string, site: CallSite): Value {
  for (const base of owner.bases) {
    const found = base.t === 'class' ? findInClass(machine, base, name) : undefined;
    if (found?.t === 'func') return callFunction(machine, { ...found, self }, site);
  }
  if (self.t !== 'instance') return unknown('super');
  if (name === '__init__' || name === 'constructor') {
    self.native ??= constructNative(machine, owner, site);
    return NULL;
  }
  return self.native ? callMethod(machine, self.native, name, site) : opaque({ t: 'method', object: self, name }, site);
}
