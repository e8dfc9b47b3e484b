import type { Expr, FunctionIr, Param } from '../../ir';
import type { SyntaxNode } from '../../syntax';
import type { RustContext } from './context';
import { lowerBody, lowerPattern } from './expressions';
import { macroArguments } from './macros';
import { macroName, pathExpression, segmentsOf } from './paths';
import { lowerRustType } from './types';

/** Attributes that say nothing about routes. */
const PLAIN = /^(?:derive|allow|warn|deny|cfg|cfg_attr|doc|inline|must_use|tracing|instrument|serde|async_trait)$/;

/** A function, method or closure. `attributes` are the `attribute_item`s above it. */
export function lowerRustFunction(
  node: SyntaxNode,
  attributes: readonly SyntaxNode[],
  context: RustContext,
): FunctionIr {
  const returns = node.child('return_type');
  return {
    file: context.file,
    name: node.child('name')?.text ?? '',
    params: (node.child('parameters')?.named ?? []).map((param) => lowerParam(param, context)),
    decorators: attributes.flatMap((attribute) => lowerAttribute(attribute, context)),
    body: lowerBody(node.child('body'), context),
    line: node.line,
    endLine: node.endLine,
    ...(returns ? { returns: lowerRustType(returns, context) } : {}),
  };
}

function lowerParam(node: SyntaxNode, context: RustContext): Param {
  if (node.type === 'self_parameter') return { target: { k: 'name', name: 'self', line: node.line } };
  const type = node.child('type');
  const target = lowerPattern(node.type === 'parameter' ? node.child('pattern') : node, context);
  return type ? { target, type: lowerRustType(type, context) } : { target };
}

/** `#[get("/x")]` as a decorator. Examples: `#[tokio::main]` is the path `tokio.main`. */
export function lowerAttribute(node: SyntaxNode, context: RustContext): Expr[] {
  const attribute = node.childOfType('attribute');
  const segments = segmentsOf(attribute?.named[0]);
  if (segments.length === 0 || PLAIN.test(segments[0] ?? '')) return [];
  const { line } = node;
  const [first = ''] = segments;
  const isShadowed = segments.length === 1 && context.functions.has(first);
  const callee = pathExpression(isShadowed ? [macroName(first)] : segments, line, context);
  const tree = attribute?.child('arguments');
  return [tree ? { k: 'call', callee, args: macroArguments(tree, context), line } : callee];
}
