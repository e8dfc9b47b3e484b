import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it } from 'node:test';
import { runRoutes } from '../../src/cli/routes';
import { wasmFrom } from '../../src/platform/node/wasmFiles';

/** Method, pattern, file of the method and the line of its first statement; of a functional route no place is known. */
type Row = readonly [method: string, pattern: string, file: string, line: number];

const ROOT = path.resolve(import.meta.dirname, '../..');
const APP = path.join(import.meta.dirname, 'apps/spring');
const LIBRARIES = path.join(ROOT, '.cache/spring-6.1.14');

const library = prepareLibraries();

// A JDK is too large to be installed for one test.
describe('routes found in Java source', { skip: library.missing }, () => {
  it('are exactly those that the mappings of Spring itself hold, at the same methods', async () => {
    const classes = mkdtempSync(path.join(tmpdir(), 'ep-spring-'));
    try {
      const rows = ownTable(classes);
      const { endpoints, problems } = await runRoutes(
        { dir: APP, includeTests: true },
        { wasm: wasmFrom(path.join(ROOT, 'node_modules/@vscode/tree-sitter-wasm/wasm')) },
      );
      const placed = new Set(rows.filter(([, , file]) => file !== '').map(([, , file]) => file));
      assert.ok(rows.length >= 20, 'the application lists its routes');
      assert.deepEqual(
        endpoints
          .map((one) => `${one.method} ${one.path} ${placed.has(one.file) ? `${one.file}:${one.line}` : ''}`)
          .sort(),
        rows
          .map(
            ([method, pattern, file, line]) =>
              `${method} ${templateOf(pattern)} ${file === '' ? '' : `${file}:${line}`}`,
          )
          .sort(),
      );
      assert.deepEqual(problems, []);
      assert.ok(endpoints.every(({ framework }) => framework === 'spring'));
    } finally {
      rmSync(classes, { recursive: true });
    }
  });
});

function templateOf(pattern: string): string {
  return pattern.replace(/\{\*(\w+)\}/g, '{$1*}').replace(/\{(\w+):(?:[^{}]|\{[^{}]*\})*\}/g, '{$1}');
}

/** Compiles the application and lets it print its table. */
function ownTable(classes: string): Row[] {
  const sources = readdirSync(APP, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.java'));
  const libraries = `${LIBRARIES}/*`;
  execFileSync('javac', ['-nowarn', '-cp', libraries, '-d', classes, ...sources], { cwd: APP, stdio: 'pipe' });
  const classPath = [classes, libraries].join(path.delimiter);
  const output = execFileSync('java', ['-cp', classPath, 'inventory.Table'], { encoding: 'utf8', stdio: 'pipe' });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '[]') as Row[];
}

/** Fetches Spring once; says what is missing when that cannot be done. */
function prepareLibraries(): { missing: string | false } {
  for (const [program, argument] of [
    ['javac', '-version'],
    ['mvn', '--version'],
  ] as const) {
    if (spawnSync(program, [argument], { stdio: 'ignore' }).status !== 0) {
      return { missing: `${program} is not here (a JDK of version 17 or newer and Maven are needed).` };
    }
  }
  if (existsSync(LIBRARIES) && readdirSync(LIBRARIES).length > 0) return { missing: false };
  mkdirSync(LIBRARIES, { recursive: true });
  const fetched = spawnSync('mvn', ['-q', '-B', 'dependency:copy-dependencies', `-DoutputDirectory=${LIBRARIES}`], {
    cwd: APP,
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (fetched.status === 0) return { missing: false };
  rmSync(LIBRARIES, { recursive: true });
  return { missing: `Maven could not fetch Spring: ${fetched.stdout.split('\n')[0] ?? ''}` };
}
