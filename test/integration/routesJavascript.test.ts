import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { runRoutes } from '../../src/cli/routes';
import type { Endpoint } from '../../src/core/model/endpoint';
import { wasmFrom } from '../../src/platform/node/wasmFiles';
import { javascriptFolder } from '../support/javascript';

/** A row of an application's own table: method, path, and where the debugger says that the handler was written. */
type Row = readonly [method: string, rule: string, file?: string, line?: number];

const APPS = path.resolve(import.meta.dirname, 'apps/javascript');
const WASM = path.resolve(import.meta.dirname, '../../node_modules/@vscode/tree-sitter-wasm/wasm');

/** `:id`, `:id(\\d+)`, `:id{[0-9]+}` and a trailing `*`, as templates. */
function fromColons(rule: string): string {
  const named = rule.replace(/:(\w+)(?:\([^/]*\)|\{[^/]*\})?[?]?/g, '{$1}');
  return named.replace(/\*$/, '{**}');
}

/** How each framework writes a path, turned into the template of a route. */
const TEMPLATES: Readonly<Record<string, (rule: string) => string>> = {
  fastify: fromColons,
  koa: fromColons,
  hono: fromColons,
  elysia: fromColons,
  polka: fromColons,
  nestjs: fromColons,
  // A path that is a regular expression is shown as unknown, with the expression in a note.
  express: (rule) => (rule.includes('\\/') ? rule.replace(/\/\^.*\$\/$/, '/{…}') : fromColons(rule)),
  hapi: (rule) =>
    rule.replace(
      /\{(\w+)(\?|\*\d*)?\}/g,
      (_whole, name: string, kind = '') => `{${name}${String(kind)[0] === '*' ? '*' : ''}}`,
    ),
};

const FOLDERS: Readonly<Record<string, string>> = { express: 'express4' };

describe('routes found in source', () => {
  const tables = new Map<string, Promise<Row[]>>();
  before(() => {
    // Beside the applications' own libraries, which are other majors than those of this repository.
    const folder = path.join(javascriptFolder(), 'apps');
    cpSync(APPS, folder, { recursive: true });
    for (const framework of Object.keys(TEMPLATES)) {
      tables.set(framework, ownTable(path.join(folder, FOLDERS[framework] ?? framework)));
    }
  });

  for (const framework of Object.keys(TEMPLATES)) {
    it(`are exactly those of the running ${framework} application, at the same functions`, async () => {
      const name = FOLDERS[framework] ?? framework;
      const rows = (await tables.get(framework)) ?? [];
      const { endpoints, problems } = await runRoutes(
        { dir: path.join(APPS, name), includeTests: true },
        { wasm: wasmFrom(WASM) },
      );
      assert.ok(rows.length >= 5, 'the application lists its routes');
      const withPlace = rows.every((row) => row.length > 2);
      const expected = rows.map(([method, rule, file, line]) => {
        return shown(method, TEMPLATES[framework]?.(rule) ?? rule, withPlace ? `${file}:${line}` : '');
      });
      const found = endpoints.map((one: Endpoint) =>
        shown(one.method, one.path, withPlace ? `${one.file}:${one.line}` : ''),
      );
      assert.deepEqual(found.sort(), expected.sort());
      assert.deepEqual(problems, []);
      assert.ok(endpoints.every((endpoint) => endpoint.framework === framework));
    });
  }
});

/** A slash at the end counts for none of the routes of these applications. */
function shown(method: string, template: string, place: string): string {
  return `${method} ${template === '/' ? template : template.replace(/\/$/, '')} ${place}`.trim();
}

async function ownTable(folder: string): Promise<Row[]> {
  const isTypeScript = folder.endsWith('nestjs');
  const args = isTypeScript ? ['--import', 'tsx', 'table.ts'] : ['table.js'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]') as Row[];
}
