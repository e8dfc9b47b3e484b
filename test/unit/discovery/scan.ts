import path from 'node:path';
import { SourceParser } from '../../../src/core/discovery/parse';
import { WorkspaceIndex } from '../../../src/core/discovery/workspaceIndex';
import type { DiscoveryResult } from '../../../src/core/model/endpoint';
import { wasmFrom } from '../../../src/platform/node/wasmFiles';

/** The real parser and grammars, read once per test file. */
export const PARSER = new SourceParser(
  wasmFrom(path.resolve(import.meta.dirname, '../../../node_modules/@vscode/tree-sitter-wasm/wasm')),
);

/** Scans files given by name and text, as a new workspace. */
export async function scan(files: Readonly<Record<string, string | Uint8Array>>): Promise<DiscoveryResult> {
  return new WorkspaceIndex(PARSER).update(Object.entries(files).map(([file, text]) => ({ file, text })));
}

/** Routes as sorted lines: `GET /a/{b} app.py:3 handler`. */
export function table(result: DiscoveryResult): string[] {
  return result.endpoints
    .map(({ method, path: template, file, line, handler }) => `${method} ${template} ${file}:${line} ${handler}`)
    .sort();
}
