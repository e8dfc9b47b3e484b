import type { StoredComparison } from '../model/storedComparison';
import { UserError, describeError } from '../../util/errors';
import { isRunId } from './runFile';

/** A stored comparison as the text of its file: JSON with a final line break. */
export function encodeComparison(stored: StoredComparison): string {
  return `${JSON.stringify(stored, null, 1)}\n`;
}

/**
 * Reads what `encodeComparison` wrote. Fails with `comparison-newer` when a later version of the program wrote it, and with
 * `comparison-corrupt` when it lacks something that every reader relies on.
 */
export function decodeComparison(text: string): StoredComparison {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw corrupt(`it is not valid JSON: ${describeError(cause)}`);
  }
  if (!isRecord(value)) throw corrupt('it is not an object');
  const version = value['schemaVersion'];
  if (typeof version === 'number' && version > 1) {
    throw new UserError(
      'comparison-newer',
      `This comparison was written by a newer version of Endpoint Profiler (format ${version}, this one reads 1): update it to open the comparison.`,
    );
  }
  if (version !== 1) throw corrupt('"schemaVersion" is missing or wrong');
  const { id, startedAt, subject, machine, comparison, launches } = value;
  if (typeof id !== 'string' || !isRunId(id)) throw corrupt('"id" is missing or wrong');
  if (typeof startedAt !== 'string' || Number.isNaN(Date.parse(startedAt))) throw corrupt('"startedAt" is not a time');
  for (const [name, each] of Object.entries({ subject, machine })) {
    if (typeof each !== 'string') throw corrupt(`"${name}" is missing or wrong`);
  }
  if (!isRecord(comparison) || !isComparison(comparison)) throw corrupt('"comparison" is missing or wrong');
  if (!Array.isArray(launches) || !launches.every(isLaunch)) throw corrupt('"launches" is missing or wrong');
  return value as unknown as StoredComparison;
}

function isComparison({ headline, verdict, labels, metrics, rounds, warnings }: Record<string, unknown>): boolean {
  const hasTexts = typeof headline === 'string' && typeof verdict === 'string' && isRecord(labels);
  return hasTexts && [metrics, rounds, warnings].every(Array.isArray);
}

function isLaunch(value: unknown): boolean {
  return isRecord(value) && Number.isFinite(value['estimate']) && Number.isFinite(value['standardError']);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function corrupt(reason: string): UserError {
  return new UserError('comparison-corrupt', `This is not a comparison that can be opened: ${reason}.`);
}
