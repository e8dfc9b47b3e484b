import { evaluate } from './expressions';
import type { Machine } from './machine';
import { findInClass, getMember } from './members';
import { instanceOfType } from './statements';
import { list, settle, unknown, type CallSite, type ClassValue, type InstanceValue, type Value } from './values';

/**
 * Makes a record of its arguments, a list of a named list type, or converts.
 *
 * Examples: `Route{"GET", "/x"}` and `Route{Path: "/x"}` have the field `Path`; `Routes{{"GET", "/x"}}` is a list of `Route`;
 * `HandlerFunc(f)` is `f`.
 */
export function buildRecord(machine: Machine, cls: ClassValue, site: CallSite): Value {
  const { isConversion, items, body } = cls.cls;
  if (isConversion && !site.isNew) return site.args[0]?.value ?? unknown(cls.cls.name);
  if (items) {
    const type = settle(evaluate(machine, items, cls.frame));
    return list(site.args.map(({ value }) => itemOf(machine, type, value, site)));
  }
  const instance: InstanceValue = { t: 'instance', cls, attrs: new Map(), native: null };
  if (!machine.instances.has(cls)) machine.instances.set(cls, instance);
  const fields = body.flatMap((one) => (one.k === 'assign' && one.target.k === 'name' ? [one.target.name] : []));
  site.args.forEach((arg, at) => {
    const name = arg.name ?? fields[at];
    if (name !== undefined) instance.attrs.set(name, arg.value);
  });
  return instance;
}

/** An item whose type stands before the list: `{"GET", "/x"}` within `[]Route{...}`. */
function itemOf(machine: Machine, type: Value, value: Value, site: CallSite): Value {
  const item = settle(value);
  if (type.t !== 'class' || !type.cls.isRecord) return value;
  if (item.t === 'list') {
    return buildRecord(machine, type, { ...site, args: item.items.map((one) => ({ value: one })), isNew: true });
  }
  if (item.t !== 'dict') return value;
  const args = [...item.entries].map(([name, one]) => ({ name, value: one }));
  return buildRecord(machine, type, { ...site, args, isNew: true });
}

/** A field that was not given is what its type says; then what embedded fields have. Undefined for no such member. */
export function recordMember(machine: Machine, instance: InstanceValue, name: string, hops = 0): Value | undefined {
  const { cls } = instance;
  if (!cls.cls.isRecord || hops > 8) return undefined;
  const field = cls.cls.body.find((one) => one.k === 'assign' && one.target.k === 'name' && one.target.name === name);
  if (field?.k === 'assign') {
    const typed = field.type && instanceOfType(machine, evaluate(machine, field.type, cls.frame));
    const value = typed ?? unknown(`${cls.cls.name}.${name}`, { isParameter: true });
    instance.attrs.set(name, value);
    return value;
  }
  const holders = (cls.cls.embeds ?? []).flatMap((embed) => {
    const holder = instance.attrs.get(embed) ?? recordMember(machine, instance, embed, hops + 1);
    return holder ? [settle(holder)] : [];
  });
  for (const holder of holders) {
    if (holder.t !== 'instance') continue;
    if (holder.attrs.has(name) || findInClass(machine, holder.cls, name)) return getMember(machine, holder, name);
    const deeper = recordMember(machine, holder, name, hops + 1);
    if (deeper) return deeper;
  }
  const object = holders.find(({ t }) => t === 'object');
  return object && getMember(machine, object, name);
}
