import { createHash } from 'node:crypto';

/** A name for what is kept of a folder (its path, or its URI as a string), safe in a file name: 16 hex digits. */
export function folderKey(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 16);
}
