const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, '': 1000 };

/**
 * A time as it is typed, in whole milliseconds; a number without a unit is seconds. Null for anything else.
 *
 * Examples: `10s` → 10000, `500ms` → 500, `2m` → 120000, `1.5` → 1500, `soon` → null.
 */
export function parseTime(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?|\.\d+)(ms|s|m|h|)$/.exec(text.trim());
  return match ? Math.round(Number(match[1]) * (UNITS_MS[match[2] ?? ''] ?? 1000)) : null;
}
