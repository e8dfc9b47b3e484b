import type { Expr } from '../../ir';
import type { SyntaxNode } from '../../syntax';
import type { RustContext } from './context';

/** The segments of a path; type arguments are left out. Examples: `a::b::<T>::c` is `a`, `b`, `c`. */
export function segmentsOf(node: SyntaxNode | undefined): string[] {
  switch (node?.type) {
    case undefined:
      return [];
    case 'scoped_identifier':
    case 'scoped_type_identifier':
      return [...segmentsOf(node.child('path')), ...segmentsOf(node.child('name'))];
    case 'generic_type':
    case 'generic_type_with_turbofish':
      return segmentsOf(node.child('type'));
    case 'generic_function':
      return segmentsOf(node.child('function'));
    case 'reference_type':
      return segmentsOf(node.child('type'));
    case 'bracketed_type':
      return segmentsOf(node.named[0]);
    case 'identifier':
    case 'type_identifier':
    case 'primitive_type':
    case 'field_identifier':
    case 'crate':
    case 'self':
    case 'super':
      return [node.text.replace(/^r#/, '')];
    default:
      return [];
  }
}

/** Under which name a macro is bound, which may be called as a function is. */
export function macroName(name: string): string {
  return `${name}!`;
}

/**
 * A path as an expression: its first part is a name of the file, a module above, or a crate.
 *
 * Examples: `crate::api::router` is a member of a member of the crate's root; `axum::Router` one of a library.
 */
export function pathExpression(segments: readonly string[], line: number, context: RustContext): Expr {
  let rest = [...segments];
  let start: Expr | undefined;
  if (rest[0] === 'self' && rest.length > 1) rest = rest.slice(1);
  if (rest[0] === 'crate') {
    start = { k: 'import', source: 'crate', line };
    rest = rest.slice(1);
  } else if (rest[0] === 'super') {
    const ups = rest.findIndex((one) => one !== 'super');
    const up = ups < 0 ? rest.length : ups;
    rest = rest.slice(up);
    const beyond = up - context.modules.length;
    // Names of a module within the file are found outwards, as the scopes stand.
    if (beyond > 0) start = { k: 'import', source: Array.from({ length: beyond }, () => 'super').join('::'), line };
  } else if (rest.length > 1 && /^[a-z_]/.test(rest[0] ?? '') && !context.declared.has(rest[0] ?? '')) {
    start = { k: 'import', source: rest[0] ?? '', line };
    rest = rest.slice(1);
  }
  if (!start) {
    start = { k: 'name', name: rest[0] ?? '', line };
    rest = rest.slice(1);
  }
  return rest.reduce<Expr>((object, name) => ({ k: 'member', object, name, line }), start);
}
