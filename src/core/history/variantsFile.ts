import type { VariantsResult } from '../model/variants';
import { UserError, describeError } from '../../util/errors';
import { isRecord } from './recordFile';
import { decodeRun } from './runFile';

/** A benchmark of several servers as the text of its file: one line of JSON; a command line's `--json` prints the same. */
export function encodeVariants(result: VariantsResult): string {
  return `${JSON.stringify(result)}\n`;
}

/**
 * Reads what `encodeVariants` wrote. Fails with `variants-corrupt` when it lacks something that every reader relies on, and as
 * `decodeRun` does for each of its runs.
 */
export function decodeVariants(text: string): VariantsResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw corrupt(`it is not valid JSON: ${describeError(cause)}`);
  }
  if (!isRecord(value) || value['schemaVersion'] !== 1 || value['kind'] !== 'variants')
    throw corrupt('it is another file');
  const { startedAt, state, method, path, rounds, variants, warnings } = value;
  if (typeof startedAt !== 'string' || Number.isNaN(Date.parse(startedAt))) throw corrupt('"startedAt" is not a time');
  if (state !== 'complete' && state !== 'cancelled') throw corrupt('"state" is wrong');
  if (typeof method !== 'string' || typeof path !== 'string') throw corrupt('"method" or "path" is missing');
  if (typeof rounds !== 'number') throw corrupt('"rounds" is missing');
  if (!isList(warnings, ({ code, message }) => typeof code === 'string' && typeof message === 'string'))
    throw corrupt('"warnings" is wrong');
  if (!isList(variants, isVariant)) throw corrupt('"variants" is wrong');
  return value as unknown as VariantsResult;
}

function isVariant({ name, runs, problem }: Record<string, unknown>): boolean {
  if (typeof name !== 'string' || !Array.isArray(runs)) return false;
  for (const run of runs) decodeRun(JSON.stringify(run));
  return problem === null || (isRecord(problem) && typeof problem['sentence'] === 'string');
}

function isList(value: unknown, fits: (each: Record<string, unknown>) => boolean): boolean {
  return Array.isArray(value) && value.every((each: unknown) => isRecord(each) && fits(each));
}

function corrupt(reason: string): UserError {
  return new UserError('variants-corrupt', `This is not a benchmark of several servers that can be opened: ${reason}.`);
}
