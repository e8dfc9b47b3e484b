import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { runRoutes } from '../../src/cli/routes';
import type { Endpoint } from '../../src/core/model/endpoint';
import { wasmFrom } from '../../src/platform/node/wasmFiles';
import { goTables, type GoRow } from '../support/go';

const DIR = path.resolve(import.meta.dirname, 'apps/go');
const WASM = path.resolve(import.meta.dirname, '../../node_modules/@vscode/tree-sitter-wasm/wasm');

const FRAMEWORKS = {
  nethttpapp: 'net/http',
  chiapp: 'chi',
  ginapp: 'gin',
  echoapp: 'echo',
  fiberapp: 'fiber',
  gorillaapp: 'gorilla/mux',
  httprouterapp: 'httprouter',
  restfulapp: 'go-restful',
} as const;

const built = goTables();
// A machine without Go cannot ask the frameworks; where everything is required, that is a failure.
const skip = 'skip' in built && process.env['EP_REQUIRE'] !== 'all' ? built.skip : false;

describe('routes found in Go source', { skip }, () => {
  let found: readonly Endpoint[] = [];

  before(async () => {
    const result = await runRoutes({ dir: DIR, includeTests: true }, { wasm: wasmFrom(WASM) });
    assert.deepEqual(result.problems, []);
    found = result.endpoints;
  });

  for (const [folder, framework] of Object.entries(FRAMEWORKS)) {
    it(`are exactly those that ${framework} itself lists, at the same functions`, () => {
      assert.ok('tables' in built, 'skip' in built ? built.skip : '');
      const rows = built.tables[folder] ?? [];
      const own = found.filter(({ file }) => file.startsWith(`${folder}/`));
      assert.ok(rows.length >= 6, 'the application lists its routes');
      assert.deepEqual(own.map(foundRow).sort(), rows.map((row) => listedRow(folder, row)).sort());
      assert.deepEqual(
        own.flatMap(({ notes }) => notes),
        [],
      );
      assert.ok(own.every((endpoint) => endpoint.framework === framework));
    });
  }

  it('are only those of the applications', () => {
    const folders = new Set(found.map(({ file }) => file.split('/')[0]));
    assert.deepEqual([...folders].sort(), Object.keys(FRAMEWORKS).sort());
  });
});

function foundRow({ method, path: template, file, line }: Endpoint): string {
  return `${method} ${template} ${file}:${line}`;
}

function listedRow(folder: string, row: GoRow): string {
  return `${row.Method} ${templateOf(folder, row.Path)} ${placeOf(folder, row)}`;
}

/** How each framework writes a parameter, turned into the template of a route. chi and go-restful answer with and without a last slash. */
function templateOf(folder: string, rule: string): string {
  if (['ginapp', 'echoapp', 'fiberapp', 'httprouterapp'].includes(folder)) {
    return rule
      .replace(/:(\w+)(?:<\w+>)?\??/g, '{$1}')
      .replace(/\*(\w*)/, (_whole, name: string) => `{${name || 'path'}*}`);
  }
  const template = rule
    .replace(/\{\$\}$/, '')
    .replace(/\{(\w+)(\.\.\.|:\.?\*)\}/g, '{$1*}')
    .replace(/\{(\w+):(?:[^{}]|\{[^{}]*\})*\}/g, '{$1}')
    .replace(/\*$/, '{path*}');
  return folder === 'chiapp' || folder === 'restfulapp' ? template.replace(/(.)\/$/, '$1') : template;
}

/**
 * Where a person looks for the handler: a named function at its `func`; a closure where it stands, or at the function that
 * gives it back.
 */
function placeOf(folder: string, { Name: name, File: file, Line: line }: GoRow): string {
  const short = name.replace(/^.*\//, '').replace(/^\w+\./, '');
  const isClosure = /\.func\d+/.test(short);
  const relative = path.relative(DIR, file).replaceAll('\\', '/');
  if (isClosure && !/^\s*return\b/.test(lineOf(relative, line))) return `${relative}:${line}`;
  const [, owner, plain = ''] = /^(?:\(?\*?(\w+)\)?\.)?(\w+?)(?:-fm|\.func\d+.*)?$/.exec(short) ?? [];
  const receiver = owner === undefined ? '' : `\\((?:\\w+ )?\\*?${owner}\\) `;
  const pattern = new RegExp(`^func ${receiver}${plain}\\(`);
  for (const one of readdirSync(path.join(DIR, folder), { recursive: true, encoding: 'utf8' })) {
    if (!one.endsWith('.go')) continue;
    const at = `${folder}/${one.replaceAll('\\', '/')}`;
    const index = readFileSync(path.join(DIR, at), 'utf8')
      .split('\n')
      .findIndex((text) => pattern.test(text));
    if (index >= 0) return `${at}:${index + 1}`;
  }
  return `${name} is nowhere`;
}

function lineOf(file: string, line: number): string {
  return readFileSync(path.join(DIR, file), 'utf8').split('\n')[line - 1] ?? '';
}
