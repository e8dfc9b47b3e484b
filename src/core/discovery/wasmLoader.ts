/** Where the WebAssembly of the parser comes from: core reads no files. */
export interface WasmLoader {
  /** Bytes of `tree-sitter.wasm`. */
  readonly runtime: Uint8Array;
  /** Bytes of `tree-sitter-<name>.wasm`; asked for once per grammar. */
  grammar(name: string): Promise<Uint8Array>;
}
