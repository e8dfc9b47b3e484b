import type { Arg, DictEntry, Expr, FunctionIr, Param } from '../../ir';
import type { SyntaxNode } from '../../syntax';
import { lowerClass } from './classes';
import { lowerBody } from './statements';
import { lowerJsString, lowerTemplate } from './strings';

/** What CommonJS calls the properties of `import.meta` that name the file. */
const META: Readonly<Record<string, string>> = {
  dirname: '__dirname',
  filename: '__filename',
  url: '__filename',
};

/**
 * Lowers an expression or a pattern of JavaScript or TypeScript.
 *
 * Examples: `a?.b` is a member; `require('./x')` and `import('./x')` are `import`; `x as T`, `x!`, `await x` are `x`;
 * `{ a, b: 1 }` is a dict.
 */
export function lowerExpression(node: SyntaxNode | undefined, file: string): Expr {
  if (!node) return { k: 'unknown', parts: [], line: 0 };
  const { line } = node;
  const lower = (inner: SyntaxNode | undefined): Expr => lowerExpression(inner, file);
  switch (node.type) {
    case 'identifier':
    case 'type_identifier':
    case 'property_identifier':
    case 'shorthand_property_identifier':
    case 'shorthand_property_identifier_pattern':
    case 'private_property_identifier':
    case 'this':
    case 'super':
    case 'undefined':
      return node.text === 'undefined' ? { k: 'const', value: null, line } : { k: 'name', name: node.text, line };
    case 'string':
      return { k: 'const', value: lowerJsString(node), line };
    case 'template_string':
      return lowerTemplate(node, lower);
    case 'number':
      return { k: 'const', value: Number(node.text.replaceAll('_', '')), line };
    case 'true':
      return { k: 'const', value: true, line };
    case 'false':
      return { k: 'const', value: false, line };
    case 'null':
      return { k: 'const', value: null, line };
    case 'regex':
      return { k: 'regex', source: node.child('pattern')?.text ?? '', flags: node.child('flags')?.text ?? '', line };
    case 'member_expression':
    case 'nested_type_identifier':
    case 'nested_identifier': {
      const own = node.child('object')?.type === 'meta_property' ? META[node.child('property')?.text ?? ''] : undefined;
      if (own !== undefined) return { k: 'name', name: own, line };
      const property = node.child('property') ?? node.child('name');
      const of = node.child('object') ?? node.child('module');
      return toLastOperand(lower(of), of, (object) => {
        return { k: 'member', object, name: property?.text ?? '', line: property?.line ?? line };
      });
    }
    case 'subscript_expression': {
      const index = lower(node.child('index'));
      const of = node.child('object');
      return toLastOperand(lower(of), of, (object) => ({ k: 'index', object, index, line }));
    }
    case 'call_expression':
      return lowerCall(node, file);
    case 'new_expression': {
      const args = lowerArgs(node.child('arguments'), file);
      return { k: 'call', callee: lower(node.child('constructor')), args, isNew: true, line };
    }
    case 'array':
    case 'array_pattern':
      return { k: 'list', items: lowerItems(node, file), line };
    case 'object':
    case 'object_pattern':
      return { k: 'dict', entries: node.named.flatMap((entry) => lowerEntry(entry, file)), line };
    case 'spread_element':
    case 'rest_pattern':
      return { k: 'spread', value: lower(node.named[0]), line };
    case 'assignment_pattern':
    case 'object_assignment_pattern':
    case 'assignment_expression':
      return { k: 'assign', target: lower(node.child('left')), value: lower(node.child('right')), line };
    case 'binary_expression': {
      const op = node.child('operator')?.type ?? '';
      return { k: 'binary', op, left: lower(node.child('left')), right: lower(node.child('right')), line };
    }
    case 'augmented_assignment_expression': {
      const left = lower(node.child('left'));
      const op = (node.child('operator')?.type ?? '').replace(/=$/, '');
      const value: Expr = { k: 'binary', op, left, right: lower(node.child('right')), line };
      return { k: 'assign', target: left, value, line };
    }
    case 'unary_expression':
      if (node.child('operator')?.type !== '!') break;
      return { k: 'not', value: lower(node.child('argument')), line };
    case 'ternary_expression': {
      const [test, then, otherwise] = [node.child('condition'), node.child('consequence'), node.child('alternative')];
      return { k: 'cond', test: lower(test), then: lower(then), otherwise: lower(otherwise), line };
    }
    case 'parenthesized_expression':
    case 'await_expression':
    case 'as_expression':
    case 'satisfies_expression':
    case 'non_null_expression':
    case 'instantiation_expression':
    case 'type_annotation':
    case 'expression_statement':
      return lower(node.named[0]);
    case 'type_assertion':
    case 'sequence_expression':
      return lower(node.named[node.named.length - 1]);
    case 'generic_type':
      return { k: 'index', object: lower(node.named[0]), index: lower(node.named[1]), line };
    case 'predefined_type':
      return { k: 'name', name: node.text, line };
    case 'arrow_function':
    case 'function_expression':
    case 'function':
    case 'generator_function':
    case 'function_declaration':
    case 'generator_function_declaration':
    case 'method_definition':
      return { k: 'function', fn: lowerFunction(node, file), line };
    case 'class':
    case 'class_declaration':
    case 'abstract_class_declaration':
      return { k: 'class', cls: lowerClass(node, file, []), line };
    default:
      break;
  }
  return { k: 'unknown', parts: node.named.map(lower), line };
}

function lowerCall(node: SyntaxNode, file: string): Expr {
  const { line } = node;
  const callee = node.child('function');
  const args = lowerArgs(node.child('arguments'), file);
  const first = args[0]?.value;
  if (first?.k === 'const' && typeof first.value === 'string') {
    if (callee?.type === 'import' || callee?.text === 'require') return { k: 'import', source: first.value, line };
  }
  // `import(name)` with a computed name is followed like a require.
  const target: Expr = callee?.type === 'import' ? { k: 'name', name: 'require', line } : lowerExpression(callee, file);
  const at = calleeLine(callee) ?? line;
  return toLastOperand(target, callee, (called) => ({ k: 'call', callee: called, args, line: at }));
}

const REGROUPED = /^(?:binary|unary|call|member|subscript)_expression$/;

/**
 * The grammar takes `a + f<T>(x)` for a call of `a + f`: what is called, or asked for a member, is the last operand. In
 * parentheses it is what it looks like.
 */
function toLastOperand(inner: Expr, node: SyntaxNode | undefined, wrap: (operand: Expr) => Expr): Expr {
  if (node && !REGROUPED.test(node.type)) return wrap(inner);
  if (inner.k === 'binary') return { ...inner, right: toLastOperand(inner.right, undefined, wrap) };
  return inner.k === 'not' ? { ...inner, value: toLastOperand(inner.value, undefined, wrap) } : wrap(inner);
}

/** In a chain over many lines a call stands where its method's name stands. */
function calleeLine(callee: SyntaxNode | undefined): number | undefined {
  return callee?.type === 'member_expression' ? callee.child('property')?.line : callee?.line;
}

function lowerArgs(node: SyntaxNode | undefined, file: string): Arg[] {
  if (!node) return [];
  if (node.type === 'template_string') return [{ value: lowerExpression(node, file) }];
  return node.named.map((arg): Arg => {
    if (arg.type !== 'spread_element') return { value: lowerExpression(arg, file) };
    return { value: lowerExpression(arg.named[0], file), spread: 'list' };
  });
}

/** Items of an array; a hole in a pattern (`[, b]`) keeps its place. */
function lowerItems(node: SyntaxNode, file: string): Expr[] {
  const items: Expr[] = [];
  let filled = false;
  for (const child of node.all) {
    if (child.type === ',') {
      if (!filled) items.push({ k: 'unknown', parts: [], line: node.line });
      filled = false;
    } else if (child.isNamed && child.type !== 'comment') {
      items.push(lowerExpression(child, file));
      filled = true;
    }
  }
  return items;
}

function lowerEntry(node: SyntaxNode, file: string): DictEntry[] {
  const lower = (inner: SyntaxNode | undefined): Expr => lowerExpression(inner, file);
  const { line } = node;
  switch (node.type) {
    case 'pair':
    case 'pair_pattern': {
      const key = lowerKey(node.child('key'), file);
      const name = key.k === 'const' ? String(key.value) : '';
      return [{ key, value: namedFunction(lower(node.child('value')), name) }];
    }
    case 'shorthand_property_identifier':
    case 'shorthand_property_identifier_pattern':
      return [{ key: { k: 'const', value: node.text, line }, value: lower(node) }];
    case 'object_assignment_pattern': {
      const value = lower(node);
      return [{ key: { k: 'const', value: node.child('left')?.text ?? '', line }, value }];
    }
    case 'method_definition':
      return [{ key: lowerKey(node.child('name'), file), value: lower(node) }];
    case 'spread_element':
    case 'rest_pattern':
      return [{ key: null, value: lower(node.named[0]) }];
    default:
      return [];
  }
}

export function lowerKey(node: SyntaxNode | undefined, file: string): Expr {
  if (node?.type === 'computed_property_name') return lowerExpression(node.named[0], file);
  if (node?.type === 'string') return lowerExpression(node, file);
  return { k: 'const', value: node?.text ?? '', line: node?.line ?? 0 };
}

/**
 * A function without a name takes that of what it is assigned to, as in the language; so does the one function that a
 * wrapper is given (`const list = catchAsync(async (req, res) => {})`), because people call it so.
 */
export function namedFunction(value: Expr, name: string): Expr {
  if (value.k === 'function') return value.fn.name === '' ? { ...value, fn: { ...value.fn, name } } : value;
  if (value.k !== 'call' || value.callee.k !== 'name' || value.isNew || name === '') return value;
  const isOne = value.args.filter((arg) => arg.value.k === 'function').length === 1;
  if (!isOne) return value;
  return {
    ...value,
    args: value.args.map((arg) =>
      arg.value.k === 'function' ? { ...arg, value: namedFunction(arg.value, name) } : arg,
    ),
  };
}

/** Any kind of function; an arrow without braces returns its expression. */
export function lowerFunction(node: SyntaxNode, file: string, decorators: readonly Expr[] = []): FunctionIr {
  const body = node.child('body');
  const returns = node.child('return_type');
  const isBlock = body?.type === 'statement_block';
  return {
    file,
    name: node.child('name')?.text ?? '',
    params: lowerParams(node, file),
    decorators,
    body: isBlock ? lowerBody(body, file) : [{ k: 'return', value: lowerExpression(body, file), line: node.line }],
    line: node.line,
    endLine: node.endLine,
    ...(returns ? { returns: lowerExpression(returns, file) } : {}),
    ...(node.hasToken('static') ? { isStatic: true } : {}),
    ...(node.hasToken('get') ? { isGetter: true } : {}),
  };
}

function lowerParams(node: SyntaxNode, file: string): Param[] {
  const single = node.child('parameter');
  if (single) return [{ target: lowerExpression(single, file) }];
  const list = (node.child('parameters')?.named ?? []).filter((param) => param.child('pattern')?.type !== 'this');
  return list.map((param): Param => lowerParam(param, file));
}

function lowerParam(node: SyntaxNode, file: string): Param {
  const typed = node.type === 'required_parameter' || node.type === 'optional_parameter';
  const pattern = typed ? node.child('pattern') : node;
  const type = typed ? node.child('type') : undefined;
  const value = typed ? node.child('value') : node.type === 'assignment_pattern' ? node.child('right') : undefined;
  const decorators = node.fieldChildren('decorator').map((decorator) => lowerExpression(decorator.named[0], file));
  const target = pattern?.type === 'assignment_pattern' ? pattern.child('left') : pattern;
  const isRest = target?.type === 'rest_pattern';
  return {
    target: lowerExpression(isRest ? target.named[0] : target, file),
    ...(isRest ? { rest: 'list' as const } : {}),
    ...(value ? { default: lowerExpression(value, file) } : {}),
    ...(type ? { type: lowerExpression(type, file) } : {}),
    ...(decorators.length > 0 ? { decorators } : {}),
  };
}
