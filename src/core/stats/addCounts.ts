/**
 * Adds up two trees of counts, number by number; a name that only one of them has counts 0 in the other.
 *
 * Examples: `{ a: 1, b: { c: 2 } }` and `{ b: { c: 3, d: 4 } }` are `{ a: 1, b: { c: 5, d: 4 } }` together.
 */
export function addCounts<T extends object>(left: T, right: T): T {
  const sum: Record<string, unknown> = Object.fromEntries(Object.entries(left));
  for (const [name, value] of Object.entries(right) as [string, unknown][]) {
    const before = sum[name];
    if (typeof value === 'number') sum[name] = (typeof before === 'number' ? before : 0) + value;
    else if (typeof value === 'object' && value !== null) {
      sum[name] = addCounts(typeof before === 'object' && before !== null ? before : {}, value);
    }
  }
  return sum as T;
}
