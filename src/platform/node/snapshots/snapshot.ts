import { mkdir, realpath, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { CancelledError, describeError, UserError } from '../../../util/errors';
import { isDiskFull, diskFull } from './diskFull';
import { git } from './git';
import { ProjectCopy } from './projectCopy';

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
  /** Shell line that will run in the copy; what it installs is not shared with it. */
  readonly prepare?: string;
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
    throw new UserError('no-commit', await missingCommit(folder, name, signal), { cause });
  }
}

async function missingCommit(folder: string, name: string, signal: AbortSignal): Promise<string> {
  const ask = async (option: string): Promise<boolean> =>
    (await git(folder, ['rev-parse', option], signal).catch(() => '')).trim() !== '';
  if (!(await ask('HEAD^{commit}'))) {
    return 'This repository has no commit yet, so there is nothing to compare with: commit a first state.';
  }
  const isShallow = (await git(folder, ['rev-parse', '--is-shallow-repository'], signal).catch(() => '')).trim();
  return isShallow === 'true'
    ? `There is no commit "${name}" here: the clone is shallow, so older ones are missing; run git fetch --unshallow.`
    : `There is no commit, branch, tag or stash "${name}" in this repository.`;
}

/** Whether the working tree differs in anything that git keeps or would keep from its HEAD. Rejects as `git` does. */
export async function hasChanges(folder: string, signal: AbortSignal): Promise<boolean> {
  return (await git(folder, ['status', '--porcelain', '-z', '--ignore-submodules=none'], signal)) !== '';
}

/**
 * Makes the copy: a detached git worktree of the commit, or of HEAD with every change of the working tree on top. Dependencies
 * are linked, ignored settings copied, build results left out; submodules become worktrees of their own. Rejects with
 * `not-a-repository`, `no-commit`, `disk-full`, as `git` does, and with `CancelledError`; nothing is left behind then.
 */
export async function takeSnapshot(options: SnapshotOptions): Promise<Snapshot> {
  const { signal } = options;
  const repository = await repositoryOf(options.folder, signal);
  const commit = await resolveCommit(options.folder, options.commit ?? 'HEAD', signal);
  const to = join(await realpath(join(options.to, '..')), relative(join(options.to, '..'), options.to));
  const copy = new ProjectCopy({ project: repository, copy: to, prepare: options.prepare ?? '', signal });
  const remove = (): Promise<void> => removeCopy(copy.worktrees, to);
  try {
    await copy.tree(repository, to, commit.hash, options.commit === null);
    const folder = join(to, relative(repository, await realpath(options.folder)));
    await mkdir(folder, { recursive: true });
    return { folder, env: copy.env, notes: copy.notes, remove };
  } catch (error) {
    await remove();
    if (signal.aborted) throw new CancelledError();
    throw isDiskFull(error) ? diskFull(to, error) : error;
  }
}

async function removeCopy(worktrees: ProjectCopy['worktrees'], to: string): Promise<void> {
  for (const { repository, path } of [...worktrees].reverse()) {
    await git(repository, ['worktree', 'remove', '--force', '--force', path]).catch(() => undefined);
  }
  await rm(to, { recursive: true, force: true, maxRetries: 3 });
  for (const repository of new Set(worktrees.map((each) => each.repository))) {
    await git(repository, ['worktree', 'prune']).catch(() => undefined);
  }
}

async function repositoryOf(folder: string, signal: AbortSignal): Promise<string> {
  try {
    return await realpath((await git(folder, ['rev-parse', '--show-toplevel'], signal)).trim());
  } catch (cause) {
    if (cause instanceof CancelledError || (cause instanceof UserError && cause.code === 'no-git')) throw cause;
    // Git names the setting that would make it trust the folder.
    if (describeError(cause).includes('dubious ownership')) throw cause;
    throw new UserError(
      'not-a-repository',
      `${folder} is in no git repository, so there is no commit to compare with: commit it first, or compare two servers.`,
      { cause },
    );
  }
}
