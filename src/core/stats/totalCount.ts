/** All counts together. Example: `{ refused: 2, timeout: 1 }` → 3. */
export function totalCount(counts: Readonly<Record<string, number | undefined>>): number {
  return Object.values(counts).reduce<number>((total, count) => total + (count ?? 0), 0);
}
