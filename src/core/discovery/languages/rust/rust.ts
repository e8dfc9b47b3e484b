import type { ModuleIr, Stmt } from '../../ir';
import type { SyntaxNode, SyntaxTree } from '../../syntax';
import type { LanguageFrontend } from '../frontend';
import { declaredCrate, resolveRustImport } from './imports';
import { lowerItems } from './items';

/** Rust: modules are files or stand in one, names are reached by paths, methods stand apart from their types. */
export const rust: LanguageFrontend = {
  id: 'rust',
  owns: (file) => file.endsWith('.rs'),
  grammar: () => 'rust',
  lower: lowerRust,
  resolveImport: resolveRustImport,
  visibleNames: 'scope',
  moduleScope: () => [],
  declares: declaredCrate,
  isTyped: true,
  selfStyle: 'listed',
  selfName: 'self',
};

/** Lowers a file. Examples: `fn main()` is also called, after all declarations. */
function lowerRust(tree: SyntaxTree, file: string): ModuleIr {
  const declared = new Set(tree.root.named.flatMap(declaredNames));
  const body = lowerItems(tree.root.named, { file, declared, functions: new Set(), modules: [] }).map(
    (statement): Stmt => {
      if (statement.k !== 'function' || statement.fn.name !== 'main') return statement;
      return { ...statement, fn: { ...statement.fn, isEntry: true } };
    },
  );
  const main = body.find((statement) => statement.k === 'function' && statement.fn.name === 'main');
  const line = main?.line ?? 0;
  const call: Stmt[] = main
    ? [{ k: 'expr', value: { k: 'call', callee: { k: 'name', name: 'main', line }, args: [], line }, line }]
    : [];
  return { file, body: [...body, ...call], syntaxErrorLine: tree.errorLine, namespaces: [], isUnordered: true };
}

/** Items whose names never begin a path. */
const NO_NAMESPACE = /^(?:function|const|static|extern)_/;

/** Names that an item binds for paths to begin with, in whatever module of the file. */
function declaredNames(node: SyntaxNode): string[] {
  if (NO_NAMESPACE.test(node.type)) return [];
  if (node.type === 'use_declaration') return usedNames(node);
  const name = node.child('name')?.text;
  const inner = node.type === 'mod_item' ? (node.child('body')?.named ?? []).flatMap(declaredNames) : [];
  return name === undefined ? inner : [name, ...inner];
}

/** Examples: `use a::{b, c as d}` binds `b` and `d`. */
function usedNames(node: SyntaxNode): string[] {
  const text = node.text.replace(/^(?:pub(?:\([^)]*\))?\s+)?use\s+/, '');
  return [...text.matchAll(/(\w+)\s*(?=[,;}])/g)].map((match) => match[1] ?? '');
}
