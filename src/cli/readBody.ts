import { readFile } from 'node:fs/promises';
import { describeError } from '../util/errors';
import { usageError } from './values';

/** A body as it was typed for `flag`, or the content of the file after `@`. Fails with `usage`. */
export async function readBody(typed: string, flag: string): Promise<string> {
  if (!typed.startsWith('@')) return typed;
  try {
    return await readFile(typed.slice(1), 'utf8');
  } catch (cause) {
    throw usageError(`The file of ${flag} cannot be read: ${describeError(cause)}`);
  }
}
