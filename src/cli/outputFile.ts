import { stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { describeError } from '../util/errors';
import { usageError } from './values';

/** Fails with `usage` before anything is measured when the file cannot be written. */
export async function requireWritable(output: string | null): Promise<void> {
  if (output === null) return;
  const folder = await stat(dirname(resolve(output))).catch(() => null);
  const file = await stat(resolve(output)).catch(() => null);
  if (folder?.isDirectory() !== true || file?.isDirectory() === true) {
    throw usageError(`-o cannot write "${output}": give a file in a folder that exists.`);
  }
}

/** Fails with `usage`. */
export async function writeOutput(output: string, text: string): Promise<void> {
  try {
    await writeFile(output, text);
  } catch (cause) {
    throw usageError(`-o cannot write "${output}": ${describeError(cause)}`);
  }
}
