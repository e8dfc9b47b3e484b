import { parseTime } from '../core/plan/parseTime';
import { UserError } from '../util/errors';

/** Wrong use of the command line: exit code 2. */
export function usageError(sentence: string): UserError {
  return new UserError('usage', sentence);
}

/**
 * A duration in milliseconds; a number without a unit is seconds. Fails with `usage` outside of the bounds.
 *
 * Examples: `10s` → 10000, `500ms` → 500, `2m` → 120000, `1.5` → 1500.
 */
export function parseDuration(text: string, flag: string, minMs: number, maxMs: number): number {
  const ms = parseTime(text);
  if (ms === null) throw usageError(`${flag} wants a duration like 10s, 500ms or 2m, not "${text}".`);
  if (ms < minMs || ms > maxMs) throw usageError(`${flag} must lie between ${minMs} ms and ${maxMs / 1000} s.`);
  return ms;
}

/** A whole number within bounds; fails with `usage`. */
export function parseCount(text: string, flag: string, min: number, max: number): number {
  const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max))
    throw usageError(`${flag} wants a whole number from ${min} to ${max}, not "${text}".`);
  return value;
}

/** `name=value`, split at the first `=`; fails with `usage`. */
export function parsePair(text: string, flag: string): readonly [name: string, value: string] {
  const at = text.indexOf('=');
  if (at < 1) throw usageError(`${flag} wants name=value, not "${text}".`);
  return [text.slice(0, at), text.slice(at + 1)];
}
