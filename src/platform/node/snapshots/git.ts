import { execFile } from 'node:child_process';
import { CancelledError, errorCode, UserError } from '../../../util/errors';

/** Large repositories on slow disks check out for minutes. */
const TIMEOUT_MS = 300_000;
const OUTPUT_LIMIT_BYTES = 64 * 1024 * 1024;

/** What must not run because a repository says so: its hooks and its file watcher. */
const QUIET = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'advice.detachedHead=false'];

/**
 * Runs git in a folder and answers with its standard output. Rejects with `no-git` when git is not installed, with
 * `git-failed` and what git said otherwise, and with `CancelledError` on abort.
 */
export function git(folder: string, args: readonly string[], signal?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      [...QUIET, ...args],
      {
        cwd: folder,
        timeout: TIMEOUT_MS,
        maxBuffer: OUTPUT_LIMIT_BYTES,
        windowsHide: true,
        env: { ...withoutPlaces(process.env), GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
        ...(signal ? { signal } : {}),
      },
      (error, stdout, stderr) => {
        if (!error) resolve(stdout);
        else if (signal?.aborted) reject(new CancelledError());
        else if (errorCode(error) === 'ENOENT') reject(noGit(error));
        else reject(new UserError('git-failed', `git ${args[0] ?? ''} failed: ${lastLine(stderr)}`, { cause: error }));
      },
    );
  });
}

/** When this runs within a hook, git has told where its repository and index are; they are not the ones meant here. */
function withoutPlaces(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const places = /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|PREFIX|COMMON_DIR|OBJECT_DIRECTORY|NAMESPACE|CEILING_DIRECTORIES)$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !places.test(name)));
}

/** Entries that git wrote with `-z`. */
export function splitZ(text: string): readonly string[] {
  return text.split('\0').filter((entry) => entry !== '');
}

function noGit(cause: unknown): UserError {
  return new UserError('no-git', 'git is not installed or not on the PATH: install it to compare with a commit.', {
    cause,
  });
}

function lastLine(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return lines.find((line) => /^(?:fatal|error):/.test(line)) ?? lines.at(-1) ?? 'it gave no reason';
}
