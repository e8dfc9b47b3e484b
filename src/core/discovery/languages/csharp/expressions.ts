import type { Arg, Expr } from '../../ir';
import type { SyntaxNode } from '../../syntax';
import { lowerCSharpFunction } from './lower';
import { lowerCSharpString } from './strings';

/** Lowers an expression of C#. */
export function lowerCSharpExpression(node: SyntaxNode | undefined, file: string): Expr {
  if (!node) return { k: 'unknown', parts: [], line: 0 };
  const { line } = node;
  const lower = (inner: SyntaxNode | undefined): Expr => lowerCSharpExpression(inner, file);
  switch (node.type) {
    case 'identifier':
    case 'generic_name':
    case 'qualified_name':
    case 'alias_qualified_name':
    case 'predefined_type':
    case 'this':
    case 'this_expression':
    case 'base':
      return lowerCSharpType(node);
    case 'string_literal':
    case 'verbatim_string_literal':
    case 'raw_string_literal':
    case 'interpolated_string_expression':
    case 'character_literal':
      return lowerCSharpString(node, lower);
    case 'integer_literal':
    case 'real_literal':
      return { k: 'const', value: Number(node.text.replace(/[_a-zA-Z]+/g, '')), line };
    case 'boolean_literal':
      return { k: 'const', value: node.text === 'true', line };
    case 'null_literal':
      return { k: 'const', value: null, line };
    case 'member_access_expression': {
      const name = node.child('name');
      return { k: 'member', object: lower(node.child('expression')), name: nameText(name), line: name?.line ?? line };
    }
    case 'conditional_access_expression': {
      const [object, binding] = node.named;
      if (binding?.type !== 'member_binding_expression') break;
      return { k: 'member', object: lower(object), name: nameText(binding.child('name')), line };
    }
    case 'invocation_expression':
      return lowerCall(node, file);
    case 'object_creation_expression': {
      const args = argsOf(node.child('arguments'), file);
      const filled = node.child('initializer')?.named ?? [];
      if (filled.length > 0 && filled.every(({ type }) => type !== 'assignment_expression')) {
        return { k: 'list', items: filled.map(lower), line };
      }
      return { k: 'call', callee: lowerCSharpType(node.child('type')), args, isNew: true, line };
    }
    case 'array_creation_expression':
    case 'implicit_array_creation_expression':
      return lower(node.childOfType('initializer_expression'));
    case 'initializer_expression':
    case 'collection_expression':
    case 'element_binding_expression':
    case 'tuple_expression':
      return { k: 'list', items: node.named.map(lower), line };
    case 'argument':
    case 'collection_element':
    case 'expression_element':
    case 'parenthesized_expression':
    case 'await_expression':
    case 'checked_expression':
    case 'arrow_expression_clause':
      return lower(node.named[node.named.length - 1]);
    case 'range_expression':
    case 'spread_element':
      return { k: 'spread', value: lower(node.named[0]), line };
    case 'cast_expression':
      return lower(node.child('value'));
    case 'as_expression':
      return lower(node.child('left'));
    case 'postfix_unary_expression':
      return lower(node.named[0]);
    case 'typeof_expression':
      return lowerCSharpType(node.child('type'));
    case 'element_access_expression':
      return {
        k: 'index',
        object: lower(node.child('expression')),
        index: lower(node.child('subscript')?.named[0]),
        line,
      };
    case 'binary_expression': {
      const op = node.child('operator')?.type ?? '';
      return { k: 'binary', op, left: lower(node.child('left')), right: lower(node.child('right')), line };
    }
    case 'prefix_unary_expression':
      if (!node.hasToken('!')) break;
      return { k: 'not', value: lower(node.named[0]), line };
    case 'conditional_expression': {
      const [test, then, otherwise] = [node.child('condition'), node.child('consequence'), node.child('alternative')];
      return { k: 'cond', test: lower(test), then: lower(then), otherwise: lower(otherwise), line };
    }
    case 'assignment_expression':
      return { k: 'assign', target: lower(node.child('left')), value: lower(node.child('right')), line };
    case 'declaration_expression':
      return { k: 'name', name: node.child('name')?.text ?? '', line };
    case 'lambda_expression':
    case 'anonymous_method_expression':
      return { k: 'function', fn: lowerCSharpFunction(node, file), line };
    default:
      break;
  }
  return { k: 'unknown', parts: node.named.map(lower), line };
}

/** A type as an expression. `Task<A>` and `A?` are indexes of what is within: `Task[A]`, `Nullable[A]`. */
export function lowerCSharpType(node: SyntaxNode | undefined): Expr {
  if (!node) return { k: 'unknown', parts: [], line: 0 };
  const { line } = node;
  if (node.type === 'nullable_type') {
    const index = lowerCSharpType(node.child('type') ?? node.named[0]);
    return { k: 'index', object: { k: 'name', name: 'Nullable', line }, index, line };
  }
  if (node.type === 'array_type') {
    const index = lowerCSharpType(node.child('type'));
    return { k: 'index', object: { k: 'name', name: 'Array', line }, index, line };
  }
  const text = node.text.replace(/<[\s\S]*$|\s/g, '').replace(/^global::/, '');
  const [first = '', ...rest] = text.split('.');
  return rest.reduce<Expr>((object, name) => ({ k: 'member', object, name, line }), { k: 'name', name: first, line });
}

/** A name without its type arguments. */
export function nameText(node: SyntaxNode | undefined): string {
  return (node?.text ?? '').replace(/<[\s\S]*$|\s/g, '');
}

/** What a variable begins with: `= value`. */
export function initializerOf(variable: SyntaxNode): SyntaxNode | undefined {
  const last = variable.named[variable.named.length - 1];
  if (last?.type === 'equals_value_clause') return last.named[0];
  return last && last.field !== 'name' ? last : undefined;
}

/** The attributes of a declaration, each as a call of its class. */
export function attributesOf(node: SyntaxNode, file: string): Expr[] {
  return node.named
    .filter(({ type }) => type === 'attribute_list')
    .flatMap((group) => group.named.filter(({ type }) => type === 'attribute'))
    .map((attribute): Expr => {
      const written = nameText(attribute.child('name'));
      const name = written.slice(written.lastIndexOf('.') + 1);
      const { line } = attribute;
      const callee: Expr = { k: 'name', name: name.endsWith('Attribute') ? name : `${name}Attribute`, line };
      const args = attribute.childOfType('attribute_argument_list')?.named ?? [];
      return { k: 'call', callee, args: args.map((arg) => attributeArgument(arg, file)), line };
    });
}

function attributeArgument(node: SyntaxNode, file: string): Arg {
  const given = node.named[node.named.length - 1];
  if (given?.type === 'assignment_expression') {
    return { value: lowerCSharpExpression(given.child('right'), file), name: given.child('left')?.text ?? '' };
  }
  return { value: lowerCSharpExpression(given, file) };
}

function argsOf(node: SyntaxNode | undefined, file: string): Arg[] {
  return (node?.named ?? [])
    .filter(({ type }) => type === 'argument')
    .map((argument): Arg => {
      const name = argument.child('name');
      const value = lowerCSharpExpression(argument.named[argument.named.length - 1], file);
      return name && argument.named.length > 1 ? { value, name: name.text } : { value };
    });
}

function lowerCall(node: SyntaxNode, file: string): Expr {
  const callee = node.child('function');
  const args = argsOf(node.child('arguments'), file);
  const name = callee?.type === 'member_access_expression' ? callee.child('name') : callee;
  const line = name?.line ?? node.line;
  if (callee?.text === 'nameof') {
    const text = node.child('arguments')?.named[0]?.text ?? '';
    return { k: 'const', value: text.slice(text.lastIndexOf('.') + 1), line };
  }
  return { k: 'call', callee: lowerCSharpExpression(callee, file), args, line };
}
