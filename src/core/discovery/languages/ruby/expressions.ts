import type { Arg, Expr, FunctionIr, Param, Stmt } from '../../ir';
import type { SyntaxNode } from '../../syntax';
import { lowerRubyBody, lowerRubyStatement } from './lower';
import { lowerRubyString } from './strings';

export interface RubyScope {
  readonly file: string;
  /** Variables of the file. */
  readonly locals: ReadonlySet<string>;
  /** Methods that the file defines outside of classes. */
  readonly functions: ReadonlySet<string>;
  /** Full dotted name of the class or module around; empty for none. */
  readonly nesting: string;
  /** Every module and class that the file opens. */
  readonly namespaces: Set<string>;
}

const NUMBERS = new Set(['integer', 'float']);

/** Lowers an expression of Ruby. */
export function lowerRubyExpression(node: SyntaxNode | undefined, scope: RubyScope): Expr {
  if (!node) return { k: 'unknown', parts: [], line: 0 };
  const { line } = node;
  const lower = (inner: SyntaxNode | undefined): Expr => lowerRubyExpression(inner, scope);
  if (NUMBERS.has(node.type)) return { k: 'const', value: Number(node.text.replaceAll('_', '')), line };
  switch (node.type) {
    case 'constant':
    case 'scope_resolution':
      return { k: 'name', name: dottedConstant(node), line };
    case 'identifier':
      if (scope.locals.has(node.text)) return { k: 'name', name: node.text, line };
      return { k: 'call', callee: bareCallee(node.text, line, scope), args: [], line };
    case 'self':
      return { k: 'name', name: 'self', line };
    case 'instance_variable':
    case 'class_variable':
      return { k: 'member', object: { k: 'name', name: 'self', line }, name: node.text.replace(/^@+/, ''), line };
    case 'global_variable':
      return { k: 'name', name: node.text, line };
    case 'true':
    case 'false':
      return { k: 'const', value: node.type === 'true', line };
    case 'nil':
      return { k: 'const', value: null, line };
    case 'string':
    case 'bare_string':
    case 'bare_symbol':
    case 'simple_symbol':
    case 'delimited_symbol':
    case 'hash_key_symbol':
    case 'chained_string':
      return lowerRubyString(node, lower);
    case 'regex':
      return { k: 'regex', source: regexSource(node.text), flags: '', line };
    case 'array':
    case 'string_array':
    case 'symbol_array':
    case 'right_assignment_list':
      return { k: 'list', items: node.named.map(lower), line };
    case 'splat_argument':
      return { k: 'spread', value: lower(node.named[0]), line };
    case 'hash':
      return { k: 'dict', entries: node.named.map((pair) => lowerPair(pair, scope)), line };
    case 'call':
    case 'command_call':
      return lowerCall(node, scope);
    case 'element_reference':
      return { k: 'index', object: lower(node.child('object')), index: lower(node.named[1]), line };
    case 'binary': {
      const op = node.child('operator')?.type ?? '';
      return { k: 'binary', op, left: lower(node.child('left')), right: lower(node.child('right')), line };
    }
    case 'unary':
      if (!node.hasToken('!') && !node.hasToken('not')) break;
      return { k: 'not', value: lower(node.named[0]), line };
    case 'conditional': {
      const [test, then, otherwise] = [node.child('condition'), node.child('consequence'), node.child('alternative')];
      return { k: 'cond', test: lower(test), then: lower(then), otherwise: lower(otherwise), line };
    }
    case 'assignment':
      return { k: 'assign', target: lower(node.child('left')), value: lower(node.child('right')), line };
    case 'operator_assignment':
      return lower(node.child('right'));
    case 'parenthesized_statements':
      return lower(node.named[node.named.length - 1]);
    case 'lambda':
      return { k: 'function', fn: lowerBlock(node.child('body') ?? node, scope, node), line };
    default:
      break;
  }
  return { k: 'unknown', parts: node.named.map(lower), line };
}

/** The constant that a name stands for, with dots. */
export function dottedConstant(node: SyntaxNode): string {
  return node.text.replace(/\s/g, '').replace(/^::/, '').replaceAll('::', '.');
}

function regexSource(text: string): string {
  return text.replace(/^(?:\/|%r.)/, '').replace(/[/})\]!|][a-z]*$/, '');
}

/** A call without a receiver: of a method of the file, else of whatever `self` is. */
function bareCallee(name: string, line: number, scope: RubyScope): Expr {
  if (scope.functions.has(name)) return { k: 'name', name, line };
  return { k: 'member', object: { k: 'name', name: 'self', line }, name, line };
}

function lowerCall(node: SyntaxNode, scope: RubyScope): Expr {
  const method = node.child('method');
  const line = method?.line ?? node.line;
  const receiver = node.child('receiver');
  const name = method?.text ?? 'call';
  const args = (node.child('arguments')?.named ?? []).map((arg) => lowerArg(arg, scope));
  const block = node.child('block');
  if (block) args.push({ value: { k: 'function', fn: lowerBlock(block, scope, block), line: block.line }, name: '&' });
  if ((name === 'lambda' || name === 'proc') && block && !receiver) return args[args.length - 1]?.value as Expr;
  if (!receiver) return { k: 'call', callee: bareCallee(name, line, scope), args, line };
  const object = lowerRubyExpression(receiver, scope);
  if (name === 'new') return { k: 'call', callee: object, args, isNew: true, line };
  if (name === 'freeze' || name === 'to_s' || name === 'to_sym' || name === 'dup') return object;
  return { k: 'call', callee: { k: 'member', object, name, line }, args, line };
}

function lowerArg(node: SyntaxNode, scope: RubyScope): Arg {
  const value = node.named[0];
  switch (node.type) {
    case 'pair': {
      const { key, value: given } = lowerPair(node, scope);
      const kind = node.child('key')?.type;
      const isNamed = kind === 'hash_key_symbol' || kind === 'simple_symbol';
      if (isNamed && key?.k === 'const') return { value: given, name: String(key.value) };
      const arrow: Expr = { k: 'const', value: '=>', line: node.line };
      return { value: { k: 'list', items: [arrow, ...(key ? [key] : []), given], line: node.line } };
    }
    case 'splat_argument':
      return { value: lowerRubyExpression(value, scope), spread: 'list' };
    case 'hash_splat_argument':
      return { value: lowerRubyExpression(value, scope), spread: 'dict' };
    case 'block_argument':
      return { value: lowerRubyExpression(value, scope), name: '&' };
    default:
      return { value: lowerRubyExpression(node, scope) };
  }
}

function lowerPair(node: SyntaxNode, scope: RubyScope): { key: Expr | null; value: Expr } {
  if (node.type !== 'pair') return { key: null, value: lowerRubyExpression(node.named[0], scope) };
  const key = lowerRubyExpression(node.child('key'), scope);
  const given = node.child('value');
  // `{ id: }` is short for `{ id: id }`.
  return { key, value: given ? lowerRubyExpression(given, scope) : key };
}

/** `def name(...)`; the last expression is the result. */
export function lowerRubyMethod(node: SyntaxNode, scope: RubyScope): FunctionIr {
  const body = node.child('body');
  const name = node.child('name')?.text ?? '';
  return {
    file: scope.file,
    name: name === 'initialize' ? 'constructor' : name,
    params: lowerParams(node.child('parameters'), scope),
    decorators: [],
    body: resultOf(body, scope),
    line: node.line,
    endLine: node.endLine,
    ...(node.type === 'singleton_method' ? { isClassMethod: true } : {}),
  };
}

/** A block, from where it begins. Several parameters take a list apart. */
function lowerBlock(node: SyntaxNode, scope: RubyScope, whole: SyntaxNode): FunctionIr {
  const given = lowerParams(whole.child('parameters'), scope);
  const { line } = whole;
  const isPlain = given.length > 1 && given.every((param) => !param.rest && !param.default && !param.keywordOnly);
  const params: Param[] = isPlain ? [{ target: { k: 'list', items: given.map(({ target }) => target), line } }] : given;
  return {
    file: scope.file,
    name: '',
    params,
    decorators: [],
    body: resultOf(node.child('body'), scope),
    line,
    endLine: whole.endLine,
  };
}

function lowerParams(node: SyntaxNode | undefined, scope: RubyScope): Param[] {
  return (node?.named ?? []).map((param): Param => {
    const name = param.child('name') ?? param;
    const target: Expr =
      param.type === 'destructured_parameter'
        ? {
            k: 'list',
            items: param.named.map((one) => ({ k: 'name', name: one.text, line: one.line })),
            line: param.line,
          }
        : { k: 'name', name: param.type === 'block_parameter' ? '&' : name.text, line: param.line };
    const value = param.child('value');
    return {
      target,
      ...(value ? { default: lowerRubyExpression(value, scope) } : {}),
      ...(param.type === 'splat_parameter' ? { rest: 'list' as const } : {}),
      ...(param.type === 'hash_splat_parameter' ? { rest: 'dict' as const } : {}),
      ...(param.type === 'keyword_parameter' || param.type === 'block_parameter' ? { keywordOnly: true } : {}),
    };
  });
}

function resultOf(body: SyntaxNode | undefined, scope: RubyScope): Stmt[] {
  if (!body) return [];
  const isSequence = body.type === 'body_statement' || body.type === 'block_body';
  const statements = isSequence ? lowerRubyBody(body, scope) : lowerRubyStatement(body, scope);
  const last = statements[statements.length - 1];
  if (last?.k !== 'expr') return statements;
  return [...statements.slice(0, -1), { k: 'return', value: last.value, line: last.line }];
}
