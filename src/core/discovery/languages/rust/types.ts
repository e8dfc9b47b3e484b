import type { Expr } from '../../ir';
import type { SyntaxNode } from '../../syntax';
import type { RustContext } from './context';
import { pathExpression, segmentsOf } from './paths';

/** Types whose argument says what a request carries; `Option` is what may be missing of it. */
const EXTRACTORS = new Set(['Path', 'Query', 'Option']);

/**
 * A type as an expression; references are left out, and type arguments but those of extractors.
 *
 * Examples: `&mut web::ServiceConfig` is `web::ServiceConfig`; `Path<(u32, String)>` is an index of two names.
 */
export function lowerRustType(node: SyntaxNode | undefined, context: RustContext): Expr {
  const line = node?.line ?? 0;
  if (node?.type === 'reference_type') return lowerRustType(node.child('type'), context);
  if (node?.type === 'tuple_type') {
    return { k: 'list', items: node.named.map((item) => lowerRustType(item, context)), line };
  }
  const segments = segmentsOf(node);
  if (segments.length === 0) return { k: 'unknown', parts: [], line };
  const object = pathExpression(segments, line, context);
  const inner = node?.type === 'generic_type' ? node.child('type_arguments')?.named : undefined;
  if (!inner?.[0] || !EXTRACTORS.has(segments[segments.length - 1] ?? '')) return object;
  return { k: 'index', object, index: lowerRustType(inner[0], context), line };
}
