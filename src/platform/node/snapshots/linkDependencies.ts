import { lstat, mkdir, readdir, realpath, symlink } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

/**
 * Shares a folder of dependencies with a copy of the project by links, so that nothing is copied and nothing can be written by
 * an install. A link inside `node_modules` that leads back into the project (a package of a monorepo) is made anew, so that it
 * leads into the copy and not to the original's code.
 */
export async function linkDependencies(from: string, to: string, project: string, copy: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  if (!(await hasOwnPackages(from, project))) {
    await symlink(from, to, 'junction');
    return;
  }
  await mkdir(to);
  for (const entry of await readdir(from)) {
    const isScope = entry.startsWith('@') && !(await lstat(join(from, entry))).isSymbolicLink();
    if (!isScope) {
      await linkEntry(join(from, entry), join(to, entry), project, copy);
      continue;
    }
    await mkdir(join(to, entry));
    for (const name of await readdir(join(from, entry))) {
      await linkEntry(join(from, entry, name), join(to, entry, name), project, copy);
    }
  }
}

async function linkEntry(from: string, to: string, project: string, copy: string): Promise<void> {
  const own = await ownPackage(from, project);
  await symlink(own === null ? from : join(copy, own), to, 'junction');
}

async function hasOwnPackages(folder: string, project: string): Promise<boolean> {
  for (const entry of await readdir(folder)) {
    const path = join(folder, entry);
    const stat = await lstat(path);
    if (stat.isSymbolicLink() && (await ownPackage(path, project)) !== null) return true;
    if (!entry.startsWith('@') || !stat.isDirectory()) continue;
    for (const name of await readdir(path)) if ((await ownPackage(join(path, name), project)) !== null) return true;
  }
  return false;
}

/** Where in the project a link leads, outside of any dependencies; null for anything else. */
async function ownPackage(path: string, project: string): Promise<string | null> {
  if (!(await lstat(path)).isSymbolicLink()) return null;
  const target = await realpath(path).catch(() => null);
  if (target === null) return null;
  const inside = relative(await realpath(project), target);
  if (inside === '' || inside.startsWith('..') || inside.split(sep).includes('node_modules')) return null;
  return inside;
}
