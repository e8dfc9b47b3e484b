import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { runRoutes } from '../../src/cli/routes';
import { wasmFrom } from '../../src/platform/node/wasmFiles';
import { pythonProgram } from '../support/python';

/**
 * A row of an application's own table: method, path as a template, and where Python says that the handler begins. A handler
 * that a library has is nowhere: its file is empty.
 */
type Row = readonly [method: string, template: string, file: string, line: number];

const APPS = path.resolve(import.meta.dirname, 'apps');
const WASM = path.resolve(import.meta.dirname, '../../node_modules/@vscode/tree-sitter-wasm/wasm');

/** Each application with the names under which its routes are found. */
const APPLICATIONS: Readonly<Record<string, readonly string[]>> = {
  django: ['django'],
  'django-ninja': ['django-ninja'],
  'flask-extras': ['flask', 'flask-restful', 'flask-restx'],
  quart: ['quart'],
  'sanic-extras': ['sanic'],
  starlette: ['starlette'],
  'fastapi-extras': ['fastapi', 'starlette'],
  aiohttp: ['aiohttp'],
  tornado: ['tornado'],
  bottle: ['bottle'],
  falcon: ['falcon'],
  pyramid: ['pyramid'],
  litestar: ['litestar'],
};

describe('routes found in Python source', { concurrency: 3 }, () => {
  for (const [application, frameworks] of Object.entries(APPLICATIONS)) {
    it(`are exactly those of the running ${application} application, at the same functions`, async () => {
      const dir = path.join(APPS, application);
      const own = await ownTable(dir);
      const { endpoints, problems } = await runRoutes({ dir, includeTests: true }, { wasm: wasmFrom(WASM) });
      assert.ok(own.length >= 10, 'the application lists its routes');
      const foreign = new Set(own.filter(([, , file]) => file === '').map(([method, rule]) => `${method} ${rule}`));
      const found = endpoints.map(({ method, path: template, file, line }) => {
        const route = `${method} ${template}`;
        return foreign.has(route) ? `${route} of a library` : `${route} ${file}:${line}`;
      });
      assert.deepEqual(found.sort(), own.map(ownRow(dir)).sort());
      assert.deepEqual(problems, []);
      assert.deepEqual(
        endpoints.flatMap(({ notes }) => notes),
        [],
      );
      assert.deepEqual([...new Set(endpoints.map((endpoint) => endpoint.framework))].sort(), frameworks);
    });
  }
});

async function ownTable(dir: string): Promise<Row[]> {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  const { stdout } = await promisify(execFile)(pythonProgram(), ['table.py'], { cwd: dir, env });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]') as Row[];
}

/** The line of the `def` or `class`, where Python knows the first decorator. */
function ownRow(dir: string): (row: Row) => string {
  return ([method, template, file, first]) => {
    if (file === '') return `${method} ${template} of a library`;
    const lines = readFileSync(path.join(dir, file), 'utf8').split('\n');
    const isLambda = lines[first - 1]?.includes('lambda') ?? false;
    const below = isLambda ? 0 : lines.slice(first - 1).findIndex((line) => /^\s*(?:(?:async )?def|class) /.test(line));
    return `${method} ${template} ${file}:${first + below}`;
  };
}
