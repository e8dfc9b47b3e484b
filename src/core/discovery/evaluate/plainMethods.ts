import { HOLE } from '../graph';
import { concat, list, num, str, textOf, truth, unknown, type ListValue, type StrValue, type Value } from './values';

/** Methods of strings that paths are built with; undefined for others. */
export function callTextMethod(object: StrValue, name: string, given: readonly Value[]): Value | undefined {
  const [first, second] = given;
  const { text, notes } = object;
  const argument = first && textOf(first).text;
  switch (name) {
    case 'concat':
      return concat([object, ...given]);
    case 'lower':
    case 'toLowerCase':
      return str(text.toLowerCase(), notes);
    case 'upper':
    case 'toUpperCase':
      return str(text.toUpperCase(), notes);
    case 'strip':
    case 'trim':
      return str(trim(text, argument, true, true), notes);
    case 'lstrip':
    case 'trimStart':
      return str(trim(text, argument, true, false), notes);
    case 'rstrip':
    case 'trimEnd':
      return str(trim(text, argument, false, true), notes);
    // Of a trait: what it is called in configurations.
    case 'tag':
    case 'toString':
    case 'valueOf':
      return object;
    case 'join':
      if (first?.t !== 'list') return undefined;
      return concat(first.items.flatMap((item, at) => (at === 0 ? [item] : [object, item])));
    case 'split':
      return argument === undefined || argument === '' || text.includes(HOLE)
        ? undefined
        : list(text.split(argument).map((part) => str(part)));
    case 'replace':
    case 'replaceAll':
      if (first?.t !== 'str' || second?.t !== 'str' || first.text === '') return undefined;
      return str(text.split(first.text).join(second.text), [...notes, ...second.notes]);
    case 'startsWith':
    case 'startswith':
    case 'endsWith':
    case 'endswith':
    case 'includes': {
      if (argument === undefined || text.includes(HOLE) || argument.includes(HOLE)) return undefined;
      if (name === 'includes') return num(text.includes(argument));
      return num(name.startsWith('start') ? text.startsWith(argument) : text.endsWith(argument));
    }
    case 'indexOf':
      return argument === undefined || text.includes(HOLE) ? undefined : num(text.indexOf(argument));
    case 'slice':
    case 'substring': {
      const [from, to] = given.map((value) => (value.t === 'const' ? Number(value.value) : Number.NaN));
      if (from === undefined || Number.isNaN(from) || Number.isNaN(to ?? 0) || text.includes(HOLE)) return undefined;
      return str(text.slice(from, to), notes);
    }
    case 'removeprefix':
      return str(argument !== undefined && text.startsWith(argument) ? text.slice(argument.length) : text, notes);
    case 'removesuffix':
      return str(argument !== undefined && text.endsWith(argument) ? text.slice(0, -argument.length) : text, notes);
    default:
      return undefined;
  }
}

function trim(text: string, characters: string | undefined, start: boolean, end: boolean): string {
  const strip = characters ?? ' \t\r\n';
  let from = 0;
  let to = text.length;
  while (start && from < to && strip.includes(text[from] ?? '\0')) from++;
  while (end && to > from && strip.includes(text[to - 1] ?? '\0')) to--;
  return text.slice(from, to);
}

/** Methods of lists; `visit` calls a function of the program with an item and its index. */
export function callListMethod(
  object: ListValue,
  name: string,
  given: readonly Value[],
  visit: (callee: Value, item: Value, at: number) => Value,
): Value | undefined {
  const [first] = given;
  switch (name) {
    case 'append':
    case 'add':
      if (first) object.items.push(first);
      return undefined;
    case 'push':
      object.items.push(...given);
      return undefined;
    case 'extend':
      if (first?.t === 'list') object.items.push(...first.items);
      else object.open = true;
      return undefined;
    case 'concat':
      return list(
        [...object.items, ...given.flatMap((item) => (item.t === 'list' ? item.items : [item]))],
        object.open,
      );
    case 'forEach':
    case 'each':
    case 'map':
    case 'flatMap': {
      if (!first) return undefined;
      const items = object.items.length === 0 && object.open ? [unknown('')] : object.items;
      const results = items.map((item, at) => visit(first, item, at));
      const flat = name === 'flatMap' ? results.flatMap((item) => (item.t === 'list' ? item.items : [item])) : results;
      return list(flat, object.open);
    }
    case 'join':
      return concat(object.items.flatMap((item, at) => (at === 0 ? [item] : [first ?? str(','), item])));
    case 'filter':
      if (!first) return object;
      return list(
        object.items.filter((item, at) => truth(visit(first, item, at)) !== false),
        object.open,
      );
    case 'slice':
    case 'reverse':
    case 'sort':
    case 'copy':
    case 'flat':
      return name === 'flat' ? list(object.items.flatMap((item) => (item.t === 'list' ? item.items : [item]))) : object;
    default:
      return undefined;
  }
}
