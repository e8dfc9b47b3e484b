import { execFile } from 'node:child_process';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import type { RunEnvironment } from '../../core/model/run';

/** Long enough for `git status` in a large repository with a cold cache. */
const GIT_TIMEOUT_MS = 5000;

/** The machine, and the commit of `folder` when it lies in a git repository and git answers in time. Never fails. */
export async function readEnvironment(folder: string | null, profilerVersion: string): Promise<RunEnvironment> {
  const commit = folder === null ? null : await git(folder, ['rev-parse', 'HEAD']);
  const status =
    folder === null || commit === null
      ? null
      : await git(folder, ['status', '--porcelain', '--untracked-files=no', '--', '.']);
  return {
    cpuModel: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryMB: Math.round(totalmem() / 1024 / 1024),
    os: `${type()} ${release()}`,
    nodeVersion: process.versions.node,
    profilerVersion,
    commit: commit === null ? null : commit.trim(),
    dirty: status === null ? null : status.trim() !== '',
  };
}

/** Standard output, or null when git is not there, refuses, or takes too long. */
function git(folder: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(
      'git',
      // A repository may name a program to be run for its status; an untrusted one must not get that far.
      ['-c', 'core.fsmonitor=false', ...args],
      { cwd: folder, timeout: GIT_TIMEOUT_MS, windowsHide: true, env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' } },
      (error, stdout) => resolve(error ? null : stdout),
    );
  });
}
