import type { Arg, Expr, Stmt } from '../../ir';
import type { SyntaxNode } from '../../syntax';
import type { RustContext } from './context';
import { lowerRustFunction } from './functions';
import { lowerItems } from './items';
import { lowerMacro } from './macros';
import { pathExpression, segmentsOf } from './paths';
import { lowerRustString } from './strings';
import { lowerRustType } from './types';

/** Methods that leave what matters here as it is. */
const SAME =
  /^(?:clone|into|to_string|to_owned|as_str|as_ref|unwrap|expect|unwrap_or_default|iter|into_iter|iter_mut|boxed|concat|collect|as_mut|borrow|cloned|copied|by_ref)$/;

/** Methods of lists, by the name under which the evaluator knows them. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['for_each', 'forEach'],
  ['append', 'extend'],
  ['extend_from_slice', 'extend'],
  ['chain', 'concat'],
]);

/** Functions that give their argument back, wrapped. */
const WRAPPERS = /^(?:(?:\w+::)*(?:Arc|Rc|Box|Some|Ok|Mutex|RwLock)(?:::new)?|(?:\w+::)*String::from)$/;

/**
 * Lowers an expression of Rust.
 *
 * Examples: `a::b(c)` is a call of a member; `x?`, `x.await` and `x.clone()` are `x`; `S { a, b: 1 }` is a call of `S` with named
 * arguments; a block is a call of a function without parameters.
 */
export function lowerExpression(node: SyntaxNode | undefined, context: RustContext): Expr {
  if (!node) return { k: 'unknown', parts: [], line: 0 };
  const { line } = node;
  const lower = (inner: SyntaxNode | undefined): Expr => lowerExpression(inner, context);
  switch (node.type) {
    case 'identifier':
    case 'self':
    case 'scoped_identifier':
    case 'generic_function':
    case 'type_identifier':
    case 'scoped_type_identifier':
      return pathExpression(segmentsOf(node), line, context);
    case 'string_literal':
    case 'raw_string_literal':
      return { k: 'const', value: lowerRustString(node), line };
    case 'integer_literal':
    case 'float_literal':
      return { k: 'const', value: Number.parseFloat(node.text.replaceAll('_', '')), line };
    case 'boolean_literal':
      return { k: 'const', value: node.text === 'true', line };
    case 'unit_expression':
      return { k: 'const', value: null, line };
    case 'field_expression': {
      const field = node.child('field');
      return { k: 'member', object: lower(node.child('value')), name: field?.text ?? '', line: field?.line ?? line };
    }
    case 'call_expression':
      return lowerCall(node, context);
    case 'macro_invocation':
      return lowerMacro(node, context);
    case 'struct_expression':
      return lowerStruct(node, context);
    case 'closure_expression':
      return { k: 'function', fn: lowerRustFunction(node, [], context), line };
    case 'binary_expression': {
      const op = node.child('operator')?.type ?? '';
      return { k: 'binary', op, left: lower(node.child('left')), right: lower(node.child('right')), line };
    }
    case 'array_expression':
    case 'tuple_expression':
      return { k: 'list', items: node.named.map(lower), line };
    case 'index_expression':
      return { k: 'index', object: lower(node.named[0]), index: lower(node.named[1]), line };
    case 'assignment_expression':
      return { k: 'assign', target: lower(node.child('left')), value: lower(node.child('right')), line };
    case 'reference_expression':
    case 'type_cast_expression':
      return lower(node.child('value'));
    case 'try_expression':
    case 'await_expression':
    case 'parenthesized_expression':
    case 'expression_statement':
    case 'async_block':
    case 'unsafe_block':
    case 'match_pattern':
      return lower(node.named[0]);
    case 'unary_expression':
      if (node.hasToken('!')) return { k: 'not', value: lower(node.named[0]), line };
      return lower(node.named[0]);
    case 'if_expression': {
      const then = blockValue(node.child('consequence'), context, condition(node.child('condition'), context));
      const otherwise = node.child('alternative')?.named[0];
      const test: Expr = { k: 'unknown', parts: [], line };
      return {
        k: 'cond',
        test,
        then,
        otherwise: otherwise ? lower(otherwise) : { k: 'const', value: null, line },
        line,
      };
    }
    case 'match_expression':
      return lowerMatch(node, context);
    case 'block':
      return blockValue(node, context, []);
    default:
      break;
  }
  return { k: 'unknown', parts: node.named.map(lower), line };
}

function lowerCall(node: SyntaxNode, context: RustContext): Expr {
  const callee = node.child('function');
  const args = (node.child('arguments')?.named ?? []).map((arg): Arg => ({ value: lowerExpression(arg, context) }));
  const [only] = args;
  if (only && args.length === 1 && WRAPPERS.test(callee?.text ?? '')) return only.value;
  const field = callee?.type === 'field_expression' ? callee.child('field') : undefined;
  const method = field?.text ?? '';
  if (SAME.test(method)) return lowerExpression(callee?.child('value'), context);
  // In a chain over many lines a call stands where its method's name stands.
  const line = (field ?? callee)?.line ?? node.line;
  const target = lowerExpression(callee, context);
  if (/^Vec::(?:<[^>]*>::)?(?:new|with_capacity)$/.test(callee?.text ?? '')) return { k: 'list', items: [], line };
  const name = RENAMED.get(method);
  const renamed: Expr = target.k === 'member' && name !== undefined ? { ...target, name } : target;
  return { k: 'call', callee: renamed, args, line };
}

function lowerStruct(node: SyntaxNode, context: RustContext): Expr {
  const { line } = node;
  const args = (node.child('body')?.named ?? []).flatMap((field): Arg[] => {
    if (field.type === 'shorthand_field_initializer') {
      return [{ name: field.text, value: { k: 'name', name: field.text, line: field.line } }];
    }
    const name = field.child('field')?.text;
    return name === undefined ? [] : [{ name, value: lowerExpression(field.child('value'), context) }];
  });
  return { k: 'call', callee: pathExpression(segmentsOf(node.child('name')), line, context), args, isNew: true, line };
}

/** Every arm may be what it gives. */
function lowerMatch(node: SyntaxNode, context: RustContext): Expr {
  const { line } = node;
  const arms = (node.child('body')?.named ?? []).filter(({ type }) => type === 'match_arm');
  const values = arms.map((arm) => lowerExpression(arm.child('value'), context));
  const test: Expr = { k: 'unknown', parts: [], line };
  const nothing: Expr = { k: 'const', value: null, line };
  return values.reduceRight<Expr>((otherwise, then) => ({ k: 'cond', test, then, otherwise, line }), nothing);
}

/** A block as a value: what it ends with, or a call of a function with its statements. */
function blockValue(node: SyntaxNode | undefined, context: RustContext, before: readonly Stmt[]): Expr {
  const line = node?.line ?? 0;
  const body = [...before, ...lowerBody(node, context)];
  const [only] = body;
  if (!only) return { k: 'const', value: null, line };
  if (body.length === 1 && only.k === 'return') return only.value ?? { k: 'const', value: null, line };
  const fn = { file: context.file, name: '', params: [], decorators: [], body, line, endLine: node?.endLine ?? line };
  return { k: 'call', callee: { k: 'function', fn, line }, args: [], line };
}

/** The body of a function: what it ends with is returned. */
export function lowerBody(node: SyntaxNode | undefined, context: RustContext): Stmt[] {
  if (!node) return [];
  const { line } = node;
  if (node.type !== 'block') return [{ k: 'return', value: lowerExpression(node, context), line }];
  const children = node.named;
  const last = children[children.length - 1];
  const isValue = last !== undefined && isTail(last);
  const statements = lowerItems(isValue ? children.slice(0, -1) : children, context);
  if (!isValue) return statements;
  return [...statements, { k: 'return', value: lowerExpression(last, context), line: last.line }];
}

function isTail(node: SyntaxNode): boolean {
  if (node.type === 'expression_statement')
    return !node.hasToken(';') && !/^(?:for|while|loop)_/.test(node.named[0]?.type ?? '');
  return (
    (node.type.endsWith('_expression') || /identifier$|^(?:block|macro_invocation|self)$|literal$/.test(node.type)) &&
    !/^(?:for|while|loop|return)_/.test(node.type)
  );
}

/** One statement of a block. */
export function lowerStatement(node: SyntaxNode, context: RustContext): Stmt[] {
  const { line } = node;
  switch (node.type) {
    case 'expression_statement':
      return node.named.flatMap((child) => lowerStatement(child, context));
    case 'let_declaration': {
      const type = node.child('type');
      const target = lowerPattern(node.child('pattern'), context);
      const value = lowerExpression(node.child('value'), context);
      const extra = type ? { type: lowerRustType(type, context) } : {};
      const otherwise = node.child('alternative');
      const branch: Stmt[] = otherwise ? [{ k: 'branch', branches: [lowerBody(otherwise, context), []], line }] : [];
      return [{ k: 'assign', declares: true, target, value, ...extra, line }, ...branch];
    }
    case 'assignment_expression': {
      const value = lowerExpression(node.child('right'), context);
      return [{ k: 'assign', declares: false, target: lowerExpression(node.child('left'), context), value, line }];
    }
    case 'return_expression':
      return [{ k: 'return', value: node.named[0] ? lowerExpression(node.named[0], context) : null, line }];
    case 'if_expression': {
      const then = [...condition(node.child('condition'), context), ...discarded(node.child('consequence'), context)];
      const otherwise = node.child('alternative')?.named[0];
      const branches = [scope(then, line), otherwise ? scope(lowerStatement(otherwise, context), line) : []];
      return [{ k: 'branch', branches, line }];
    }
    case 'match_expression': {
      const arms = (node.child('body')?.named ?? []).filter(({ type }) => type === 'match_arm');
      const branches = arms.map((arm) =>
        scope(
          arm.fieldChildren('value').flatMap((one) => lowerStatement(one, context)),
          line,
        ),
      );
      return [{ k: 'branch', branches: [...branches, []], line }];
    }
    case 'for_expression': {
      const iterable = lowerExpression(node.child('value'), context);
      const target = lowerPattern(node.child('pattern'), context);
      const body = discarded(node.child('body'), context);
      return scope([{ k: 'for', target, iterable, overKeys: false, body, line }], line);
    }
    case 'while_expression':
    case 'loop_expression': {
      const body = [...condition(node.child('condition'), context), ...discarded(node.child('body'), context)];
      return [{ k: 'branch', branches: [scope(body, line), []], line }];
    }
    case 'block':
      return scope(discarded(node, context), line);
    case 'empty_statement':
      return [];
    default:
      return [{ k: 'expr', value: lowerExpression(node, context), line }];
  }
}

/** The statements of a block whose value nobody takes. */
function discarded(node: SyntaxNode | undefined, context: RustContext): Stmt[] {
  return lowerItems(node?.named ?? [], context);
}

function scope(body: readonly Stmt[], line: number): Stmt[] {
  return body.length === 0 ? [] : [{ k: 'block', isScope: true, body, line }];
}

/** `if let Some(x) = y` binds `x`. */
function condition(node: SyntaxNode | undefined, context: RustContext): Stmt[] {
  if (node?.type !== 'let_condition') return [];
  const { line } = node;
  const target = lowerPattern(node.child('pattern'), context);
  return [{ k: 'assign', declares: true, target, value: lowerExpression(node.child('value'), context), line }];
}

/** What a pattern binds. Examples: `mut a` is `a`; `(a, b)` is a list; `Path(id)` is `id`. */
export function lowerPattern(node: SyntaxNode | undefined, context: RustContext): Expr {
  const line = node?.line ?? 0;
  switch (node?.type) {
    case 'identifier':
    case 'self':
      return { k: 'name', name: node.text, line };
    case 'tuple_pattern':
    case 'slice_pattern':
      return { k: 'list', items: node.named.map((item) => lowerPattern(item, context)), line };
    case 'tuple_struct_pattern':
      return lowerPattern(
        node.named.find((item) => item.field !== 'type'),
        context,
      );
    case 'mut_pattern':
    case 'ref_pattern':
    case 'reference_pattern':
    case 'parameter':
      return lowerPattern(node.child('pattern') ?? node.named[node.named.length - 1], context);
    default:
      return { k: 'name', name: '_', line };
  }
}
