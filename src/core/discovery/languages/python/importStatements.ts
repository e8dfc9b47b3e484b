import type { ImportBinding, Stmt } from '../../ir';
import type { SyntaxNode } from '../../syntax';

/**
 * Lowers an import statement.
 *
 * Examples: `import a.b` binds `a`; `import a.b as c` binds the module `a.b` to `c`; `from .x import *` takes every name.
 */
export function lowerImport(node: SyntaxNode): Stmt[] {
  const { line } = node;
  const names = node.fieldChildren('name');
  if (node.type === 'import_statement') {
    return names.map((name): Stmt => {
      const path = (name.type === 'aliased_import' ? name.child('name') : name)?.text ?? '';
      const alias = name.child('alias')?.text;
      // `import a.b` binds `a`, and `a.b` is found as its submodule.
      const source = alias === undefined ? (path.split('.')[0] ?? path) : path;
      return { k: 'import', source, bindings: [{ name: null, local: alias ?? source }], line };
    });
  }
  const source = node.child('module_name')?.text.replaceAll(/\s/g, '') ?? '';
  if (node.childOfType('wildcard_import')) return [{ k: 'import', source, bindings: [{ name: '*', local: '' }], line }];
  const bindings = names.map((name): ImportBinding => {
    const imported = (name.type === 'aliased_import' ? name.child('name') : name)?.text ?? '';
    return { name: imported, local: name.child('alias')?.text ?? imported };
  });
  return [{ k: 'import', source, bindings, line }];
}
