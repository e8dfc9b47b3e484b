import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { hasChanges, resolveCommit, takeSnapshot, type Snapshot } from '../../src/platform/node/snapshots/snapshot';
import {
  commitAll,
  fingerprint,
  listTree,
  makeRepository,
  runGit,
  scratchFolder,
  writeFiles,
} from '../support/repository';

const never = new AbortController().signal;

interface Place {
  readonly project: string;
  readonly copyTo: (
    commit: string | null,
    name?: string,
    more?: { folder?: string; prepare?: string },
  ) => Promise<Snapshot>;
}

function placeFor(test: TestContext, files: Readonly<Record<string, string>>): Place {
  const scratch = scratchFolder(test);
  const project = makeRepository(join(scratch, 'project'), files);
  return {
    project,
    copyTo: (commit, name = commit === null ? 'b' : 'a', more = {}) =>
      takeSnapshot({ folder: project, commit, to: join(scratch, name), signal: never, ...more }),
  };
}

describe('a copy of a project, to be run beside another', { concurrency: true }, () => {
  it('is the commit on one side and the working tree with every change on the other', async (test) => {
    const { project, copyTo } = placeFor(test, {
      '.gitignore': 'ignored.txt\n',
      'staged.txt': '1',
      'unstaged.txt': '1',
      'deleted.txt': '1',
      'removed.txt': '1',
      'renamed.txt': 'some text that is long enough to be seen as the same file',
      fileToFolder: '1',
      'folderToFile/inner.txt': '1',
      'same.txt': '1',
    });
    writeFiles(project, { 'staged.txt': '2', 'unstaged.txt': '2', 'new/untracked.txt': '2', 'ignored.txt': 'own' });
    rmSync(join(project, 'deleted.txt'));
    runGit(project, 'rm', '-q', 'removed.txt');
    runGit(project, 'mv', 'renamed.txt', 'moved.txt');
    runGit(project, 'add', 'staged.txt');
    rmSync(join(project, 'fileToFolder'));
    rmSync(join(project, 'folderToFile'), { recursive: true });
    writeFiles(project, { 'fileToFolder/inner.txt': '2', folderToFile: '2' });
    symlinkSync('same.txt', join(project, 'link'));
    chmodSync(join(project, 'unstaged.txt'), 0o755);
    const untouched = fingerprint(project);

    const [before, after] = [await copyTo('HEAD'), await copyTo(null)];
    const committed = listTree(before.folder);
    assert.deepEqual([committed['staged.txt'], committed['unstaged.txt'], committed['deleted.txt']], ['1', '1', '1']);
    assert.equal(committed['new/untracked.txt'], undefined);
    assert.equal(committed['ignored.txt'], 'own');
    assert.deepEqual(listTree(after.folder), listTree(project));
    execFileSync('test', ['-x', join(after.folder, 'unstaged.txt')]);

    await before.remove();
    await after.remove();
    assert.ok(!existsSync(before.folder) && !existsSync(after.folder));
    assert.equal(fingerprint(project), untouched);
  });

  it('shares dependencies, copies settings, leaves caches and build results', async (test) => {
    const { project, copyTo } = placeFor(test, {
      '.gitignore': 'node_modules\n.env\n*.sqlite3\ndist\n.cache\n__pycache__\n',
      'x.js': '',
    });
    writeFiles(project, {
      '.env': 'SECRET=1',
      'data.sqlite3': 'rows',
      'dist/bundle.js': 'old',
      '.cache/x': '',
      'pkg/__pycache__/x.pyc': '',
      'node_modules/left/index.js': 'left',
      'node_modules/@scope/right/index.js': 'right',
      'node_modules/.cache/tool/x': '',
      'node_modules/.package-lock.json': '{}',
    });
    const { folder } = await copyTo('HEAD');
    const tree = listTree(folder);
    assert.deepEqual(tree, {
      '.env': 'SECRET=1',
      '.gitignore': tree['.gitignore'],
      'data.sqlite3': 'rows',
      'node_modules/.package-lock.json': '{}',
      'node_modules/@scope/right': `-> ${project}/node_modules/@scope/right`,
      'node_modules/left': `-> ${project}/node_modules/left`,
      'x.js': '',
    });
  });

  it('shares dependencies that nobody told git to ignore with both sides', async (test) => {
    const { project, copyTo } = placeFor(test, { 'x.js': '' });
    writeFiles(project, { 'node_modules/left/index.js': 'left', 'new/node_modules/a/index.js': '', 'new/y.js': '' });
    const expected = `-> ${project}/node_modules/left`;
    assert.equal(listTree((await copyTo('HEAD')).folder)['node_modules/left'], expected);
    const after = listTree((await copyTo(null)).folder);
    assert.deepEqual(
      [after['node_modules/left'], after['new/node_modules/a'], after['new/y.js']],
      [expected, `-> ${project}/new/node_modules/a`, ''],
    );
  });

  it('survives an install that empties node_modules, without touching the original', async (test) => {
    const { project, copyTo } = placeFor(test, { '.gitignore': 'node_modules\n' });
    writeFiles(project, {
      'node_modules/left/index.js': 'left',
      'node_modules/.bin/left': 'run',
      'node_modules/@s/r/x.js': '',
    });
    const original = listTree(project);
    const { folder } = await copyTo('HEAD');
    execFileSync('sh', ['-c', 'rm -rf node_modules/* node_modules/.bin/*'], { cwd: folder });
    assert.deepEqual(listTree(project), original);
    const installed = await copyTo('HEAD', 'c', { prepare: 'npm ci && npm run build' });
    assert.ok(!existsSync(join(installed.folder, 'node_modules')), 'what prepare installs is not shared');
  });

  it("leads a monorepo's own packages into the copy", async (test) => {
    const { project, copyTo } = placeFor(test, {
      '.gitignore': 'node_modules\n',
      'packages/util/package.json': '{"name":"@me/util"}',
      'packages/util/index.js': 'module.exports = "old"',
      'packages/app/app.js': 'module.exports = require("@me/util")',
    });
    mkdirSync(join(project, 'node_modules/@me'), { recursive: true });
    symlinkSync('../../packages/util', join(project, 'node_modules/@me/util'));
    writeFiles(project, { 'packages/util/index.js': 'module.exports = "new"' });
    const answers = [];
    for (const commit of ['HEAD', null]) {
      const { folder } = await copyTo(commit);
      const script = 'console.log(require("./packages/app/app.js"))';
      answers.push(execFileSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' }).trim());
    }
    assert.deepEqual(answers, ['old', 'new']);
  });

  it('puts its own packages in front of what a virtual environment imports from the original', async (test) => {
    const { project, copyTo } = placeFor(test, {
      '.gitignore': '.venv\n',
      'src/shop/__init__.py': 'STATE = "old"',
      'pyproject.toml': '',
    });
    execFileSync('python3', ['-m', 'venv', '--without-pip', join(project, '.venv')]);
    const python = '.venv/bin/python';
    const ask = (folder: string, code: string, env: NodeJS.ProcessEnv = {}): string =>
      execFileSync(join(folder, python), ['-c', code], {
        cwd: '/',
        encoding: 'utf8',
        env: { ...process.env, ...env },
      }).trim();
    const packages = ask(project, 'import sysconfig; print(sysconfig.get_path("purelib"))');
    // As `pip install -e .` leaves it for a project with a src folder.
    writeFileSync(join(packages, '__editable__.shop-1.0.pth'), `${project}/src\n`);
    writeFiles(project, { 'src/shop/__init__.py': 'STATE = "new"' });
    const code = 'import shop, os; print(shop.STATE, os.environ["PYTHONPATH"])';
    const [before, after] = [await copyTo('HEAD'), await copyTo(null)];
    assert.equal(ask(before.folder, code, before.env), `old ${before.folder}/src`);
    assert.equal(ask(after.folder, code, after.env), `new ${after.folder}/src`);
    assert.equal(String(before.env['PYTHONPATH']).length, String(after.env['PYTHONPATH']).length);
  });

  it("lets Composer's autoloader find the copy", async (test) => {
    const { project, copyTo } = placeFor(test, { '.gitignore': 'vendor\n', 'src/A.php': '' });
    writeFiles(project, {
      'vendor/autoload.php': '<?php',
      'vendor/composer/x.php': '<?php',
      'vendor/acme/lib/L.php': '',
    });
    const tree = listTree((await copyTo('HEAD')).folder);
    assert.equal(tree['vendor/autoload.php'], '<?php');
    assert.equal(tree['vendor/composer/x.php'], '<?php');
    assert.equal(tree['vendor/acme'], `-> ${project}/vendor/acme`);
  });

  it('finds the workspace folder below the root of the repository', async (test) => {
    const { project, copyTo } = placeFor(test, { 'services/api/app.js': '1', 'shared/x.js': '1' });
    writeFiles(project, { 'services/api/app.js': '2' });
    const { folder } = await copyTo(null, 'b', { folder: join(project, 'services/api') });
    assert.match(folder, /\/b\/services\/api$/);
    assert.equal(readFileSync(join(folder, 'app.js'), 'utf8'), '2');
    assert.equal(readFileSync(join(folder, '../../shared/x.js'), 'utf8'), '1');
  });

  it('takes submodules along: as committed, with their changes, and says when one is not checked out', async (test) => {
    const scratch = scratchFolder(test);
    const library = makeRepository(join(scratch, 'library'), { 'lib.js': 'first', '.gitignore': 'node_modules\n' });
    const project = makeRepository(join(scratch, 'project'), { 'app.js': '' });
    runGit(project, 'submodule', '--quiet', 'add', library, 'lib');
    commitAll(project, 'with a library');
    const inside = join(project, 'lib');
    writeFiles(inside, { 'lib.js': 'second', 'node_modules/x/index.js': '' });
    commitAll(inside, 'second');
    writeFiles(inside, { 'lib.js': 'dirty' });
    const untouched = [fingerprint(project), fingerprint(inside)];
    const copyOf = (commit: string | null, to: string, folder = project): Promise<Snapshot> =>
      takeSnapshot({ folder, commit, to: join(scratch, to), signal: never });

    assert.equal(await hasChanges(project, never), true);
    const [before, after] = [await copyOf('HEAD', 'a'), await copyOf(null, 'b')];
    assert.equal(readFileSync(join(before.folder, 'lib/lib.js'), 'utf8'), 'first');
    assert.equal(readFileSync(join(after.folder, 'lib/lib.js'), 'utf8'), 'dirty');
    assert.equal(listTree(after.folder)['lib/node_modules/x'], `-> ${inside}/node_modules/x`);
    for (const each of [before, after]) await each.remove();
    assert.deepEqual([fingerprint(project), fingerprint(inside)], untouched);

    runGit(scratch, 'clone', '-q', project, 'bare-bones');
    const without = await copyOf('HEAD', 'c', join(scratch, 'bare-bones'));
    assert.deepEqual(without.notes, ['The submodule lib is not checked out, so it is empty in the copies.']);
  });

  it('knows commits by every name they have, also while another worktree holds the branch', async (test) => {
    const { project, copyTo } = placeFor(test, { 'x.txt': '1' });
    runGit(project, 'tag', 'v1');
    runGit(project, 'branch', 'feature');
    runGit(project, 'worktree', 'add', '-q', join(project, '../elsewhere'), 'feature');
    runGit(project, 'worktree', 'add', '-q', '--detach', join(project, '../a-worktree/a'));
    writeFiles(project, { 'x.txt': '2' });
    runGit(project, 'stash');
    writeFiles(project, { 'x.txt': '3' });
    commitAll(project, 'second');
    const hash = runGit(project, 'rev-parse', 'HEAD~1').trim();
    const expected = { feature: '1', v1: '1', 'stash@{0}': '2', HEAD: '3', 'HEAD~1': '1', main: '3', [hash]: '1' };
    for (const [name, text] of Object.entries(expected)) {
      const snapshot = await copyTo(name, 'a');
      assert.equal(readFileSync(join(snapshot.folder, 'x.txt'), 'utf8'), text, name);
      await snapshot.remove();
    }
    assert.equal(runGit(project, 'worktree', 'list').trim().split('\n').length, 3);
  });

  it('says what is missing: the repository, the commit, the history of a shallow clone, git itself', async (test) => {
    const scratch = scratchFolder(test);
    const { project } = placeFor(test, { 'x.txt': '1' });
    writeFiles(project, { 'x.txt': '2' });
    commitAll(project, 'second');
    const problem = async (folder: string, name: string): Promise<[unknown, string]> => {
      const error: unknown = await resolveCommit(folder, name, never).then(
        () => null,
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof Error && 'code' in error, `${name} in ${folder}`);
      return [error.code, error.message];
    };
    const [code, sentence] = await problem(scratch, 'HEAD');
    assert.deepEqual([code, sentence.includes('in no git repository')], ['not-a-repository', true]);
    assert.deepEqual(await problem(project, 'nowhere'), [
      'no-commit',
      'There is no commit, branch, tag or stash "nowhere" in this repository.',
    ]);
    assert.equal((await problem(project, '--upload-pack=x'))[0], 'no-commit');
    mkdirSync(join(scratch, 'empty'));
    runGit(join(scratch, 'empty'), 'init', '-q');
    assert.match((await problem(join(scratch, 'empty'), 'HEAD'))[1], /has no commit yet/);
    runGit(scratch, 'clone', '-q', '--depth', '1', `file://${project}`, 'shallow');
    assert.match((await problem(join(scratch, 'shallow'), 'HEAD~1'))[1], /shallow.*git fetch --unshallow/);
    const copy = await takeSnapshot({
      folder: join(scratch, 'shallow'),
      commit: 'HEAD',
      to: join(scratch, 's'),
      signal: never,
    });
    assert.equal(readFileSync(join(copy.folder, 'x.txt'), 'utf8'), '2');
  });

  it('runs none of the hooks and watchers that a repository names', async (test) => {
    const { project, copyTo } = placeFor(test, { 'x.txt': '1' });
    const trap = join(project, '../trap');
    for (const hook of ['post-checkout', 'pre-commit', 'post-index-change', 'reference-transaction']) {
      const path = join(project, '.git/hooks', hook);
      writeFileSync(path, `#!/bin/sh\necho ${hook} >> "${trap}"\n`);
      chmodSync(path, 0o755);
    }
    runGit(project, 'config', 'core.fsmonitor', join(project, '.git/hooks/pre-commit'));
    rmSync(trap, { force: true });
    for (const commit of ['HEAD', null]) await (await copyTo(commit)).remove();
    assert.ok(!existsSync(trap), existsSync(trap) ? readFileSync(trap, 'utf8') : '');
  });

  it('leaves nothing behind when the disk is full, and says so', { skip: tmpfsProblem() }, async (test) => {
    const { project } = placeFor(test, { 'large.bin': 'x'.repeat(3_000_000) });
    const small = join(project, '../small');
    mkdirSync(small);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small]);
    try {
      const untouched = fingerprint(project);
      const snapshot = takeSnapshot({ folder: project, commit: 'HEAD', to: join(small, 'a'), signal: never });
      await assert.rejects(snapshot, { code: 'disk-full' });
      assert.deepEqual(listTree(small), {});
      assert.equal(fingerprint(project), untouched);
    } finally {
      execFileSync('umount', [small]);
    }
  });

  it('leaves nothing behind when it is cancelled, at whatever moment', async (test) => {
    const files = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`f${at}.txt`, `text ${at}`]));
    const { project } = placeFor(test, files);
    writeFiles(project, Object.fromEntries(Object.keys(files).map((name) => [`new/${name}`, 'x'])));
    const untouched = fingerprint(project);
    const to = join(project, '../copy');
    let cancelled = 0;
    for (const delayMs of [0, 3, 8, 15, 25, 40, 60]) {
      const abort = new AbortController();
      setTimeout(() => abort.abort(), delayMs);
      const result = await takeSnapshot({ folder: project, commit: null, to, signal: abort.signal }).then(
        (snapshot) => snapshot,
        (error: unknown) => error,
      );
      if (result instanceof Error) {
        assert.equal(result.name, 'CancelledError', String(result));
        cancelled += 1;
      } else await (result as Snapshot).remove();
      assert.ok(!existsSync(to), `after ${delayMs} ms`);
      assert.equal(fingerprint(project), untouched, `after ${delayMs} ms`);
    }
    assert.ok(cancelled > 0);
  });
});

describe('a copy of a project, in an odd environment', () => {
  it('is not led astray by the variables of a hook that this runs in', async (test) => {
    const { project } = placeFor(test, { 'x.txt': '1' });
    const other = placeFor(test, { 'y.txt': '1' });
    process.env['GIT_DIR'] = join(other.project, '.git');
    try {
      const { hash } = await resolveCommit(project, 'HEAD', never);
      delete process.env['GIT_DIR'];
      assert.equal(hash, runGit(project, 'rev-parse', 'HEAD').trim());
    } finally {
      delete process.env['GIT_DIR'];
    }
  });

  it('says that git is not installed', async (test) => {
    const { project } = placeFor(test, { 'x.txt': '1' });
    const path = process.env['PATH'];
    process.env['PATH'] = scratchFolder(test);
    try {
      await assert.rejects(resolveCommit(project, 'HEAD', never), { code: 'no-git' });
    } finally {
      process.env['PATH'] = path;
    }
  });
});

function tmpfsProblem(): string | false {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    return 'A small file system is mounted by root on Linux only.';
  try {
    const output = execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', '/mnt'], {
      stdio: 'pipe',
    });
    return output.length > 0 ? output.toString() : false;
  } catch {
    return 'A small file system cannot be mounted here.';
  }
}
