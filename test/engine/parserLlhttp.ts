import { createRequire } from 'node:module';

/** What llhttp made of one byte stream. */
export interface LlhttpResult {
  /** Final answers (status 200 and above) that were read whole, before any error. */
  readonly answers: { status: number; bodyBytes: number; keepAlive: boolean }[];
  readonly isBroken: boolean;
  /** Name of llhttp's error, `OK` when there was none. */
  readonly error: string;
}

/** The little of WebAssembly that is used here; its types belong to the DOM library, which the project does without. */
interface Wasm {
  Module: new (code: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  llhttp_alloc(type: number): number;
  llhttp_free(parser: number): void;
  llhttp_execute(parser: number, data: number, length: number): number;
  llhttp_finish(parser: number): number;
  llhttp_should_keep_alive(parser: number): number;
  malloc(bytes: number): number;
}

/**
 * llhttp as undici carries it (WebAssembly), driven directly with undici's answers to its callbacks: the judge of what is
 * HTTP, fast enough for a million cases. Stops at the first answer that ends its connection, as undici does.
 */
export function loadLlhttp(): (pieces: readonly Uint8Array[], isHead: boolean, ends: boolean) => LlhttpResult {
  const load = createRequire(import.meta.url);
  const constants = load('undici/lib/llhttp/constants.js') as { ERROR: Record<string, number> };
  const names = new Map(Object.entries(constants.ERROR).map(([name, code]) => [code, name]));
  const code = load('undici/lib/llhttp/llhttp-wasm.js') as Uint8Array;
  const { Module, Instance } = (globalThis as unknown as { WebAssembly: Wasm }).WebAssembly;

  let result: LlhttpResult = { answers: [], isBroken: false, error: 'OK' };
  let isHeadRequest = false;
  let current = { status: 0, bodyBytes: 0, keepAlive: false };
  let hasEnded = false;
  const env = {
    wasm_on_url: () => 0,
    wasm_on_status: () => 0,
    wasm_on_message_begin: () => 0,
    wasm_on_header_field: () => 0,
    wasm_on_header_value: () => 0,
    wasm_on_headers_complete: (_parser: number, status: number, _upgrade: number, keepAlive: number) => {
      current = { status, bodyBytes: 0, keepAlive: keepAlive === 1 };
      return isHeadRequest || status < 200 ? 1 : 0;
    },
    wasm_on_body: (_parser: number, _at: number, length: number) => {
      current.bodyBytes += length;
      return 0;
    },
    wasm_on_message_complete: (parser: number) => {
      if (current.status < 200) return 0;
      // A trailer may have said `close` since.
      current.keepAlive = llhttp.llhttp_should_keep_alive(parser) === 1;
      result.answers.push(current);
      hasEnded = !current.keepAlive;
      return hasEnded ? constants.ERROR['PAUSED'] : 0;
    },
  };
  const llhttp = new Instance(new Module(code), { env }).exports as Exports;
  const space = llhttp.malloc(1 << 18);

  return (pieces, isHead, ends) => {
    result = { answers: [], isBroken: false, error: 'OK' };
    isHeadRequest = isHead;
    hasEnded = false;
    const parser = llhttp.llhttp_alloc(2);
    let code = 0;
    for (const piece of pieces) {
      new Uint8Array(llhttp.memory.buffer, space, piece.length).set(piece);
      code = llhttp.llhttp_execute(parser, space, piece.length);
      if (code !== 0) break;
    }
    if (code === 0 && ends) code = llhttp.llhttp_finish(parser);
    llhttp.llhttp_free(parser);
    return { answers: result.answers, isBroken: code !== 0 && !hasEnded, error: names.get(code) ?? String(code) };
  };
}
