import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readEnvironment } from '../../../src/platform/node/environment';

function makeRepository(): { folder: string; git: (...args: string[]) => string } {
  const folder = mkdtempSync(join(tmpdir(), 'ep-env-'));
  const identity = ['-c', 'user.name=T', '-c', 'user.email=t@example.com'];
  const git = (...args: string[]): string =>
    execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' });
  git('init', '-q');
  writeFileSync(join(folder, 'app.py'), 'a = 1\n');
  git('add', '.');
  git('commit', '-qm', 'first');
  return { folder, git };
}

describe('readEnvironment', () => {
  it('names the machine', async () => {
    const found = await readEnvironment(null, '1.2.3');
    assert.ok(found.cores >= 1 && found.memoryMB > 100 && found.cpuModel !== '' && found.os !== '');
    assert.equal(found.nodeVersion, process.versions.node);
    assert.equal(found.profilerVersion, '1.2.3');
    assert.deepEqual([found.commit, found.dirty], [null, null]);
  });

  it('reads the commit, and whether tracked files differ from it', async () => {
    const { folder, git } = makeRepository();
    const head = git('rev-parse', 'HEAD').trim();
    writeFileSync(join(folder, 'untracked.txt'), 'x');
    assert.deepEqual(await commitOf(folder), [head, false]);
    writeFileSync(join(folder, 'app.py'), 'a = 2\n');
    assert.deepEqual(await commitOf(folder), [head, true]);
  });

  it('knows no commit outside of a repository, nor where the folder is gone', async () => {
    assert.deepEqual(await commitOf(mkdtempSync(join(tmpdir(), 'ep-none-'))), [null, null]);
    assert.deepEqual(await commitOf('/nowhere/at/all'), [null, null]);
  });

  it('does not run a program that the repository names', async () => {
    const { folder, git } = makeRepository();
    const proof = join(folder, 'ran');
    git('config', 'core.fsmonitor', `touch ${proof}; false`);
    await commitOf(folder);
    assert.throws(() => execFileSync('test', ['-e', proof]));
  });
});

async function commitOf(folder: string): Promise<[string | null, boolean | null]> {
  const { commit, dirty } = await readEnvironment(folder, '0');
  return [commit, dirty];
}
