import type { ClassIr, Expr, ModuleIr, Stmt } from '../../ir';
import type { SyntaxNode, SyntaxTree } from '../../syntax';
import { dottedConstant, lowerRubyExpression, lowerRubyMethod, type RubyScope } from './expressions';

/**
 * Lowers Ruby.
 *
 * Examples: `get '/x' do |id| ... end` is a call of `self.get` with the block as the argument `&`; `a: 1` is a named
 * argument and `'x' => y` a list of `=>`, key and value; `A::B` is the name `A.B`; `:sym` is text.
 */
export function lowerRuby(tree: SyntaxTree, file: string): ModuleIr {
  const locals = new Set<string>();
  const functions = new Set<string>();
  collectNames(tree.root, locals);
  for (const node of tree.root.named) if (node.type === 'method') functions.add(node.child('name')?.text ?? '');
  const namespaces = new Set<string>();
  const scope: RubyScope = { file, locals, functions, nesting: '', namespaces };
  const body = tree.root.named.flatMap((node) => lowerRubyStatement(node, scope));
  return { file, body, syntaxErrorLine: tree.errorLine, namespaces: [...[...namespaces].reverse(), ''] };
}

/** Names that are assigned or are parameters anywhere in the file: a bare word that is none of them is a call. */
function collectNames(node: SyntaxNode, names: Set<string>): void {
  if (node.type === 'assignment' || node.type === 'operator_assignment') {
    const left = node.child('left');
    const targets = left?.type === 'left_assignment_list' ? left.named : left ? [left] : [];
    for (const target of targets) if (target.type === 'identifier') names.add(target.text);
  } else if (node.type.endsWith('_parameters')) {
    for (const param of node.named) {
      for (const part of param.type === 'destructured_parameter' ? param.named : [param.child('name') ?? param]) {
        names.add(part.text);
      }
    }
  } else if (node.type === 'for') names.add(node.child('pattern')?.text ?? '');
  for (const child of node.named) collectNames(child, names);
}

/** Statements of a body in whatever node it stands. */
export function lowerRubyBody(node: SyntaxNode | undefined, scope: RubyScope): Stmt[] {
  return (node?.named ?? []).flatMap((child) => lowerRubyStatement(child, scope));
}

export function lowerRubyStatement(node: SyntaxNode, scope: RubyScope): Stmt[] {
  const { line } = node;
  const expression = (inner: SyntaxNode | undefined): Expr => lowerRubyExpression(inner, scope);
  switch (node.type) {
    case 'class':
    case 'module':
      return lowerDefinition(node, scope);
    case 'singleton_class':
      return lowerRubyBody(node.child('body'), scope).map((statement) => {
        return statement.k === 'function' ? { ...statement, fn: { ...statement.fn, isClassMethod: true } } : statement;
      });
    case 'method':
    case 'singleton_method':
      return [{ k: 'function', fn: lowerRubyMethod(node, scope), line }];
    case 'assignment':
      return lowerAssignment(node, scope);
    case 'operator_assignment': {
      const op = (node.child('operator')?.type ?? '').replace(/=$/, '');
      const target = expression(node.child('left'));
      const value = expression(node.child('right'));
      if (op !== '||') return [{ k: 'augment', target, op, value, line }];
      return [{ k: 'assign', declares: false, target, value, line }];
    }
    case 'return':
      return [{ k: 'return', value: node.named[0] ? expression(node.named[0].named[0]) : null, line }];
    case 'if':
    case 'unless':
    case 'elsif':
      return [
        {
          k: 'branch',
          test: expression(node.child('condition')),
          branches: [lowerRubyBody(node.child('consequence'), scope), alternative(node, scope)],
          line,
        },
      ];
    case 'if_modifier':
    case 'unless_modifier':
    case 'while_modifier':
    case 'rescue_modifier': {
      const body = node.child('body');
      return [{ k: 'branch', branches: [body ? lowerRubyStatement(body, scope) : [], []], line }];
    }
    case 'case':
    case 'case_match': {
      const parts = node.named.filter(({ type }) => type === 'when' || type === 'in_clause' || type === 'else');
      const branches = parts.map((part) => lowerRubyBody(part.type === 'else' ? part : part.child('body'), scope));
      return [{ k: 'branch', branches: [...branches, []], line }];
    }
    case 'while':
    case 'until':
      return [{ k: 'branch', branches: [lowerRubyBody(node.child('body'), scope), []], line }];
    case 'for': {
      const target = expression(node.child('pattern'));
      const iterable = expression(node.child('value')?.named[0]);
      return [{ k: 'for', target, iterable, overKeys: false, body: lowerRubyBody(node.child('body'), scope), line }];
    }
    case 'begin':
    case 'block_body':
    case 'body_statement':
    case 'then':
      return lowerRubyBody(node, scope);
    case 'rescue':
    case 'ensure':
    case 'else':
      return [{ k: 'branch', branches: [lowerRubyBody(node.child('body') ?? node, scope), []], line }];
    case 'heredoc_body':
    case 'alias':
    case 'undef':
      return [];
    case 'call':
      return lowerImport(node) ?? [{ k: 'expr', value: expression(node), line }];
    default:
      return [{ k: 'expr', value: expression(node), line }];
  }
}

function alternative(node: SyntaxNode, scope: RubyScope): Stmt[] {
  const other = node.child('alternative');
  if (!other) return [];
  return other.type === 'elsif' ? lowerRubyStatement(other, scope) : lowerRubyBody(other, scope);
}

/** `A = B = x` and `A, B = x, y`. Constants and locals are bound where they stand. */
function lowerAssignment(node: SyntaxNode, scope: RubyScope): Stmt[] {
  const { line } = node;
  const left = node.child('left');
  const right = node.child('right');
  const target = lowerTarget(left, scope);
  const value = lowerRubyExpression(right?.type === 'assignment' ? right.child('left') : right, scope);
  const inner = right?.type === 'assignment' ? lowerAssignment(right, scope) : [];
  return [...inner, { k: 'assign', declares: left?.type === 'constant', target, value, line }];
}

function lowerTarget(node: SyntaxNode | undefined, scope: RubyScope): Expr {
  const line = node?.line ?? 0;
  if (node?.type === 'left_assignment_list') {
    return { k: 'list', items: node.named.map((item) => lowerTarget(item, scope)), line };
  }
  if (node?.type === 'call') {
    const object = lowerRubyExpression(node.child('receiver'), scope);
    return { k: 'member', object, name: node.child('method')?.text ?? '', line };
  }
  return lowerRubyExpression(node, scope);
}

/**
 * `require` of a library binds nothing but the top level of Sinatra's classic style, whose methods an application adds to
 * the main object.
 */
function lowerImport(node: SyntaxNode): Stmt[] | undefined {
  const name = node.child('method')?.text;
  if (node.child('receiver') || (name !== 'require' && name !== 'require_relative')) return undefined;
  const given = node.child('arguments')?.named[0];
  if (given?.type !== 'string') return undefined;
  const text = given.text.slice(1, -1);
  const { line } = node;
  const isClassic = name === 'require' && text === 'sinatra';
  const source = name === 'require' ? text : text.startsWith('.') ? text : `./${text}`;
  return [{ k: 'import', source, bindings: isClassic ? [{ name: 'main', local: 'self' }] : [], line }];
}

/** A class or module; nested and reopened ones are known by their full name, too. */
function lowerDefinition(node: SyntaxNode, outer: RubyScope): Stmt[] {
  const name = node.child('name');
  const written = name ? dottedConstant(name) : '';
  const full = outer.nesting === '' ? written : `${outer.nesting}.${written}`;
  const segments = full.split('.');
  segments.forEach((_, at) => outer.namespaces.add(segments.slice(0, at + 1).join('.')));
  const scope: RubyScope = { ...outer, nesting: full };
  const base = node.child('superclass')?.named[0];
  const line = name?.line ?? node.line;
  const body = lowerRubyBody(node.child('body'), scope);
  const included = body.flatMap((statement) => includedModules(statement));
  const cls: ClassIr = {
    file: outer.file,
    name: written,
    bases: [...(base ? [lowerRubyExpression(base, outer)] : []), ...included],
    decorators: [],
    modifiers: node.type === 'module' ? ['trait'] : [],
    body,
    line,
    endLine: node.endLine,
  };
  return [{ k: 'class', cls, line }];
}

/** `include X` adds a base. */
function includedModules(statement: Stmt): Expr[] {
  if (statement.k !== 'expr' || statement.value.k !== 'call') return [];
  const { callee, args } = statement.value;
  const isInclude = callee.k === 'member' && callee.object.k === 'name' && callee.object.name === 'self';
  if (!isInclude || (callee.name !== 'include' && callee.name !== 'prepend')) return [];
  return args.map(({ value }) => value).filter(({ k }) => k === 'name');
}
