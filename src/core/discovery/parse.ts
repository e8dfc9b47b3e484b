import { Language, Parser, type Tree, type TreeCursor } from '@vscode/tree-sitter-wasm';
import { SourceText, SyntaxNode, type SyntaxTree } from './syntax';
import type { WasmLoader } from './wasmLoader';

/** Deeper nesting than any person writes; keeps recursion over a tree within the stack. */
const DEPTH_LIMIT = 250;

/** A file that takes longer than this to parse is given up. */
const PARSE_BUDGET_MS = 2000;

/**
 * Parses text with the grammars of one loader, each loaded once and kept: the runtime never gives a grammar's memory back, so
 * one parser serves every folder. Trees are turned into plain objects and released at once.
 */
export class SourceParser {
  readonly #languages = new Map<string, Promise<Language>>();
  readonly #ready = new Map<string, Language>();
  readonly #wasm: WasmLoader;
  #parser: Promise<Parser> | null = null;
  #started: Parser | null = null;

  constructor(wasm: WasmLoader) {
    this.#wasm = wasm;
  }

  /** Starts the WebAssembly runtime if need be and makes `parse` work for the grammars. */
  async load(grammars: Iterable<string>): Promise<void> {
    this.#parser ??= startRuntime(this.#wasm);
    this.#started = await this.#parser;
    for (const grammar of grammars) {
      let loading = this.#languages.get(grammar);
      if (!loading) this.#languages.set(grammar, (loading = this.#loadGrammar(grammar)));
      this.#ready.set(grammar, await loading);
    }
  }

  /**
   * The syntax tree of `text`, or null when the parser gave up. The grammar must have been loaded. Nodes have the text of
   * `shown`, which is as long.
   */
  parse(grammar: string, text: string, shown = text): SyntaxTree | null {
    const language = this.#ready.get(grammar);
    const parser = this.#started;
    if (!language || !parser) throw new Error(`Grammar ${grammar} was not loaded.`);
    let tree: Tree | null = null;
    let cursor: TreeCursor | null = null;
    try {
      parser.setLanguage(language);
      const endMs = performance.now() + PARSE_BUDGET_MS;
      tree = parser.parse(text, null, { progressCallback: () => performance.now() > endMs });
      if (!tree) {
        parser.reset();
        return null;
      }
      cursor = tree.walk();
      return copyTree(cursor, language, shown, tree.rootNode.hasError);
    } finally {
      cursor?.delete();
      tree?.delete();
    }
  }

  async #loadGrammar(grammar: string): Promise<Language> {
    return Language.load(await this.#wasm.grammar(grammar));
  }
}

async function startRuntime(wasm: WasmLoader): Promise<Parser> {
  await Parser.init(moduleOptions(wasm.runtime));
  return new Parser();
}

/** Emscripten takes the bytes as `wasmBinary`; the package's types know only `locateFile`. */
function moduleOptions(runtime: Uint8Array): { locateFile: (file: string, folder: string) => string } {
  const options = { locateFile: (file: string) => file, wasmBinary: runtime };
  return options;
}

/** Copies a tree with as few calls into WebAssembly as it takes: tokens are never entered nor measured. */
function copyTree(cursor: TreeCursor, language: Language, text: string, hasError: boolean): SyntaxTree {
  const source = new SourceText(text);
  let errorLine = 0;
  const copy = (): SyntaxNode => {
    const id = cursor.nodeTypeId;
    const type = language.types[id] ?? 'ERROR';
    const fieldId = cursor.currentFieldId;
    const field = fieldId === 0 ? '' : (language.fields[fieldId] ?? '');
    if (hasError && errorLine === 0 && (type === 'ERROR' || cursor.nodeIsMissing)) {
      errorLine = source.lineAt(cursor.startIndex);
    }
    if (!cursor.nodeIsNamed) return new SyntaxNode(type, false, field, 0, 0, source);
    return new SyntaxNode(type, true, field, cursor.startIndex, cursor.endIndex, source);
  };
  const root = copy();
  const path: SyntaxNode[] = [root];
  let entering = root.isNamed;
  while (path.length > 0) {
    const parent = path[path.length - 1];
    if (entering && path.length < DEPTH_LIMIT && cursor.gotoFirstChild()) {
      const child = copy();
      if (parent) parent.children = [child];
      path.push(child);
      entering = child.isNamed;
      continue;
    }
    path.pop();
    if (path.length === 0) break;
    if (cursor.gotoNextSibling()) {
      const sibling = copy();
      path[path.length - 1]?.children?.push(sibling);
      path.push(sibling);
      entering = sibling.isNamed;
    } else {
      cursor.gotoParent();
      entering = false;
    }
  }
  return { root, errorLine: hasError ? Math.max(1, errorLine) : null };
}
