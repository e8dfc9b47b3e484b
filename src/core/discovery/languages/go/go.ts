import type { ModuleIr, Stmt } from '../../ir';
import type { SyntaxNode, SyntaxTree } from '../../syntax';
import type { LanguageFrontend } from '../frontend';
import { declaredGoNames, isOuterTest } from './declares';
import { entryCalls, lowerFunction, receiverType } from './functions';
import { goNamespace, packageName, resolveGoImport, resolveGoName } from './imports';
import { GoStatements } from './statements';
import { lowerGoString } from './strings';

/** Go: the files of a folder share their names; methods stand apart from their types. */
export const go: LanguageFrontend = {
  id: 'go',
  owns: (file) => file.endsWith('.go'),
  grammar: () => 'go',
  lower: lowerGo,
  resolveImport: resolveGoImport,
  resolveSubmodule: resolveGoName,
  visibleNames: 'scope',
  moduleScope: () => [],
  declares: declaredGoNames,
  isTyped: true,
  selfStyle: 'listed',
  selfName: '',
};

/**
 * Lowers a file.
 *
 * Examples: `func (s *S) f()` extends `S`; `func main()` of package `main` is also called, after all declarations.
 */
function lowerGo(tree: SyntaxTree, file: string): ModuleIr {
  const statements = new GoStatements(file, null, new Set());
  const isMain = tree.root.childOfType('package_clause')?.named[0]?.text === 'main';
  const calls: Stmt[] = [];
  const body = tree.root.named.flatMap((node): Stmt[] => {
    switch (node.type) {
      case 'package_clause':
        return [];
      case 'import_declaration':
        return imports(node);
      case 'function_declaration':
      case 'method_declaration': {
        const receiver = node.child('receiver');
        const fn = lowerFunction(node, file, null);
        const { line } = node;
        if (receiver)
          return [{ k: 'extend', name: receiverType(receiver) ?? '', body: [{ k: 'function', fn, line }], line }];
        const entry = entryCalls(fn, isMain);
        calls.push(...entry);
        // There may be many `init`, and none can be called by name.
        if (fn.name === 'init') return [];
        return [{ k: 'function', fn: entry.length > 0 ? { ...fn, isEntry: true } : fn, line }];
      }
      default:
        return statements.statement(node);
    }
  });
  const namespaces = [goNamespace(file, isOuterTest(tree.root.text, file))];
  return { file, body: [...body, ...calls], syntaxErrorLine: tree.errorLine, namespaces, isUnordered: true };
}

function imports(node: SyntaxNode): Stmt[] {
  return node.named.flatMap((child): Stmt[] => {
    if (child.type === 'import_spec_list') return imports(child);
    const path = child.child('path');
    if (!path) return [];
    const source = lowerGoString(path);
    const alias = child.child('name');
    const { line } = child;
    if (alias?.type === 'dot') return [{ k: 'import', source, bindings: [{ name: '*', local: '' }], line }];
    return [{ k: 'import', source, bindings: [{ name: null, local: alias?.text ?? packageName(source) }], line }];
  });
}
