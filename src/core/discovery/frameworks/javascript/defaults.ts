import { dict, str, textOf, unknown, type DictValue, type Value } from '../../evaluate/values';
import { dictOf, entryOf } from './handlers';

/** A setting that has a default in the code: its text, with a sentence that it may be another when the program runs. */
export function settingWithDefault(name: string, fallback: Value | undefined): Value {
  const isText = fallback?.t === 'str' || (fallback?.t === 'const' && typeof fallback.value === 'number');
  if (!isText) return unknown(name);
  const { text, notes } = textOf(fallback);
  const sentence = `${name} decides a part of the path when the program runs; ${JSON.stringify(text)} is its default in the code.`;
  return str(text, [...notes, sentence]);
}

/**
 * What reading settings by a description of them gives: `properties` by name, in the shape of JSON Schema, and the value that is
 * read, of which only text that the code tells is taken.
 *
 * Examples: `{ PREFIX: { default: '/api' } }` of `process.env` is `/api` with a note; without a default it is not known.
 */
export function readByProperties(properties: Value | undefined, given?: Value): DictValue {
  const source = given?.t === 'symbol' ? `${given.path}.` : '';
  const entries = [...(dictOf(properties)?.entries ?? [])].map(([name, property]) => {
    const own = entryOf(given, name);
    if (own?.t === 'str') return [name, own] as const;
    const inner = entryOf(property, 'properties');
    const value = inner
      ? readByProperties(inner, own)
      : settingWithDefault(source + name, entryOf(property, 'default'));
    return [name, value] as const;
  });
  return dict(entries, true);
}
