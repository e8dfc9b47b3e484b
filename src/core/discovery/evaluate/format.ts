import { HOLE } from '../graph';
import { concat, settle, str, textOf, unknown, type ArgValue, type StrValue, type Value } from './values';

/** Python's `"%s/%(name)s" % values`. Examples: `"/%s/x" % "a"` is `/a/x`. */
export function formatPercent(template: StrValue, values: Value): Value {
  const items = values.t === 'list' ? [...values.items] : [values];
  return fill(template, /%(?:\((\w+)\))?[-+ 0#]*\d*(?:\.\d+)?[sdrifx]/g, (name) => {
    if (name !== undefined) return values.t === 'dict' ? values.entries.get(name) : undefined;
    return items.shift();
  });
}

/** Python's `"{}/{0}/{name}".format(...)`. */
export function formatBraces(template: StrValue, args: readonly ArgValue[]): Value {
  const positional = args.filter(({ name }) => name === undefined);
  let next = 0;
  return fill(template, /\{(\w*)(?:![rsa])?(?::[^{}]*)?\}/g, (name) => {
    if (name === undefined || name === '') return positional[next++]?.value;
    if (/^\d+$/.test(name)) return positional[Number(name)]?.value;
    return args.find((arg) => arg.name === name)?.value;
  });
}

function fill(template: StrValue, pattern: RegExp, value: (name: string | undefined) => Value | undefined): Value {
  const parts: Value[] = [];
  let end = 0;
  for (const match of template.text.matchAll(pattern)) {
    parts.push(str(template.text.slice(end, match.index)), settle(value(match[1]) ?? unknown(match[1] ?? '')));
    end = match.index + match[0].length;
  }
  const text = concat([...parts, str(template.text.slice(end))]);
  return str(text.text, [...template.notes, ...text.notes]);
}

/** Joins path segments as `path.join` and `posixpath.join` of literals do; a hole stays. */
export function joinSegments(values: readonly Value[]): StrValue {
  const parts = values.map(textOf);
  const joined = parts.map(({ text }) => text).join('/');
  const notes = parts.flatMap((part) => part.notes);
  return str(joined.replaceAll(/\/{2,}/g, '/').replaceAll(new RegExp(`${HOLE}{2,}`, 'g'), HOLE), notes);
}
