import { HOLE } from '../graph';
import { nameOf, notesOf, num, settle, unknown, type ClassValue, type Value } from './values';

/** The value of a comparison as far as it is known; undefined for an operator that compares nothing. */
export function compare(op: string, left: Value, right: Value): Value | undefined {
  switch (op) {
    case '==':
    case '===':
    case 'is':
      return answer(isEqual(left, right), left, right);
    case '!=':
    case '!==':
    case 'is not':
      return answer(negate(isEqual(left, right)), left, right);
    case 'in':
      return answer(isMember(left, right), left, right);
    case 'not in':
      return answer(negate(isMember(left, right)), left, right);
    default:
      return undefined;
  }
}

function answer(known: boolean | null, left: Value, right: Value): Value {
  return known === null ? unknown('') : num(known, [...notesOf(left), ...notesOf(right)]);
}

function negate(known: boolean | null): boolean | null {
  return known === null ? null : !known;
}

/** Compares text and constants; what was made by the program is not null. */
function isEqual(left: Value, right: Value): boolean | null {
  if (left.t === 'str' && right.t === 'str') {
    return left.text.includes(HOLE) || right.text.includes(HOLE) ? null : left.text === right.text;
  }
  if (left.t === 'const' && right.t === 'const') return left.value === right.value;
  if (isNull(right)) return isMade(left) ? false : null;
  if (isNull(left)) return isMade(right) ? false : null;
  if (left.t === 'symbol' && right.t === 'symbol' && isBuiltIn(left.path) && isBuiltIn(right.path)) {
    return left.path === right.path;
  }
  return null;
}

function isNull(value: Value): boolean {
  return value.t === 'const' && value.value === null;
}

function isMade(value: Value): boolean {
  if (value.t === 'str') return !value.text.includes(HOLE);
  return ['list', 'dict', 'class', 'func', 'instance', 'module'].includes(value.t);
}

/** Whether a list or dictionary holds a text or constant; a text, a part of it. */
function isMember(item: Value, container: Value): boolean | null {
  if (item.t !== 'str' && item.t !== 'const') return null;
  if (item.t === 'str' && item.text.includes(HOLE)) return null;
  if (container.t === 'str' && item.t === 'str') {
    return container.text.includes(HOLE) ? null : container.text.includes(item.text);
  }
  if (container.t === 'dict') {
    const key = item.t === 'str' ? item.text : String(item.value);
    return container.entries.has(key) ? true : container.open ? null : false;
  }
  if (container.t !== 'list') return null;
  const found = container.items.map((one) => isEqual(item, settle(one)));
  if (found.includes(true)) return true;
  return container.open || found.includes(null) ? null : false;
}

const KINDS: Readonly<Record<string, readonly string[]>> = {
  str: ['str'],
  list: ['list', 'tuple', 'set'],
  dict: ['dict'],
  class: ['type'],
};

/** The built-in type of a value, as `type(x)` gives it. */
export function typeOf(value: Value): Value | undefined {
  if (value.t === 'instance') return value.cls;
  const [name] = KINDS[value.t] ?? [];
  return name === undefined || value.t === 'list' ? undefined : { t: 'symbol', path: name };
}

/** `isinstance(value, type)` and, of classes, `issubclass`; null when it is not known. */
export function isOfType(value: Value, type: Value): boolean | null {
  if (type.t === 'list') {
    const answers = type.items.map((one) => isOfType(value, settle(one)));
    return answers.includes(true) ? true : answers.includes(null) ? null : false;
  }
  if (value.t === 'instance') return isSubclass(value.cls, type);
  const kinds = KINDS[value.t];
  if (!kinds || type.t !== 'symbol' || !isBuiltIn(type.path)) return type.t === 'class' && kinds ? false : null;
  return kinds.includes(type.path) ? true : value.t === 'list' ? null : false;
}

/** True when a class is another or has it for a base, however far; null when a base is not known. */
export function isSubclass(cls: ClassValue, type: Value, hops = 0): boolean | null {
  if (type.t === 'list') {
    const answers = type.items.map((one) => isSubclass(cls, settle(one)));
    return answers.includes(true) ? true : answers.includes(null) ? null : false;
  }
  if (type.t !== 'class' && type.t !== 'symbol') return null;
  if (type === cls) return true;
  let known: boolean | null = false;
  for (const raw of cls.bases) {
    const base = settle(raw);
    if (base.t === 'class') {
      const above = hops < 20 ? isSubclass(base, type, hops + 1) : null;
      if (above) return true;
      if (above === null) known = null;
    } else if (base.t === type.t && nameOf(base) === nameOf(type)) return true;
    else known = null;
  }
  return known;
}

function isBuiltIn(name: string): boolean {
  return /^(?:str|list|tuple|set|dict|int|float|bool|bytes|type)$/.test(name);
}
