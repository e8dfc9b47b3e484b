import { describeError, errorCode, UserError } from '../../../util/errors';

/** Whether the system, or git in words, says that there is no room. A checkout says only that a file could not be written. */
export function isDiskFull(error: unknown): boolean {
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return true;
  return /No space left|Disk quota exceeded|unable to write/.test(describeError(error));
}

/** The error for a copy that did not fit into the folder `to`. */
export function diskFull(to: string, cause: unknown): UserError {
  return new UserError('disk-full', `There is no room on the disk for a copy of the project below ${to}: make some.`, {
    cause,
  });
}
