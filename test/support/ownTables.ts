import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { it } from 'node:test';
import { runRoutes } from '../../src/cli/routes';
import type { Endpoint } from '../../src/core/model/endpoint';
import { wasmFrom } from '../../src/platform/node/wasmFiles';

const APPS = path.resolve(import.meta.dirname, '../integration/apps');
const WASM = path.resolve(import.meta.dirname, '../../node_modules/@vscode/tree-sitter-wasm/wasm');

/** A row of an application's own table: method, rule, and where the language says that the function begins. */
type Row = readonly [method: string, rule: string, file: string, line: number];

interface Agreement {
  /** Folder in test/integration/apps. */
  readonly app: string;
  readonly framework: string;
  readonly program: string;
  /** The script that prints the table, in that folder. */
  readonly table: string;
  readonly templateOf: (rule: string) => string;
}

/**
 * False when a program can do what it is asked, else the sentence that says what is missing. Where everything is required it
 * is never missing: the tests then fail.
 */
export function isMissing(
  program: string,
  args: readonly string[],
  [what, how]: readonly [string, string],
): string | false {
  const asked = spawnSync(program, args, { stdio: 'ignore' });
  if (asked.status === 0 || process.env['EP_REQUIRE'] === 'all') return false;
  return `${what} are not here (${how}).`;
}

/** A test that routes found in source are those of the application's own table, at the same functions. */
export function itAgrees({ app, framework, program, table, templateOf }: Agreement): void {
  it(`are exactly those that ${app} lists, at the same functions`, async () => {
    const cwd = path.join(APPS, app);
    const output = execFileSync(program, [table], { cwd, encoding: 'utf8' });
    const rows = JSON.parse(output.trim().split('\n').at(-1) ?? '[]') as Row[];
    const own = rows.filter(([, , file]) => !path.isAbsolute(file));
    const { endpoints, problems } = await runRoutes({ dir: cwd, includeTests: true }, { wasm: wasmFrom(WASM) });
    assert.ok(own.length >= 8, 'the application lists its routes');
    assert.deepEqual(
      endpoints.map(foundRow).sort(),
      own.map(([method, rule, file, line]) => `${method} ${templateOf(rule)} ${file}:${line}`).sort(),
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(
      endpoints.flatMap(({ notes }) => notes),
      [],
    );
    assert.ok(endpoints.every((endpoint) => endpoint.framework === framework));
  });
}

function foundRow({ method, path: template, file, line }: Endpoint): string {
  return `${method} ${template} ${file}:${line}`;
}
