import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { IMPORTERS, ROOMS } from '../../eslint.config.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
/** Files directly in src/ that wire the rooms together. */
const HALLWAY = ['commands.ts', 'config.ts', 'contextKeys.ts', 'extension.ts', 'services.ts'];
interface Metafile {
  readonly inputs: Record<
    string,
    { readonly imports: readonly { path: string; external?: boolean; original?: string }[] }
  >;
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

function roomOf(file: string): string | undefined {
  return Object.keys(ROOMS)
    .filter((room) => file.startsWith(`${room}/`))
    .sort((left, right) => right.length - left.length)[0];
}

function metafiles(): readonly { readonly bundle: string; readonly meta: Metafile }[] {
  const folder = join(ROOT, 'dist', 'meta');
  assert.ok(existsSync(folder), 'dist/meta is not there: run "npm run build" first.');
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  assert.ok(names.length > 0, 'dist/meta is empty: run "npm run build" first.');
  return names.map((name) => ({
    bundle: name.replace('.json', ''),
    meta: JSON.parse(readFileSync(join(folder, name), 'utf8')) as Metafile,
  }));
}

/** The package of a path below node_modules, or undefined. */
function packageOf(path: string): string | undefined {
  return /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
}

const sources = [...sourceFiles('src'), ...sourceFiles('webview')];

describe('the house', () => {
  it('has walls around every folder', () => {
    const outside = sources.filter((file) => !roomOf(file) && !HALLWAY.includes(file.replace('src/', '')));
    assert.deepEqual(outside, [], 'add the folder to ROOMS in eslint.config.mjs and say what it may import');
  });

  it('names no room that is gone', () => {
    const empty = Object.keys(ROOMS).filter((room) => !sources.some((file) => file.startsWith(`${room}/`)));
    assert.deepEqual(empty, []);
  });

  it('has no file over 400 lines', () => {
    const long = sources.filter((file) => readFileSync(join(ROOT, file), 'utf8').split('\n').length > 401);
    assert.deepEqual(long, []);
  });

  it('keeps activate short', () => {
    const lines = readFileSync(join(ROOT, 'src/extension.ts'), 'utf8').split('\n').length;
    assert.ok(lines <= 61, `src/extension.ts has ${lines - 1} lines; 60 at most`);
  });
});

describe('the bundles', () => {
  it('carry vscode in the extension alone', () => {
    for (const { bundle, meta } of metafiles()) {
      const users = Object.entries(meta.inputs).filter(([, { imports }]) =>
        imports.some(({ path }) => path === 'vscode'),
      );
      if (bundle === 'extension') assert.ok(users.length > 0, 'the extension bundle imports vscode');
      else
        assert.deepEqual(
          users.map(([file]) => file),
          [],
          `${bundle} reaches vscode`,
        );
    }
  });

  it('reach vscode and node: modules only from rooms that may', () => {
    const builtins = new Set(builtinModules);
    for (const { bundle, meta } of metafiles()) {
      for (const [file, { imports }] of Object.entries(meta.inputs)) {
        const room = roomOf(file);
        if (room === undefined) continue;
        for (const { path, external } of imports) {
          if (external !== true) continue;
          if (path === 'vscode') assert.ok(ROOMS[room]?.vscode, `${bundle}: ${file} imports vscode`);
          const isNode = path.startsWith('node:') || builtins.has(path);
          if (isNode) assert.ok(ROOMS[room]?.node, `${bundle}: ${file} imports ${path}`);
        }
      }
    }
  });

  it('reach each library through its one importer', () => {
    for (const { bundle, meta } of metafiles()) {
      for (const [file, { imports }] of Object.entries(meta.inputs)) {
        if (packageOf(file) !== undefined) continue;
        for (const { path } of imports) {
          const library = packageOf(path);
          if (library === undefined) continue;
          assert.equal(file, IMPORTERS[library], `${bundle}: ${library} is imported by ${file}`);
        }
      }
    }
  });

  it('keep rooms apart as the walls say', () => {
    for (const { bundle, meta } of metafiles()) {
      for (const [file, { imports }] of Object.entries(meta.inputs)) {
        const room = roomOf(file);
        if (room === undefined) continue;
        const allowed = [room, ...(ROOMS[room]?.may ?? []).map((name) => `src/${name}`)];
        for (const { path, external } of imports) {
          const target = external === true ? undefined : roomOf(path);
          if (target !== undefined) assert.ok(allowed.includes(target), `${bundle}: ${file} imports ${path}`);
        }
      }
    }
  });
});
