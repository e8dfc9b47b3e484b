import { formatCount } from '../src/core/report/format';
import type { LoadForm } from '../src/protocol/page';

/** Bounds of the two fields, both inclusive. */
export const LOAD_LIMITS = {
  connections: { min: 1, max: 10_000, noun: 'connections' },
  durationS: { min: 1, max: 3600, noun: 'seconds' },
} as const;

export type LoadFieldName = keyof typeof LOAD_LIMITS;

/** What a field's text means: a number that can be used, or a sentence that says what is wrong. */
export type FieldReading = { readonly value: number } | { readonly fault: string };

/**
 * Reads one field. Whole numbers only; connections and seconds alike.
 * Examples: ("connections", "16") → { value: 16 }, ("durationS", "0") → { fault: "Use 1 to 3,600 seconds." }.
 */
export function readLoadField(name: LoadFieldName, text: string): FieldReading {
  const { min, max, noun } = LOAD_LIMITS[name];
  const trimmed = text.trim();
  const range = `${min} to ${formatCount(max)} ${noun}`;
  if (trimmed === '') return { fault: `Say how many ${noun}: ${range}.` };
  if (!/^\d+$/.test(trimmed)) return { fault: `Write a whole number: ${range}.` };
  const value = Number(trimmed);
  return value < min || value > max ? { fault: `Use ${range}.` } : { value };
}

/** Both fields together; null while one of them cannot be used. */
export function readLoadForm(texts: Readonly<Record<LoadFieldName, string>>): LoadForm | null {
  const connections = readLoadField('connections', texts.connections);
  const durationS = readLoadField('durationS', texts.durationS);
  if ('fault' in connections || 'fault' in durationS) return null;
  return { connections: connections.value, durationS: durationS.value };
}
