import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes beside the place and renames, so that a crash leaves the old file or the new one. Fails as `writeFile` and `rename` do. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(beside, text);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
