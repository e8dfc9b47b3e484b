import type { SyntaxNode } from '../../syntax';

/** What the names of a PHP file mean: its namespace and its `use` statements. */
export interface PhpNames {
  readonly file: string;
  readonly namespace: string;
  /** Full dotted name by the name that the file uses. */
  readonly uses: ReadonlyMap<string, string>;
  /** The class around, by its full name; empty for none. */
  readonly cls: string;
}

/** Namespace and uses of a file, from its top level and the bodies of namespaces. */
export function readPhpNames(nodes: readonly SyntaxNode[], file: string): PhpNames {
  const uses = new Map<string, string>();
  let namespace = '';
  const visit = (list: readonly SyntaxNode[]): void => {
    for (const node of list) {
      if (node.type === 'namespace_definition') {
        namespace = dotted(node.child('name')?.text ?? '');
        visit(node.child('body')?.named ?? []);
      } else if (node.type === 'namespace_use_declaration') addUses(node, uses);
    }
  };
  visit(nodes);
  return { file, namespace, uses, cls: '' };
}

function addUses(node: SyntaxNode, uses: Map<string, string>): void {
  const before = node.childOfType('namespace_name')?.text;
  const clauses = [...node.named, ...(node.child('body')?.named ?? [])];
  for (const clause of clauses.filter(({ type }) => type === 'namespace_use_clause')) {
    const name = clause.named[0]?.text ?? '';
    const full = dotted(before === undefined ? name : `${before}\\${name}`);
    uses.set(clause.child('alias')?.text ?? full.slice(full.lastIndexOf('.') + 1), full);
  }
}

function dotted(name: string): string {
  return name.replace(/\s/g, '').replace(/^\\/, '').replaceAll('\\', '.');
}

/** The full dotted name of a class as a file writes it. Examples: `Route` with `use A\Route` is `A.Route`. */
export function phpClassName(written: string, names: PhpNames): string {
  const name = written.replace(/\s/g, '');
  if (name.startsWith('\\')) return dotted(name);
  if (name === 'self' || name === 'static') return names.cls === '' ? name : names.cls;
  const [first = '', ...rest] = name.split('\\');
  const used = names.uses.get(first);
  if (used !== undefined) return [used, ...rest].join('.');
  const own = dotted(name);
  return names.namespace === '' ? own : `${names.namespace}.${own}`;
}
