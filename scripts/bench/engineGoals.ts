/** A figure beside the bound that it is held to. */
export interface Goal {
  readonly name: string;
  /** Null where it could not be had. */
  readonly value: number | null;
  readonly unit: string;
  readonly digits: number;
  readonly bound: { readonly least: number } | { readonly most: number };
  /** What else a reader must know, such as the spread. */
  readonly note?: string;
}

/** Example: `Goal: requests/s ≥ 1.00 × wrk: 1.04 × wrk (0.98–1.06), reached`. */
export function goalLine({ name, value, unit, digits, bound, note }: Goal): string {
  const withUnit = (figure: number): string => `${figure.toFixed(digits)} ${unit}`.trim();
  const wanted = 'least' in bound ? `≥ ${withUnit(bound.least)}` : `≤ ${withUnit(bound.most)}`;
  const more = note === undefined || note === '' ? '' : ` (${note})`;
  if (value === null) return `Goal: ${name} ${wanted}: not measured${more}`;
  const isReached = 'least' in bound ? value >= bound.least : value <= bound.most;
  return `Goal: ${name} ${wanted}: ${withUnit(value)}${more}, ${isReached ? 'reached' : 'MISSED'}`;
}
