import type { Arg, Expr, FunctionIr, Param } from '../../ir';
import type { SyntaxNode } from '../../syntax';
import { lowerJavaBlock } from './statements';
import { lowerJavaString } from './strings';

/** Where an expression stands: whose methods a bare call may mean. */
export interface JavaScope {
  readonly file: string;
  /** Names that a static import brings. */
  readonly staticNames: ReadonlySet<string>;
  readonly self: { readonly methods: ReadonlySet<string>; readonly isStatic: boolean } | null;
}

/** Lowers an expression of Java. */
export function lowerJavaExpression(node: SyntaxNode | undefined, scope: JavaScope): Expr {
  if (!node) return { k: 'unknown', parts: [], line: 0 };
  const { line } = node;
  const lower = (inner: SyntaxNode | undefined): Expr => lowerJavaExpression(inner, scope);
  switch (node.type) {
    case 'identifier':
    case 'type_identifier':
    case 'scoped_identifier':
    case 'this':
    case 'super':
      return dotted(node);
    case 'string_literal':
      return { k: 'const', value: lowerJavaString(node), line };
    case 'decimal_integer_literal':
    case 'decimal_floating_point_literal':
      return { k: 'const', value: Number(node.text.replace(/[_lLfFdD]/g, '')), line };
    case 'character_literal':
      return { k: 'const', value: node.text.slice(1, -1), line };
    case 'true':
    case 'false':
      return { k: 'const', value: node.type === 'true', line };
    case 'null_literal':
      return { k: 'const', value: null, line };
    case 'field_access': {
      const field = node.child('field');
      return { k: 'member', object: lower(node.child('object')), name: field?.text ?? '', line: field?.line ?? line };
    }
    case 'method_reference': {
      const name = node.named[node.named.length - 1];
      return { k: 'member', object: lower(node.named[0]), name: name?.text ?? '', line };
    }
    case 'method_invocation':
      return lowerCall(node, scope);
    case 'object_creation_expression': {
      const type = node.child('type');
      const args = (node.child('arguments')?.named ?? []).map((arg): Arg => ({ value: lower(arg) }));
      return { k: 'call', callee: lowerJavaType(plainType(type)), args, isNew: true, line };
    }
    case 'array_creation_expression':
      return lower(node.child('value'));
    case 'array_initializer':
    case 'element_value_array_initializer':
      return { k: 'list', items: node.named.map(lower), line };
    case 'array_access':
      return { k: 'index', object: lower(node.child('array')), index: lower(node.child('index')), line };
    case 'binary_expression': {
      const op = node.child('operator')?.type ?? '';
      return { k: 'binary', op, left: lower(node.child('left')), right: lower(node.child('right')), line };
    }
    case 'unary_expression':
      if (node.child('operator')?.type !== '!') break;
      return { k: 'not', value: lower(node.child('operand')), line };
    case 'ternary_expression': {
      const [test, then, otherwise] = [node.child('condition'), node.child('consequence'), node.child('alternative')];
      return { k: 'cond', test: lower(test), then: lower(then), otherwise: lower(otherwise), line };
    }
    case 'assignment_expression':
      return { k: 'assign', target: lower(node.child('left')), value: lower(node.child('right')), line };
    case 'parenthesized_expression':
      return lower(node.named[0]);
    case 'cast_expression':
      return lower(node.child('value'));
    case 'class_literal':
      return lowerJavaType(node.named[0]);
    case 'annotation':
    case 'marker_annotation':
      return lowerAnnotation(node, scope);
    case 'lambda_expression':
      return { k: 'function', fn: lowerLambda(node, scope), line };
    default:
      break;
  }
  return { k: 'unknown', parts: node.named.map(lower), line };
}

/** A type as an expression; its arguments as an index: `List<Pet>` is `List[Pet]`. */
export function lowerJavaType(node: SyntaxNode | undefined): Expr {
  if (!node) return { k: 'unknown', parts: [], line: 0 };
  const { line } = node;
  if (node.type === 'generic_type') {
    const inner = node.childOfType('type_arguments')?.named[0];
    const object = lowerJavaType(node.named[0]);
    return inner ? { k: 'index', object, index: lowerJavaType(inner), line } : object;
  }
  if (node.type === 'annotated_type' || node.type === 'wildcard') {
    return lowerJavaType(node.named[node.named.length - 1]);
  }
  if (node.type === 'array_type') {
    return { k: 'index', object: { k: 'name', name: 'List', line }, index: lowerJavaType(node.child('element')), line };
  }
  return dotted(node);
}

function plainType(node: SyntaxNode | undefined): SyntaxNode | undefined {
  return node?.type === 'generic_type' ? node.named[0] : node;
}

function dotted(node: SyntaxNode): Expr {
  const { line } = node;
  const [first = '', ...rest] = node.text.replace(/\s/g, '').split('.');
  return rest.reduce<Expr>((object, name) => ({ k: 'member', object, name, line }), { k: 'name', name: first, line });
}

function lowerCall(node: SyntaxNode, scope: JavaScope): Expr {
  const name = node.child('name');
  const line = name?.line ?? node.line;
  const args = (node.child('arguments')?.named ?? []).map((arg): Arg => ({ value: lowerJavaExpression(arg, scope) }));
  const object = node.child('object');
  const text = name?.text ?? '';
  if (object) {
    return {
      k: 'call',
      callee: { k: 'member', object: lowerJavaExpression(object, scope), name: text, line },
      args,
      line,
    };
  }
  const { self, staticNames } = scope;
  const isOwn = self !== null && !self.isStatic && self.methods.has(text) && !staticNames.has(text);
  const callee: Expr = isOwn
    ? { k: 'member', object: { k: 'name', name: 'this', line }, name: text, line }
    : { k: 'name', name: text, line };
  return { k: 'call', callee, args, line };
}

/** The annotations of a declaration or parameter, each as a call. */
export function annotationsOf(node: SyntaxNode, scope: JavaScope): Expr[] {
  const found = node.childOfType('modifiers')?.named ?? [];
  return found
    .filter(({ type }) => type === 'annotation' || type === 'marker_annotation')
    .map((one) => lowerAnnotation(one, scope));
}

function lowerAnnotation(node: SyntaxNode, scope: JavaScope): Expr {
  const name = node.child('name');
  const args = (node.child('arguments')?.named ?? []).map((arg): Arg => {
    if (arg.type !== 'element_value_pair') return { value: lowerJavaExpression(arg, scope) };
    return { value: lowerJavaExpression(arg.child('value'), scope), name: arg.child('key')?.text ?? '' };
  });
  const callee: Expr = name ? dotted(name) : { k: 'unknown', parts: [], line: node.line };
  return { k: 'call', callee, args, line: node.line };
}

function lowerLambda(node: SyntaxNode, scope: JavaScope): FunctionIr {
  const params = node.child('parameters');
  const names = params?.type === 'identifier' ? [params] : (params?.named ?? []);
  const body = node.child('body');
  const isBlock = body?.type === 'block';
  return {
    file: scope.file,
    name: '',
    params: names.map((param): Param => {
      const name = param.child('name') ?? param;
      const type = param.child('type');
      const target: Expr = { k: 'name', name: name.text, line: param.line };
      return type && type.text !== 'var' ? { target, type: lowerJavaType(type) } : { target };
    }),
    decorators: [],
    body: isBlock
      ? lowerJavaBlock(body, scope)
      : [{ k: 'return', value: lowerJavaExpression(body, scope), line: body?.line ?? node.line }],
    line: node.line,
    endLine: node.endLine,
  };
}
