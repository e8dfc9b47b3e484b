import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { diskFull, isDiskFull } from './diskFull';
import { git } from './git';

const OWNER = 'owner.json';
/** No comparison lasts as long; after it, a process with the owner's number is another one. */
const ALWAYS_LEFT_OVER_MS = 24 * 3600 * 1000;

/** A folder for the copies of one comparison. */
export interface SnapshotFolder {
  /** The two copies have paths of equal length, because the length of a path moves memory about. */
  pathOf(side: 'before' | 'after'): string;
  /** Takes the whole folder away. */
  remove(): Promise<void>;
}

/**
 * Makes a folder in `storage` that says whose it is, so that `removeLeftovers` knows when nobody needs it any more. Rejects
 * with `disk-full`, and as the file system does.
 */
export async function createSnapshotFolder(storage: string, repository: string): Promise<SnapshotFolder> {
  const path = join(storage, `compare-${randomBytes(4).toString('hex')}`);
  const remove = (): Promise<void> => rm(path, { recursive: true, force: true, maxRetries: 3 });
  try {
    await mkdir(path, { recursive: true });
    await writeFile(join(path, OWNER), JSON.stringify({ pid: process.pid, repository }));
  } catch (error) {
    await remove().catch(() => undefined);
    throw isDiskFull(error) ? diskFull(storage, error) : error;
  }
  return { pathOf: (side) => join(path, side === 'before' ? 'a' : 'b'), remove };
}

/** Takes away what a process left in `storage` that was killed in the middle of a comparison. Never fails. */
export async function removeLeftovers(storage: string): Promise<void> {
  for (const name of await readdir(storage).catch(() => [])) {
    if (!name.startsWith('compare-')) continue;
    const path = join(storage, name);
    const owner = await readOwner(join(path, OWNER));
    if (owner && isAlive(owner.pid) && !(await isOld(path))) continue;
    if (owner) await forgetWorktrees(owner.repository, await realpath(path).catch(() => path));
    await rm(path, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

/** In the repository and its submodules; a worktree that was being made when git was killed is locked, so pruning is not enough. */
async function forgetWorktrees(repository: string, path: string): Promise<void> {
  const ask = (folder: string, ...args: string[]): Promise<string> => git(folder, args).catch(() => '');
  const listed = (await ask(repository, 'submodule', 'status', '--recursive')).split('\n');
  const submodules = listed.flatMap((line) => /^[ +U][0-9a-f]+ (.+?)(?: \(.*\))?$/.exec(line)?.[1] ?? []);
  const top = (await ask(repository, 'rev-parse', '--show-toplevel')).trim();
  for (const folder of [...submodules.map((own) => join(top, own)), repository]) {
    for (const line of (await ask(folder, 'worktree', 'list', '--porcelain')).split('\n')) {
      const [, worktree] = /^worktree (.+)$/.exec(line) ?? [];
      if (worktree?.startsWith(path + sep)) await ask(folder, 'worktree', 'remove', '--force', '--force', worktree);
    }
    await ask(folder, 'worktree', 'prune');
  }
}

async function isOld(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && Date.now() - found.mtimeMs > ALWAYS_LEFT_OVER_MS;
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
