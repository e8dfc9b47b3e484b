import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WasmLoader } from '../../core/discovery/wasmLoader';

/** Loads the parser's WebAssembly from a folder: `dist/wasm` of the bundles, the package's own folder in tests. */
export function wasmFrom(folder: string): WasmLoader {
  return {
    runtime: readFileSync(join(folder, 'tree-sitter.wasm')),
    grammar: (name) => readFile(join(folder, `tree-sitter-${name}.wasm`)),
  };
}
