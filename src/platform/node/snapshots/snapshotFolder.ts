import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from './git';

const OWNER = 'owner.json';

/** A folder for the copies of one comparison. */
export interface SnapshotFolder {
  /** The two copies have paths of equal length, because the length of a path moves memory about. */
  pathOf(side: 'before' | 'after'): string;
  /** Takes the whole folder away. */
  remove(): Promise<void>;
}

/** Makes a folder in `storage` that says whose it is, so that `removeLeftovers` knows when nobody needs it any more. */
export async function createSnapshotFolder(storage: string, repository: string): Promise<SnapshotFolder> {
  const path = join(storage, `compare-${randomBytes(4).toString('hex')}`);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, OWNER), JSON.stringify({ pid: process.pid, repository }));
  return {
    pathOf: (side) => join(path, side === 'before' ? 'a' : 'b'),
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Takes away what a process left in `storage` that was killed in the middle of a comparison. Never fails. */
export async function removeLeftovers(storage: string): Promise<void> {
  for (const name of await readdir(storage).catch(() => [])) {
    if (!name.startsWith('compare-')) continue;
    const path = join(storage, name);
    const owner = await readOwner(join(path, OWNER));
    if (owner && isAlive(owner.pid)) continue;
    await rm(path, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
    if (owner) await git(owner.repository, ['worktree', 'prune']).catch(() => undefined);
  }
}

async function readOwner(file: string): Promise<{ pid: number; repository: string } | null> {
  try {
    const { pid, repository } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    return typeof pid === 'number' && typeof repository === 'string' ? { pid, repository } : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
