import type { ClassValue, FuncValue } from '../evaluate/values';
import type { ModelHost } from './model';

/** A method as a class has it. */
export interface InheritedMethod {
  /** The method that runs. */
  readonly implementation: FuncValue;
  /** It and everything that it overrides, nearest first. */
  readonly declarations: readonly FuncValue[];
}

/** A class, its interfaces and bases in the workspace, nearest first. */
export function lineage(cls: ClassValue, hops = 0): ClassValue[] {
  if (hops > 20) return [];
  const bases = cls.bases.filter((base) => base.t === 'class');
  const ordered = [...bases.filter((base) => !isInterface(base)), ...bases.filter(isInterface)];
  return [...new Set([cls, ...ordered.flatMap((base) => lineage(base, hops + 1))])];
}

/** True for a class of which there are objects. */
export function isConcrete(cls: ClassValue): boolean {
  return !['interface', 'abstract', 'annotation', 'trait'].some((word) => cls.cls.modifiers?.includes(word));
}

function isInterface(cls: ClassValue): boolean {
  return cls.cls.modifiers?.includes('interface') ?? false;
}

/** The methods of a class, inherited ones too. Methods override each other by name and number of parameters. */
export function inheritedMethods(host: ModelHost, cls: ClassValue): InheritedMethod[] {
  const byKey = new Map<string, FuncValue[]>();
  for (const one of lineage(cls)) {
    const own = new Map<string, number>();
    for (const func of host.methodsOf(one)) {
      const key = `${func.fn.name}/${func.fn.params.length}`;
      // Overloads that differ in types alone are told apart by their order.
      const nth = own.get(key) ?? 0;
      own.set(key, nth + 1);
      const full = nth === 0 ? key : `${key}/${nth}`;
      byKey.set(full, [...(byKey.get(full) ?? []), func]);
    }
  }
  return [...byKey.values()].flatMap((declarations): InheritedMethod[] => {
    const implementation = declarations.find(({ fn }) => !fn.modifiers?.includes('abstract')) ?? declarations[0];
    return implementation ? [{ implementation, declarations }] : [];
  });
}
