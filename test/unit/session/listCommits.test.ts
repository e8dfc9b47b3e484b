import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { listCommits } from '../../../src/platform/node/snapshots/listCommits';

let folder: string;
const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@localhost', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ep-commits-'));
  git('init', '--quiet', '--initial-branch=main');
});
after(() => rm(folder, { recursive: true }));

describe('the commits that a person may choose', () => {
  it('are none in a repository without a commit', async () => {
    assert.deepEqual(await listCommits(folder), []);
  });

  it('are HEAD and the one before it, branches, tags and stashes, with their first lines', async () => {
    for (const text of ['one', 'two']) {
      await writeFile(join(folder, 'a.txt'), text);
      git('add', '.');
      git('commit', '--quiet', '--message', `Say ${text}`);
    }
    git('tag', 'v1', 'HEAD~1');
    git('branch', 'other', 'HEAD~1');
    await writeFile(join(folder, 'a.txt'), 'three');
    git('stash', 'push', '--quiet', '--message', 'half done');
    const commits = await listCommits(folder);
    assert.deepEqual(commits.map(({ kind, name, subject }) => [kind, name, subject]).sort(), [
      ['branch', 'main', 'Say two'],
      ['branch', 'other', 'Say one'],
      ['head', 'HEAD', 'Say two'],
      ['previous', 'HEAD~1', 'Say one'],
      ['stash', 'stash@{0}', 'On main: half done'],
      ['tag', 'v1', 'Say one'],
    ]);
    assert.equal(commits[0]?.short, git('rev-parse', '--short', 'HEAD').trim());
  });
});
