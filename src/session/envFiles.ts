import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { describeError, errorCode, UserError } from '../util/errors';
import { isInside } from './isInside';
import type { SecretSource } from './secrets';

/** Environment files of one folder. */
export interface EnvFiles {
  /** Relative to the folder; null for `.env`, which may be missing. */
  readonly files: readonly string[] | null;
  /** Nothing outside of the folder is read: the names come from a file of the workspace. */
  readonly confined: boolean;
}

const LIMIT_BYTES = 1024 * 1024;

/**
 * The values that `${env:NAME}` stands for: of the first file that has the name, read anew each time. Rejects with `env-file`
 * when a file that somebody named cannot be read, and with `env-outside`.
 */
export function envOfFiles(filesOf: (folder: string) => Promise<EnvFiles>): SecretSource {
  return async (name, folder) => {
    if (folder === null) return undefined;
    const { files, confined } = await filesOf(folder);
    for (const file of files ?? ['.env']) {
      const values = await readEnvFile(folder, file, confined, files === null);
      if (Object.hasOwn(values, name)) return values[name];
    }
    return undefined;
  };
}

async function readEnvFile(
  folder: string,
  name: string,
  confined: boolean,
  mayBeMissing: boolean,
): Promise<NodeJS.Dict<string>> {
  const file = resolve(folder, name);
  try {
    if (confined && !(await isInside(folder, file))) {
      throw new UserError('env-outside', `${name} lies outside of the workspace, so it is not read: move it inside.`);
    }
    const { size } = await stat(file);
    if (size > LIMIT_BYTES) throw new Error(`${name} is larger than 1 MB`);
    return parseEnv(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof UserError) throw error;
    if (mayBeMissing && errorCode(error) === 'ENOENT') return {};
    throw new UserError('env-file', `The environment file cannot be read: ${describeError(error)}`, { cause: error });
  }
}
