import { readFile } from 'node:fs/promises';
import { decodeRun } from '../core/history/runFile';
import type { Run } from '../core/model/run';
import { describeError, errorCode, UserError } from '../util/errors';
import { usageError } from './values';

/** A run that `bench -o` wrote. Fails with `usage` for a file that cannot be read, and as `decodeRun` does. */
export async function readRun(file: string): Promise<Run> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw usageError(`"${file}" cannot be read: ${describeError(cause)}`);
  }
  try {
    return decodeRun(text);
  } catch (cause) {
    // Of two files the sentence must say which.
    throw new UserError(errorCode(cause) ?? 'run-corrupt', `${file}: ${describeError(cause)}`, { cause });
  }
}
