import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';

const SETTINGS = [
  ...['-c', 'user.name=Tester', '-c', 'user.email=tester@example.com', '-c', 'init.defaultBranch=main'],
  ...['-c', 'protocol.file.allow=always', '-c', 'commit.gpgsign=false'],
];

/** A folder that is gone when the test has ended. */
export function scratchFolder(test: Pick<TestContext, 'after'>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ep-snapshot-')));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs git as a person would and answers with what it printed. */
export function runGit(folder: string, ...args: string[]): string {
  return execFileSync('git', [...SETTINGS, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Writes files below a folder; a path that ends with a slash is an empty folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true });
    if (!name.endsWith('/')) writeFileSync(path, text);
  }
}

/** A repository with one commit of the files. */
export function makeRepository(folder: string, files: Readonly<Record<string, string>>): string {
  mkdirSync(folder, { recursive: true });
  runGit(folder, 'init', '-q');
  writeFiles(folder, files);
  commitAll(folder, 'first');
  return folder;
}

export function commitAll(folder: string, message: string): void {
  runGit(folder, 'add', '-A');
  runGit(folder, 'commit', '-q', '--no-verify', '-m', message);
}

/** Every file and link below a folder, without git's own, as `path` to what it holds. */
export function listTree(folder: string): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (below: string): void => {
    for (const name of readdirSync(join(folder, below)).sort()) {
      if (name === '.git') continue;
      const path = below === '' ? name : `${below}/${name}`;
      const stat = lstatSync(join(folder, path));
      if (stat.isSymbolicLink()) found[path] = `-> ${readlinkSync(join(folder, path))}`;
      else if (stat.isDirectory()) walk(path);
      else found[path] = readFileSync(join(folder, path), 'utf8');
    }
  };
  walk('');
  return found;
}

/** Changes when anything of the repository does that its owner could notice: files, times, index, branches, stashes, worktrees. */
export function fingerprint(folder: string): string {
  const hash = createHash('sha256');
  const walk = (path: string): void => {
    const stat = lstatSync(path);
    hash.update(`${path} ${stat.mode} ${stat.isDirectory() ? '' : stat.mtimeMs}\n`);
    if (stat.isSymbolicLink()) hash.update(readlinkSync(path));
    else if (stat.isFile()) hash.update(readFileSync(path));
    else for (const name of readdirSync(path).sort()) if (name !== '.git') walk(join(path, name));
  };
  walk(folder);
  const gitFolder = runGit(folder, 'rev-parse', '--absolute-git-dir').trim();
  for (const name of ['index', 'HEAD', 'config']) {
    try {
      hash.update(readFileSync(join(gitFolder, name)));
    } catch {
      hash.update('none');
    }
  }
  for (const args of [['for-each-ref'], ['stash', 'list'], ['worktree', 'list', '--porcelain']]) {
    hash.update(runGit(folder, ...args));
  }
  return hash.digest('hex');
}
