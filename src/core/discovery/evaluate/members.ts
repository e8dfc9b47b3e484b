import { callFunction } from './calls';
import { loadExtensions } from './declarations';
import { goConstant } from './goLibrary';
import type { Machine } from './machine';
import { moduleMember } from './modules';
import { recordMember } from './records';
import { nameOf, settle, union, unknown, type ClassValue, type Value } from './values';

/** What `object.name` is. */
export function getMember(machine: Machine, rawObject: Value, name: string): Value {
  const object = settle(rawObject);
  switch (object.t) {
    case 'module':
    case 'folder':
      return moduleMember(machine, object, name) ?? unknown(name);
    case 'symbol':
      return goConstant(object.path, name) ?? { t: 'symbol', path: `${object.path}.${name}` };
    case 'dict':
      return settle(object.entries.get(name) ?? { t: 'method', object, name });
    case 'union':
      return union(object.options.map((option) => getMember(machine, option, name)));
    case 'object': {
      const own = object.attrs.get(name);
      if (own) return settle(own);
      const model = machine.program.models.find(({ id }) => id === object.model);
      return model?.member?.(object, name, machine.host) ?? { t: 'method', object, name };
    }
    case 'instance': {
      const own = object.attrs.get(name);
      if (own) return settle(own);
      const found = findInClass(machine, object.cls, name);
      if (found?.t === 'func') {
        const self = found.fn.isClassMethod ? object.cls : object;
        const bound = found.fn.isStatic ? found : { ...found, self };
        if (!found.fn.isGetter) return bound;
        return callFunction(machine, bound, {
          args: [],
          place: { file: found.fn.file, line: found.fn.line },
          isNew: false,
        });
      }
      // A trait of a class of its own gives its value.
      if (found?.t === 'instance' && found.native?.t === 'str') return found.native;
      if (found) return settle(found);
      const recorded = recordMember(machine, object, name);
      if (recorded) return settle(recorded);
      return object.native ? getMember(machine, object.native, name) : unknown(`${object.cls.cls.name}.${name}`);
    }
    case 'class': {
      const found = findInClass(machine, object, name);
      if (found?.t === 'func' && found.fn.isClassMethod) return { ...found, self: object };
      if (found) return settle(found);
      for (const base of libraryBases(object)) {
        for (const model of machine.modelsFor(base)) {
          const answer = model.classMember?.(object, base, name, machine.host);
          if (answer) return answer;
        }
      }
      return { t: 'method', object, name };
    }
    case 'func':
      return settle(object.props?.get(name) ?? { t: 'method', object, name });
    case 'unknown':
      if (object.object) return getMember(machine, object.object, name);
      return unknown(object.name === '' ? name : `${object.name}.${name}`);
    default:
      return { t: 'method', object, name };
  }
}

/** `object.name = value`. */
export function setMember(machine: Machine, rawObject: Value, name: string, value: Value): void {
  const object = settle(rawObject);
  switch (object.t) {
    case 'instance':
    case 'object':
    case 'class':
      object.attrs.set(name, value);
      return;
    case 'dict':
      object.entries.set(name, value);
      return;
    case 'func':
      object.props ??= new Map();
      object.props.set(name, value);
      return;
    case 'module':
      machine.modules.get(object.file)?.frame.vars.set(name, value);
      return;
    default:
      return;
  }
}

/** A name of a class or of its bases in the workspace. */
export function findInClass(machine: Machine, cls: ClassValue, name: string, hops = 0): Value | undefined {
  const own = cls.attrs.get(name);
  if (own) return settle(own);
  if (loadExtensions(machine, cls, name)) return cls.attrs.get(name);
  if (hops > 20) return undefined;
  for (const base of cls.bases) {
    const found = base.t === 'class' ? findInClass(machine, base, name, hops + 1) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** All bases outside the workspace. */
export function libraryBases(cls: ClassValue, hops = 0): string[] {
  if (hops > 20) return [];
  return cls.bases.flatMap((base) => {
    if (base.t === 'symbol') return [base.path];
    return base.t === 'class' ? libraryBases(base, hops + 1) : [nameOf(base)];
  });
}
