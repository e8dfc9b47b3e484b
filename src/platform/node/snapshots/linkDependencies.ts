import { cp, copyFile, lstat, mkdir, readdir, readlink, realpath, stat, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';

/** What tools keep between the packages: written while a program runs, so it belongs to the original alone. */
const CACHES = /^\.(?:cache|vite.*|parcel-cache|turbo|next|nuxt|astro|svelte-kit)$/;
/** Generated from the project's own files, or found by the place where it lies. */
const COPIED_FOLDERS: Readonly<Record<string, readonly string[]>> = {
  node_modules: ['.bin', '.prisma'],
  vendor: ['bin', 'composer'],
};

/**
 * Shares a folder of dependencies with a copy of the project. Packages are linked one by one into a folder of the copy's own,
 * so that an install or a cleaning in the copy removes links and never what they lead to. A link that leads back into the
 * project (a package of a monorepo) is made anew and leads into the copy. What finds the project by where it lies itself
 * (Composer's autoloader) is copied. Everything else, a virtual environment say, is one link.
 */
export async function linkDependencies(from: string, to: string, project: string, copy: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  const name = basename(from);
  const isFolder = (await stat(from)).isDirectory();
  const isByPackage = isFolder && (name === 'node_modules' || (name === 'vendor' && (await isComposer(from))));
  if (!isByPackage) {
    await symlink(from, to, isFolder ? 'junction' : 'file');
    return;
  }
  const root = await realpath(project);
  await mkdir(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.isDirectory() && CACHES.test(entry.name)) continue;
    if (entry.isDirectory() && COPIED_FOLDERS[name]?.includes(entry.name)) await copyAsIs(source, target);
    else if (entry.isDirectory() && entry.name.startsWith('@')) {
      await mkdir(target);
      for (const one of await readdir(source)) await linkPackage(join(source, one), join(target, one), root, copy);
    } else if (entry.isFile()) await copyFile(source, target);
    else await linkPackage(source, target, root, copy);
  }
}

function copyAsIs(from: string, to: string): Promise<void> {
  return cp(from, to, { recursive: true, verbatimSymlinks: true });
}

async function linkPackage(from: string, to: string, project: string, copy: string): Promise<void> {
  const own = await ownPackage(from, project);
  await symlink(own === null ? from : join(copy, own), to, 'junction');
}

/** Where in the project a link leads, outside of any dependencies; null for anything else. */
async function ownPackage(path: string, project: string): Promise<string | null> {
  if (!(await lstat(path)).isSymbolicLink()) return null;
  const target = await realpath(path).catch(async () => join(dirname(path), await readlink(path)));
  const inside = relative(project, target);
  if (inside === '' || inside.startsWith('..') || inside.split(sep).includes('node_modules')) return null;
  return inside;
}

async function isComposer(vendor: string): Promise<boolean> {
  return (await stat(join(vendor, 'autoload.php')).catch(() => null)) !== null;
}
