import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { runRoutes } from '../../src/cli/routes';
import type { Endpoint } from '../../src/core/model/endpoint';
import { wasmFrom } from '../../src/platform/node/wasmFiles';
import { pythonProgram } from '../support/python';

/** A row of an application's own table: method, rule, and where the language says that the function begins. */
type Row = readonly [method: string, rule: string, file: string, line: number];

const APPS = path.resolve(import.meta.dirname, 'apps');
const WASM = path.resolve(import.meta.dirname, '../../node_modules/@vscode/tree-sitter-wasm/wasm');

/** How each framework writes a parameter, turned into the template of a route. */
const TEMPLATES: Readonly<Record<string, (rule: string) => string>> = {
  flask: (rule) =>
    rule.replace(/<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>/g, (_whole, kind: string | undefined, name: string) =>
      kind === 'path' ? `{${name}*}` : `{${name}}`,
    ),
  sanic: (rule) =>
    rule.replace(/<(\w+)(?::(\w+))?>/g, (_whole, name: string, kind: string | undefined) =>
      kind === 'path' ? `{${name}*}` : `{${name}}`,
    ),
  fastapi: (rule) =>
    rule.replace(/\{(\w+)(?::(\w+))?\}/g, (_whole, name: string, kind: string | undefined) =>
      kind === 'path' ? `{${name}*}` : `{${name}}`,
    ),
  express: (rule) => rule.replace(/\*(\w+)/g, '{$1*}').replace(/:(\w+)/g, '{$1}'),
};

describe('routes found in source', () => {
  for (const framework of ['flask', 'fastapi', 'sanic', 'express']) {
    it(`are exactly those of the running ${framework} application, at the same functions`, async () => {
      const table = ownTable(framework);
      const { endpoints, problems } = await routesOf(framework);
      assert.ok(table.length >= 10, 'the application lists its routes');
      assert.deepEqual(endpoints.map(foundRow(framework)).sort(), table.map(ownRow(framework)).sort());
      assert.deepEqual(problems, []);
      assert.deepEqual(
        endpoints.flatMap(({ notes }) => notes),
        [],
      );
      assert.ok(endpoints.every((endpoint) => endpoint.framework === framework));
    });
  }
});

function ownTable(framework: string): Row[] {
  const isPython = framework !== 'express';
  const output = execFileSync(isPython ? pythonProgram() : process.execPath, [isPython ? 'table.py' : 'table.js'], {
    cwd: path.join(APPS, framework),
    encoding: 'utf8',
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '[]') as Row[];
}

async function routesOf(framework: string): Promise<{ endpoints: readonly Endpoint[]; problems: readonly unknown[] }> {
  return runRoutes({ dir: path.join(APPS, framework), includeTests: true }, { wasm: wasmFrom(WASM) });
}

/** The row with its place: the line of the `def`, and where Python says that the function begins, its first decorator. */
function ownRow(framework: string): (row: Row) => string {
  return ([method, rule, file, first]) => {
    const template = TEMPLATES[framework]?.(rule) ?? rule;
    if (framework === 'express') return `${method} ${template} ${file} function ${first}`;
    const lines = readFileSync(path.join(APPS, framework, file), 'utf8').split('\n');
    const below = lines.slice(first - 1).findIndex((line) => /^\s*(?:async )?def /.test(line));
    return `${method} ${template} ${file} def ${first + below}${below > 0 ? ` decorated ${first}` : ''}`;
  };
}

/** A handler without decorators is registered elsewhere, of which its function knows nothing. */
function foundRow(framework: string): (endpoint: Endpoint) => string {
  return ({ method, path: template, file, line, registrationLine }) => {
    if (framework === 'express') return `${method} ${template} ${file} function ${line}`;
    const above = readFileSync(path.join(APPS, framework, file), 'utf8').split('\n')[line - 2] ?? '';
    const isDecorated = /^\s*[@)]/.test(above);
    return `${method} ${template} ${file} def ${line}${isDecorated ? ` decorated ${registrationLine}` : ''}`;
  };
}
