import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { zipEntries, type ZipEntry } from '../support/zipEntries';

const ROOT = path.resolve(import.meta.dirname, '../..');
const GOLDEN = path.join(ROOT, 'test/fixtures/package/files.txt');

/**
 * What may be downloaded to install the extension. The ten grammars take 1.2 MB (C# 0.32, Ruby 0.17, TypeScript and TSX 0.14
 * each), the tree-sitter runtime 0.08 MB, the page with the UI toolkit and the charts 0.13 MB, and the rest are Node bundles.
 * Together 2.98 MB, so there is no room left: what comes next has to save first. A source map or node_modules that
 * slips in breaks it at once.
 */
const BUDGET_BYTES = 3_000_000;

describe('the package', () => {
  let folder: string;
  let archive: Buffer;
  let entries: ZipEntry[];

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'ep-package-'));
    const file = path.join(folder, 'extension.vsix');
    execFileSync(process.execPath, ['scripts/package.mjs', '--no-build', '--out', file], { cwd: ROOT, stdio: 'pipe' });
    archive = await readFile(file);
    entries = zipEntries(archive);
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('holds exactly the files of the golden list', async () => {
    const names = entries.map((entry) => entry.name).sort();
    if (process.env['EP_UPDATE_GOLDEN']) await writeFile(GOLDEN, `${names.join('\n')}\n`);
    const golden = (await readFile(GOLDEN, 'utf8')).trim().split('\n');
    assert.deepEqual(names, golden, 'The .vsix changed: see CONTRIBUTING.md for how to accept the new list.');
  });

  it('stays below its size budget', () => {
    const largest = entries.toSorted((one, other) => other.compressedBytes - one.compressedBytes).slice(0, 5);
    const detail = largest.map((entry) => `${entry.name} ${entry.compressedBytes}`).join(', ');
    assert.ok(archive.length <= BUDGET_BYTES, `${archive.length} bytes, more than ${BUDGET_BYTES}. Largest: ${detail}`);
  });

  it('names the licence of every library that is bundled', async () => {
    const notices = await readFile(path.join(ROOT, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
    const { dependencies } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    for (const [name, version] of Object.entries(dependencies)) {
      assert.ok(notices.includes(`\n${name} ${version} (`), `${name} ${version} is not named.`);
    }
  });

  it('has everything that package.json points at', async () => {
    const manifest = await readFile(path.join(ROOT, 'package.json'), 'utf8');
    const names = new Set(entries.map((entry) => entry.name));
    const pointed = [...manifest.matchAll(/"(?:\.\/)?((?:media|dist)\/[^"*{}]+\.[a-z]+)"/g)].map((match) => match[1]!);
    assert.ok(pointed.length > 5);
    for (const file of pointed) assert.ok(names.has(`extension/${file}`), `${file} is missing.`);
  });
});
