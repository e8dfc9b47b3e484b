import type { Expr, ModuleIr } from '../ir';
import type { SyntaxTree } from '../syntax';

/** The files of a workspace folder as far as import resolution needs them. */
export interface SourceFiles {
  has(file: string): boolean;
  /** Every known file. */
  names(): Iterable<string>;
  /** True when some known file lies below the folder (`''` is the workspace folder itself). */
  hasFolder(folder: string): boolean;
  /** Files directly in a folder, for frameworks that read folders at start. */
  filesIn(folder: string): readonly string[];
  /** True for the import name of a library that a framework model knows. */
  isFramework(name: string): boolean;
  /** Folder of the package of this workspace whose package.json says this name. */
  packageFolder(name: string): string | undefined;
  /** Text of a source or configuration file, or undefined. */
  text(file: string): string | undefined;
  /** Files of a language that declare a name in the sense of its `declares`, in order. */
  declaring(language: string, name: string): readonly string[];
}

/** What an import names. */
export type ImportTarget =
  | { readonly kind: 'file'; readonly file: string }
  /** A folder without a file of its own (a Python package without `__init__.py`). */
  | { readonly kind: 'folder'; readonly folder: string }
  /** A name in a file, where names rather than files are imported; dots lead into classes. */
  | { readonly kind: 'name'; readonly file: string; readonly name: string }
  /** Something outside the workspace: `symbol` is its dotted name as a framework model knows it. */
  | { readonly kind: 'library'; readonly symbol: string };

/**
 * What discovery needs to know of one source language. To add a language: implement this in
 * `languages/<name>/`, list it in `languages/registry.ts`, add its ending to `files.ts` and its grammar to `esbuild.mjs`.
 */
export interface LanguageFrontend {
  readonly id: string;
  owns(file: string): boolean;
  /** Name of the grammar in `tree-sitter-<name>.wasm`. */
  grammar(file: string): string;
  /**
   * Texts of the same length that may be parsed in place of one with an error, because the grammar does not know all of the
   * language.
   */
  closeGaps?(text: string, errorLine: number): readonly string[];
  /** Tree to intermediate representation. Must take any tree, however broken. */
  lower(tree: SyntaxTree, file: string): ModuleIr;
  resolveImport(source: string, fromFile: string, files: SourceFiles): ImportTarget;
  /** Where `name` of a package folder lies when the package has no such attribute (`from app import views`). */
  resolveSubmodule?(file: string, name: string, files: SourceFiles): ImportTarget | undefined;
  /**
   * What other files see of a module: every name of its scope, or only what it exports (then `moduleScope` gives `module`,
   * a dict with `exports`, where the language has such a thing).
   */
  readonly visibleNames: 'scope' | 'exports';
  /** Names that a module finds in its scope, evaluated in this order. Paths start with `/` for the workspace folder. */
  moduleScope(file: string): readonly (readonly [name: string, value: Expr])[];
  /**
   * Dotted names that other files can use without naming this one (`com.shop.Cart`), from the text alone. For languages
   * whose imports name types rather than files.
   */
  declares?(text: string, file: string): readonly string[];
  /** Members of a class, inherited ones too, are found by their bare name. */
  readonly hasBareMembers?: boolean;
  /** Statements in the body of a class are calls on the class itself. */
  readonly isClassBodySelf?: boolean;
  /** Values that come from outside are what their declared class says (injected objects). */
  readonly isTyped?: boolean;
  /** Name of the first parameter of a method that is the object itself is implied (`this`) or listed (`self`). */
  readonly selfStyle: 'implied' | 'listed';
  /** What `this` or `self` is called when it is implied. */
  readonly selfName: string;
}
