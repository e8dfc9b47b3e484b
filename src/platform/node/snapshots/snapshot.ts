import { constants } from 'node:fs';
import { copyFile, lstat, mkdir, readlink, realpath, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { CancelledError, describeError, errorCode, UserError } from '../../../util/errors';
import { editableInstalls } from './editableInstalls';
import { git, splitZ } from './git';
import { planIgnored } from './ignoredEntries';
import { linkDependencies } from './linkDependencies';

/** A larger ignored file (a database, say) is not copied for a comparison. */
const COPY_LIMIT_BYTES = 256 * 1024 * 1024;

/** A copy of a project in the state of a commit or of its working tree, ready to be run. */
export interface Snapshot {
  /** Where the workspace folder is in the copy. */
  readonly folder: string;
  /** To be added to the environment of what runs in it. */
  readonly env: Readonly<Record<string, string>>;
  /** What is not as in the original, as sentences. */
  readonly notes: readonly string[];
  /** Takes the copy away, and git's note of it. */
  remove(): Promise<void>;
}

export interface SnapshotOptions {
  /** The workspace folder: the repository or a folder in it. */
  readonly folder: string;
  /** A commit, branch, tag or stash; null for the working tree as it is, with what is not committed. */
  readonly commit: string | null;
  /** Where the copy goes; must not exist, its parent must. */
  readonly to: string;
  readonly signal: AbortSignal;
}

/** The full name of a commit and its short one. Rejects with `not-a-repository`, `no-commit` or as `git` does. */
export async function resolveCommit(
  folder: string,
  name: string,
  signal: AbortSignal,
): Promise<{ readonly hash: string; readonly short: string }> {
  await repositoryOf(folder, signal);
  try {
    if (name.startsWith('-')) throw new Error('a name never begins with a dash');
    const hash = (await git(folder, ['rev-parse', '--verify', '--quiet', `${name}^{commit}`], signal)).trim();
    return { hash, short: (await git(folder, ['rev-parse', '--short', hash], signal)).trim() };
  } catch (cause) {
    if (cause instanceof CancelledError) throw cause;
    const isShallow = (await git(folder, ['rev-parse', '--is-shallow-repository'], signal).catch(() => '')).trim();
    throw new UserError(
      'no-commit',
      isShallow === 'true'
        ? `There is no commit "${name}" here: the clone is shallow, so older ones are missing; run git fetch --unshallow.`
        : `There is no commit, branch, tag or stash "${name}" in this repository.`,
      { cause },
    );
  }
}

/**
 * Makes the copy: a detached git worktree of the commit, or of HEAD with every change of the working tree on top. Dependencies
 * are linked, ignored settings copied, build results left out; submodules become worktrees of their own. Rejects with
 * `not-a-repository`, `no-commit`, `disk-full`, as `git` does, and with `CancelledError`; nothing is left behind then.
 */
export async function takeSnapshot(options: SnapshotOptions): Promise<Snapshot> {
  const { signal, to } = options;
  const repository = await repositoryOf(options.folder, signal);
  const commit = await resolveCommit(options.folder, options.commit ?? 'HEAD', signal);
  const notes: string[] = [];
  const worktrees: { readonly repository: string; readonly path: string }[] = [];
  const remove = async (): Promise<void> => {
    for (const { repository: owner, path } of [...worktrees].reverse()) {
      await git(owner, ['worktree', 'remove', '--force', '--force', path]).catch(() => undefined);
    }
    await rm(to, { recursive: true, force: true, maxRetries: 3 });
    for (const owner of new Set(worktrees.map((each) => each.repository))) {
      await git(owner, ['worktree', 'prune']).catch(() => undefined);
    }
  };
  const copy = new ProjectCopy(worktrees, notes, signal);
  try {
    await copy.tree(repository, to, commit.hash, options.commit === null);
    const env = await copy.ignored(repository, to);
    const folder = join(to, relative(repository, await realpath(options.folder)));
    await mkdir(folder, { recursive: true });
    return { folder, env, notes, remove };
  } catch (error) {
    await remove();
    if (signal.aborted) throw new CancelledError();
    throw errorCode(error) === 'ENOSPC' || describeError(error).includes('No space left')
      ? new UserError('disk-full', `There is no room on the disk for a copy of the project below ${to}: make some.`, {
          cause: error,
        })
      : error;
  }
}

async function repositoryOf(folder: string, signal: AbortSignal): Promise<string> {
  try {
    return await realpath((await git(folder, ['rev-parse', '--show-toplevel'], signal)).trim());
  } catch (cause) {
    if (cause instanceof CancelledError || (cause instanceof UserError && cause.code === 'no-git')) throw cause;
    throw new UserError(
      'not-a-repository',
      `${folder} is in no git repository, so there is no commit to compare with.`,
      { cause },
    );
  }
}

class ProjectCopy {
  readonly #worktrees: { readonly repository: string; readonly path: string }[];
  readonly #notes: string[];
  readonly #signal: AbortSignal;

  constructor(worktrees: { repository: string; path: string }[], notes: string[], signal: AbortSignal) {
    this.#worktrees = worktrees;
    this.#notes = notes;
    this.#signal = signal;
  }

  /** The files of a commit, with the changes of the working tree when asked for, and its submodules. */
  async tree(repository: string, to: string, commit: string, withChanges: boolean): Promise<void> {
    this.#worktrees.push({ repository, path: to });
    await git(repository, ['worktree', 'add', '--detach', '--force', to, commit], this.#signal);
    if (withChanges) await this.#changes(repository, to);
    for (const { path, hash } of await this.#submodules(to)) {
      const from = join(repository, path);
      const isThere = await stat(join(from, '.git')).catch(() => null);
      if (!isThere) {
        this.#notes.push(`The submodule ${path} is not checked out, so it is empty on this side.`);
        continue;
      }
      const wanted = withChanges ? (await git(from, ['rev-parse', 'HEAD'], this.#signal)).trim() : hash;
      await rm(join(to, path), { recursive: true, force: true });
      try {
        await this.tree(from, join(to, path), wanted, withChanges);
      } catch (error) {
        if (this.#signal.aborted) throw error;
        this.#notes.push(`The submodule ${path} has no commit ${wanted.slice(0, 8)} here (${describeError(error)}).`);
      }
    }
  }

  async #submodules(tree: string): Promise<{ path: string; hash: string }[]> {
    const listed = splitZ(await git(tree, ['ls-files', '-z', '--stage'], this.#signal));
    return listed.flatMap((entry) => {
      const [, hash = '', path = ''] = /^160000 (\w+) \d\t(.+)$/s.exec(entry) ?? [];
      return path === '' ? [] : [{ path, hash }];
    });
  }

  /** Everything that differs from HEAD and is not ignored. */
  async #changes(repository: string, to: string): Promise<void> {
    const changed = splitZ(
      await git(repository, ['diff', '--name-only', '-z', '--no-renames', '--ignore-submodules', 'HEAD'], this.#signal),
    );
    const added = splitZ(await git(repository, ['ls-files', '-z', '--others', '--exclude-standard'], this.#signal));
    for (const file of [...changed, ...added]) await this.#copy(join(repository, file), join(to, file));
  }

  /** Links and copies what git ignores; answers with the environment that the copy needs. */
  async ignored(repository: string, to: string): Promise<Record<string, string>> {
    const listed = splitZ(
      await git(
        repository,
        ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--directory', '--no-empty-directory'],
        this.#signal,
      ),
    );
    const pythonPath: string[] = [];
    for (const path of listed) {
      this.#signal.throwIfAborted();
      const name = path.replace(/\/$/, '');
      const plan = planIgnored(path);
      if (plan === 'leave' || (await lstat(join(to, name)).catch(() => null)) || isWithin(to, join(repository, name)))
        continue;
      if (plan === 'copy') await this.#copy(join(repository, name), join(to, name));
      else {
        await linkDependencies(join(repository, name), join(to, name), repository, to);
        pythonPath.push(...(await editableInstalls(join(repository, name), repository)).map((own) => join(to, own)));
      }
    }
    if (pythonPath.length === 0) return {};
    const inherited = process.env['PYTHONPATH'];
    return {
      PYTHONPATH: [...pythonPath, ...(inherited ? [inherited] : [])].join(process.platform === 'win32' ? ';' : ':'),
    };
  }

  async #copy(from: string, to: string): Promise<void> {
    this.#signal.throwIfAborted();
    const found = await lstat(from).catch(() => null);
    if (!found) {
      await rm(to, { recursive: true, force: true });
      return;
    }
    if (found.isDirectory()) return;
    if (found.isFile() && found.size > COPY_LIMIT_BYTES) {
      this.#notes.push(`${from} is larger than 256 MB and was not copied.`);
      return;
    }
    await mkdir(dirname(to), { recursive: true });
    await rm(to, { recursive: true, force: true });
    if (found.isSymbolicLink()) await symlink(await readlink(from), to);
    else if (found.isFile()) await copyFile(from, to, constants.COPYFILE_FICLONE);
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}
