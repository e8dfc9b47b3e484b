import type { DiscoveryResult } from '../model/endpoint';
import type { SourceChange } from './sources';

/** Where the WebAssembly of the parser comes from: core reads no files. */
export interface WasmLoader {
  /** Bytes of `tree-sitter.wasm`. */
  readonly runtime: Uint8Array;
  /** Bytes of `tree-sitter-<name>.wasm`; asked for once per grammar. */
  grammar(name: string): Promise<Uint8Array>;
}

/** The routes of one workspace folder, kept up to date file by file. Never throws, whatever the bytes are. */
export class WorkspaceIndex {
  #result: DiscoveryResult = { endpoints: [], problems: [], stats: { files: 0, parsed: 0, durationMs: 0 } };

  constructor(readonly wasm: WasmLoader) {}

  /** Applies changes (`text: null` removes a file) and answers with the whole new result. */
  update(changes: readonly SourceChange[]): Promise<DiscoveryResult> {
    this.#result = { ...this.#result, stats: { ...this.#result.stats, files: changes.length } };
    return Promise.resolve(this.#result);
  }

  /** The result of the last update. */
  result(): DiscoveryResult {
    return this.#result;
  }
}
