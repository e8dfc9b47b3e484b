import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';

/** Whether a file lies in a folder, links followed. Rejects as `realpath` does when one of them is not there. */
export async function isInside(folder: string, file: string): Promise<boolean> {
  const inside = relative(await realpath(folder), await realpath(file));
  return !isAbsolute(inside) && inside !== '..' && !inside.startsWith(`..${sep}`);
}
