import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseTeamFile, TEAM_FILE, type TeamFile } from '../core/request/teamFile';
import { describeError, errorCode } from '../util/errors';
import { usageError } from './values';

/** The team file of a folder, empty when there is none. Fails with `usage` at the first mistake in it. */
export async function readTeamFile(dir: string): Promise<TeamFile> {
  let text = '';
  try {
    text = await readFile(join(dir, TEAM_FILE), 'utf8');
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR') {
      throw usageError(`${TEAM_FILE} cannot be read: ${describeError(error)}`);
    }
  }
  const { file, mistakes } = parseTeamFile(text);
  const [first] = mistakes;
  if (first) throw usageError(`${TEAM_FILE}:${first.line}:${first.column}: ${first.sentence}`);
  return file;
}
