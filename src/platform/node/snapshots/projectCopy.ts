import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, readlink, rm, stat, symlink } from 'node:fs/promises';
import { delimiter, dirname, join, relative, sep } from 'node:path';
import { describeError } from '../../../util/errors';
import { editableInstalls } from './editableInstalls';
import { git, splitZ } from './git';
import { forgottenDependencies, planIgnored } from './ignoredEntries';
import { linkDependencies } from './linkDependencies';

/** A larger file that git does not keep (a database, say) is not copied for a comparison. */
const COPY_LIMIT_BYTES = 256 * 1024 * 1024;

export interface CopyOptions {
  /** The repository and where its copy goes. */
  readonly project: string;
  readonly copy: string;
  /** Shell line that will run in the copy; what it installs is not shared with it. */
  readonly prepare: string;
  readonly signal: AbortSignal;
}

/** The making of one copy: worktrees first, then what git does not keep. */
export class ProjectCopy {
  /** Made so far, each with the repository that it belongs to; to be removed in reverse. */
  readonly worktrees: { readonly repository: string; readonly path: string }[] = [];
  /** What is not as in the original, as sentences. */
  readonly notes: string[] = [];
  readonly #pythonPath: string[] = [];
  readonly #options: CopyOptions;

  constructor(options: CopyOptions) {
    this.#options = options;
  }

  /** What the copy needs on top of the usual environment. */
  get env(): Record<string, string> {
    return this.#pythonPath.length === 0 ? {} : { PYTHONPATH: this.#pythonPath.join(delimiter) };
  }

  /** The files of a commit, with the changes of the working tree when asked for, what git ignores, and the submodules. */
  async tree(repository: string, to: string, commit: string, withChanges: boolean): Promise<void> {
    this.worktrees.push({ repository, path: to });
    await this.#git(repository, ['worktree', 'add', '--detach', '--force', to, commit]);
    await this.#untracked(repository, to, withChanges);
    for (const { path, hash } of await this.#submodules(to)) {
      const from = join(repository, path);
      if (!(await stat(join(from, '.git')).catch(() => null))) {
        this.notes.push(`The submodule ${path} is not checked out, so it is empty in the copies.`);
        continue;
      }
      const wanted = withChanges ? (await this.#git(from, ['rev-parse', 'HEAD'])).trim() : hash;
      await rm(join(to, path), { recursive: true, force: true });
      try {
        await this.tree(from, join(to, path), wanted, withChanges);
      } catch (error) {
        if (this.#options.signal.aborted) throw error;
        this.notes.push(`The submodule ${path} has no commit ${wanted.slice(0, 8)} here (${describeError(error)}).`);
      }
    }
  }

  async #submodules(tree: string): Promise<{ path: string; hash: string }[]> {
    const listed = splitZ(await this.#git(tree, ['ls-files', '-z', '--stage']));
    return listed.flatMap((entry) => {
      const [, hash = '', path = ''] = /^160000 (\w+) \d\t(.+)$/s.exec(entry) ?? [];
      return path === '' ? [] : [{ path, hash }];
    });
  }

  async #untracked(repository: string, to: string, withChanges: boolean): Promise<void> {
    const added = splitZ(await this.#git(repository, ['ls-files', '-z', '--others', '--exclude-standard']));
    if (withChanges) await this.#changes(repository, to, added);
    const forgotten = new Set(added.flatMap((path) => forgottenDependencies(path) ?? []));
    await this.#ignored(
      repository,
      to,
      [...forgotten].map((path) => `${path}/`),
    );
  }

  /** Everything that differs from HEAD and is not ignored. */
  async #changes(repository: string, to: string, added: readonly string[]): Promise<void> {
    const changed = splitZ(
      await this.#git(repository, ['diff', '--name-only', '-z', '--no-renames', '--ignore-submodules', 'HEAD']),
    );
    const present: string[] = [];
    // What is gone goes first: a file may have become a folder, and the other way round.
    for (const file of changed) {
      const found = await lstat(join(repository, file)).catch(() => null);
      if (found && !found.isDirectory()) present.push(file);
      else await rm(join(to, file), { recursive: true, force: true });
    }
    for (const file of [...present, ...added.filter((path) => forgottenDependencies(path) === null)]) {
      await this.#copy(repository, to, file);
    }
  }

  /** Links and copies what git ignores, and `more`, paths as git lists them. */
  async #ignored(repository: string, to: string, more: readonly string[]): Promise<void> {
    const { project, copy, prepare, signal } = this.#options;
    const listed = splitZ(
      await this.#git(repository, [
        ...['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory', '--no-empty-directory'],
      ]),
    );
    for (const path of [...listed, ...more]) {
      signal.throwIfAborted();
      const name = path.replace(/\/$/, '');
      const from = join(repository, name);
      const plan = planIgnored(path, prepare);
      const isThere = (await lstat(join(to, name)).catch(() => null)) !== null;
      if (plan === 'leave' || isThere || isWithin(copy, from)) continue;
      if (plan === 'copy') await this.#copy(repository, to, name);
      else {
        await linkDependencies(from, join(to, name), project, copy);
        for (const own of await editableInstalls(from, project)) this.#pythonPath.push(join(copy, own));
      }
    }
  }

  async #copy(repository: string, tree: string, name: string): Promise<void> {
    this.#options.signal.throwIfAborted();
    const [from, to] = [join(repository, name), join(tree, name)];
    const found = await lstat(from).catch(() => null);
    if (!found || found.isDirectory()) return;
    if (found.isFile() && found.size > COPY_LIMIT_BYTES) {
      const path = relative(this.#options.project, from);
      this.notes.push(`${path} is larger than 256 MB and was not copied; the servers that are compared do not see it.`);
      return;
    }
    await mkdir(dirname(to), { recursive: true });
    await rm(to, { recursive: true, force: true });
    if (found.isSymbolicLink()) await symlink(await readlink(from), to);
    else if (found.isFile()) await copyFile(from, to, constants.COPYFILE_FICLONE);
  }

  #git(folder: string, args: readonly string[]): Promise<string> {
    return git(folder, args, this.#options.signal);
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}
