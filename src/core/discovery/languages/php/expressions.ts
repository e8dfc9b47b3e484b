import type { Arg, DictEntry, Expr } from '../../ir';
import type { SyntaxNode } from '../../syntax';
import { lowerPhpFunction } from './lower';
import { phpClassName, type PhpNames } from './names';
import { lowerPhpString } from './strings';

/** Lowers an expression of PHP. */
export function lowerPhpExpression(node: SyntaxNode | undefined, names: PhpNames): Expr {
  if (!node) return { k: 'unknown', parts: [], line: 0 };
  const { line } = node;
  const lower = (inner: SyntaxNode | undefined): Expr => lowerPhpExpression(inner, names);
  switch (node.type) {
    case 'variable_name':
      return { k: 'name', name: node.text, line };
    case 'name':
    case 'qualified_name':
      // A constant or function: looked for in the namespace and then without one.
      return { k: 'name', name: names.uses.get(node.text) ?? node.text.replace(/^\\/, '').replaceAll('\\', '.'), line };
    case 'relative_scope':
      return { k: 'name', name: phpClassName(node.text, names), line };
    case 'string':
    case 'encapsed_string':
    case 'heredoc':
    case 'nowdoc':
      return lowerPhpString(node, lower);
    case 'integer':
    case 'float':
      return { k: 'const', value: Number(node.text.replaceAll('_', '')), line };
    case 'boolean':
      return { k: 'const', value: node.text.toLowerCase() === 'true', line };
    case 'null':
      return { k: 'const', value: null, line };
    case 'argument':
    case 'parenthesized_expression':
    case 'cast_expression':
    case 'by_ref':
    case 'reference_modifier':
    case 'error_suppression_expression':
      return lower(node.named[node.named.length - 1]);
    case 'array_creation_expression':
    case 'list_literal':
      return lowerArray(node, names);
    case 'class_constant_access_expression': {
      const owner = classExpression(node.named[0], names);
      const name = node.named[1]?.text ?? '';
      return name === 'class' ? owner : { k: 'member', object: owner, name, line };
    }
    case 'scoped_property_access_expression':
      return {
        k: 'member',
        object: classExpression(node.child('scope'), names),
        name: node.child('name')?.text.replace(/^\$/, '') ?? '',
        line,
      };
    case 'member_access_expression':
    case 'nullsafe_member_access_expression':
      return { k: 'member', object: lower(node.child('object')), name: node.child('name')?.text ?? '', line };
    case 'member_call_expression':
    case 'nullsafe_member_call_expression':
    case 'scoped_call_expression':
    case 'function_call_expression':
      return lowerCall(node, names);
    case 'object_creation_expression': {
      const [type] = node.named;
      const args = argsOf(node.childOfType('arguments'), names);
      return { k: 'call', callee: classExpression(type, names), args, isNew: true, line };
    }
    case 'subscript_expression':
      return { k: 'index', object: lower(node.named[0]), index: lower(node.named[1]), line };
    case 'binary_expression':
      return lowerBinary(node, names);
    case 'unary_op_expression':
      if (!node.hasToken('!')) break;
      return { k: 'not', value: lower(node.child('argument') ?? node.named[0]), line };
    case 'conditional_expression': {
      const test = lower(node.child('condition'));
      const then = node.child('body');
      return { k: 'cond', test, then: then ? lower(then) : test, otherwise: lower(node.child('alternative')), line };
    }
    case 'match_expression':
      return lowerMatch(node, names);
    case 'assignment_expression':
      return { k: 'assign', target: lower(node.child('left')), value: lower(node.child('right')), line };
    case 'anonymous_function':
    case 'anonymous_function_creation_expression':
    case 'arrow_function':
      return { k: 'function', fn: lowerPhpFunction(node, names), line };
    case 'require_expression':
    case 'require_once_expression':
    case 'include_expression':
    case 'include_once_expression': {
      const callee: Expr = { k: 'name', name: '#include', line };
      return { k: 'call', callee, args: [{ value: lower(node.named[0]) }], line };
    }
    default:
      break;
  }
  return { k: 'unknown', parts: node.named.map(lower), line };
}

/** A declared type; of several the first that is no null. */
export function lowerPhpType(node: SyntaxNode, names: PhpNames): Expr {
  const { line } = node;
  if (node.type === 'named_type' || node.type === 'name' || node.type === 'qualified_name') {
    return { k: 'name', name: phpClassName(node.text, names), line };
  }
  if (node.type === 'primitive_type') return { k: 'name', name: node.text, line };
  const inner = node.named.find(({ text }) => text.toLowerCase() !== 'null');
  return inner ? lowerPhpType(inner, names) : { k: 'unknown', parts: [], line };
}

/** The attributes of a declaration, each as a call. */
export function attributesOf(node: SyntaxNode, names: PhpNames): Expr[] {
  const groups = node.child('attributes')?.named ?? [];
  return groups
    .flatMap((group) => group.named)
    .map((attribute): Expr => {
      const callee: Expr = {
        k: 'name',
        name: phpClassName(attribute.named[0]?.text ?? '', names),
        line: attribute.line,
      };
      return { k: 'call', callee, args: argsOf(attribute.child('parameters'), names), line: attribute.line };
    });
}

function classExpression(node: SyntaxNode | undefined, names: PhpNames): Expr {
  if (node?.type === 'name' || node?.type === 'qualified_name' || node?.type === 'relative_scope') {
    return { k: 'name', name: phpClassName(node.text, names), line: node.line };
  }
  return lowerPhpExpression(node, names);
}

function argsOf(node: SyntaxNode | undefined, names: PhpNames): Arg[] {
  return (node?.named ?? [])
    .filter(({ type }) => type === 'argument')
    .map((argument): Arg => {
      const name = argument.child('name');
      const value = argument.named[argument.named.length - 1];
      if (value?.type === 'variadic_unpacking') {
        return { value: lowerPhpExpression(value.named[0], names), spread: 'list' };
      }
      const lowered = lowerPhpExpression(value, names);
      return name && name !== value ? { value: lowered, name: name.text } : { value: lowered };
    });
}

function lowerCall(node: SyntaxNode, names: PhpNames): Expr {
  const name = node.child('name') ?? node.child('function');
  const line = name?.line ?? node.line;
  const list = node.child('arguments');
  const args = argsOf(list, names);
  const owner = node.child('object') ?? node.child('scope');
  if (!owner) return { k: 'call', callee: lowerPhpExpression(name, names), args, line };
  const isStatic = node.type === 'scoped_call_expression';
  const object = isStatic ? classExpression(owner, names) : lowerPhpExpression(owner, names);
  const callee: Expr = { k: 'member', object, name: name?.text ?? '', line };
  // `$this->show(...)` is the method itself.
  return list?.named[0]?.type === 'variadic_placeholder' ? callee : { k: 'call', callee, args, line };
}

/** `A::class . ':method'` names a method as a list does. */
function lowerBinary(node: SyntaxNode, names: PhpNames): Expr {
  const { line } = node;
  const op = node.child('operator')?.type ?? '';
  const left = lowerPhpExpression(node.child('left'), names);
  const right = lowerPhpExpression(node.child('right'), names);
  const isClass = node.child('left')?.type === 'class_constant_access_expression' && left.k === 'name';
  if (op === '.' && isClass && right.k === 'const' && /^[:@]/.test(String(right.value))) {
    const method: Expr = { k: 'const', value: String(right.value).replace(/^[:@]+/, ''), line };
    return { k: 'list', items: [left, method], line };
  }
  return { k: 'binary', op: op === '.' ? '+' : op, left, right, line };
}

function lowerArray(node: SyntaxNode, names: PhpNames): Expr {
  const { line } = node;
  const items = node.named.map((item) => (item.type === 'array_element_initializer' ? item.named : [item]));
  if (!items.some((item) => item.length > 1)) {
    return {
      k: 'list',
      items: items.map(([item]): Expr => {
        if (item?.type !== 'variadic_unpacking') return lowerPhpExpression(item, names);
        return { k: 'spread', value: lowerPhpExpression(item.named[0], names), line: item.line };
      }),
      line,
    };
  }
  let at = 0;
  const entries = items.map((item): DictEntry => {
    const [key, value] = item;
    if (value) return { key: lowerPhpExpression(key, names), value: lowerPhpExpression(value, names) };
    if (key?.type === 'variadic_unpacking') return { key: null, value: lowerPhpExpression(key.named[0], names) };
    return { key: { k: 'const', value: String(at++), line }, value: lowerPhpExpression(key, names) };
  });
  return { k: 'dict', entries, line };
}

function lowerMatch(node: SyntaxNode, names: PhpNames): Expr {
  const { line } = node;
  const results = (node.child('body')?.named ?? []).map((arm) =>
    lowerPhpExpression(arm.child('return_expression'), names),
  );
  const test: Expr = lowerPhpExpression(node.child('condition'), names);
  return results.reduceRight<Expr>(
    (otherwise, then) => (otherwise.k === 'unknown' ? then : { k: 'cond', test, then, otherwise, line }),
    { k: 'unknown', parts: [], line },
  );
}
