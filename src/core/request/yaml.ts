import { CORE_SCHEMA, load } from 'js-yaml';

/** More values than any document of a person has, aliases written out; whoever writes such a one out would not end. */
const MOST_VALUES = 1_000_000;

/**
 * The value of a YAML 1.2 text: dates stay texts, and nothing in it is ever run as code. Undefined for what is no YAML, nests
 * deeper than a hundred levels, holds several documents, or would grow beyond bounds when its aliases are written out.
 *
 * Example: `a: [1, two]` → `{ a: [1, 'two'] }`
 */
export function parseYaml(text: string): unknown {
  try {
    const value = load(text, { schema: CORE_SCHEMA });
    return sizeOf(value, new Map()) <= MOST_VALUES ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Values with every alias counted as often as it stands; infinite for what holds itself. */
function sizeOf(value: unknown, known: Map<object, number>): number {
  if (typeof value !== 'object' || value === null) return 1;
  const before = known.get(value);
  if (before !== undefined) return before;
  known.set(value, Infinity);
  const size = Object.values(value).reduce<number>((sum, each) => sum + sizeOf(each, known), 1);
  known.set(value, size);
  return size;
}
