import type { Arg, DictEntry, Expr } from '../../ir';
import type { SyntaxNode } from '../../syntax';
import { lowerFunction } from './functions';
import { lowerGoString } from './strings';
import { fieldNames, isListType, lowerGoType } from './types';

/** A name that is more likely a type than an index: `decode[Request](r)`. */
const TYPE_ARGUMENT = /^(?:[A-Z*[]|map\[|(?:string|bool|byte|any|int|float)\b)/;

/**
 * Lowers an expression of Go.
 *
 * Examples: `&T{A: 1}` is a call of `T` with a named argument; `[]T{{1}}` is a list of such calls; `x.(T)` and `*x` are `x`.
 */
export function lowerExpression(node: SyntaxNode | undefined, file: string): Expr {
  if (!node) return { k: 'unknown', parts: [], line: 0 };
  const { line } = node;
  const lower = (inner: SyntaxNode | undefined): Expr => lowerExpression(inner, file);
  switch (node.type) {
    case 'identifier':
    case 'package_identifier':
    case 'field_identifier':
    case 'blank_identifier':
      return { k: 'name', name: node.text, line };
    case 'interpreted_string_literal':
    case 'raw_string_literal':
      return { k: 'const', value: lowerGoString(node), line };
    case 'int_literal':
    case 'float_literal':
      return { k: 'const', value: Number(node.text.replaceAll('_', '')), line };
    case 'true':
    case 'false':
      return { k: 'const', value: node.type === 'true', line };
    case 'nil':
      return { k: 'const', value: null, line };
    case 'selector_expression': {
      const field = node.child('field');
      return { k: 'member', object: lower(node.child('operand')), name: field?.text ?? '', line: field?.line ?? line };
    }
    case 'index_expression':
      return { k: 'index', object: lower(node.child('operand')), index: lower(node.child('index')), line };
    case 'call_expression':
      return lowerCall(node, file);
    case 'composite_literal':
      return lowerLiteral(node.child('body'), node.child('type'), file);
    case 'func_literal':
      return { k: 'function', fn: lowerFunction(node, file, null), line };
    case 'binary_expression': {
      const op = node.child('operator')?.type ?? '';
      return { k: 'binary', op, left: lower(node.child('left')), right: lower(node.child('right')), line };
    }
    case 'unary_expression': {
      const op = node.child('operator')?.type;
      if (op === '!') return { k: 'not', value: lower(node.child('operand')), line };
      if (op === '&' || op === '*' || op === undefined) return lower(node.child('operand'));
      break;
    }
    case 'type_assertion_expression':
      return lower(node.child('operand'));
    case 'type_conversion_expression':
      return lower(node.child('operand'));
    case 'parenthesized_expression':
    case 'expression_list':
    case 'literal_element':
    case 'variadic_argument':
      return lower(node.named[0]);
    case 'pointer_type':
    case 'type_identifier':
    case 'qualified_type':
    case 'generic_type':
      return lowerGoType(node);
    default:
      break;
  }
  return { k: 'unknown', parts: node.named.map(lower), line };
}

function lowerCall(node: SyntaxNode, file: string): Expr {
  const callee = node.child('function');
  const argNodes = node.child('arguments')?.named ?? [];
  // In a chain over many lines a call stands where its method's name stands.
  const line = (callee?.type === 'selector_expression' ? callee.child('field') : callee)?.line ?? node.line;
  const [first] = argNodes;
  if (callee?.text === 'make' && first) {
    if (first.type === 'map_type') return { k: 'dict', entries: [], line };
    return isListType(first) ? { k: 'list', items: [], line } : { k: 'unknown', parts: [], line };
  }
  if (callee?.text === 'new' && first) return { k: 'call', callee: lowerGoType(first), args: [], isNew: true, line };
  const args = argNodes.map((arg): Arg => {
    const value = lowerExpression(arg, file);
    return arg.type === 'variadic_argument' ? { value, spread: 'list' } : { value };
  });
  return { k: 'call', callee: lowerCallee(callee, file), args, line };
}

function lowerCallee(node: SyntaxNode | undefined, file: string): Expr {
  const isGeneric = node?.type === 'index_expression' && TYPE_ARGUMENT.test(node.child('index')?.text ?? '');
  return lowerExpression(isGeneric ? node.child('operand') : node, file);
}

/** `T{...}`, and `{...}` within a literal whose type stands outside. */
function lowerLiteral(body: SyntaxNode | undefined, rawType: SyntaxNode | undefined, file: string): Expr {
  const type = rawType?.type === 'pointer_type' ? rawType.named[0] : rawType;
  const line = rawType?.line ?? body?.line ?? 0;
  const elements = body?.named ?? [];
  const element = (node: SyntaxNode | undefined, of: SyntaxNode | undefined): Expr => {
    const inner = node?.type === 'literal_element' ? node.named[0] : node;
    return inner?.type === 'literal_value' ? lowerLiteral(inner, of, file) : lowerExpression(inner, file);
  };
  const isKeyed = elements.some((one) => one.type === 'keyed_element');
  if (type && isListType(type)) {
    const of = type.child('element');
    return { k: 'list', items: elements.map((one) => element(one.child('value') ?? one, of)), line };
  }
  if (type?.type === 'map_type' || type?.type === 'struct_type' || !type) {
    const names = type?.type === 'struct_type' ? fieldNames(type) : [];
    if (!type && !isKeyed) return { k: 'list', items: elements.map((one) => element(one, undefined)), line };
    const entries = elements.map((one, at): DictEntry => {
      const key = one.child('key');
      const value = element(one.child('value') ?? one, type?.child('value'));
      if (type?.type === 'map_type') return { key: lowerExpression(key, file), value };
      return { key: { k: 'const', value: key?.text ?? names[at] ?? String(at), line: one.line }, value };
    });
    return { k: 'dict', entries, line };
  }
  const isByName = elements.every((one) => /^\w+$/.test(one.child('key')?.text ?? '_'));
  if (isKeyed && !isByName) {
    const entries = elements.map((one): DictEntry => {
      return { key: lowerExpression(one.child('key'), file), value: element(one.child('value'), undefined) };
    });
    return { k: 'dict', entries, line };
  }
  const args = elements.map((one): Arg => {
    const name = one.child('key')?.text;
    const value = element(one.child('value') ?? one, undefined);
    return name === undefined ? { value } : { value, name };
  });
  return { k: 'call', callee: lowerGoType(type), args, isNew: true, line };
}
