import type { Arg, DictEntry, Expr, FunctionIr, ModuleIr, Param, Stmt } from '../../ir';
import type { SyntaxNode, SyntaxTree } from '../../syntax';
import { lowerComparison, lowerComprehension } from './comprehensions';
import { lowerImport } from './importStatements';
import { lowerPythonString } from './strings';

/**
 * Lowers Python.
 *
 * Examples: `@app.get("/x")` above `def f(): ...` is a `function` statement whose `decorators` hold the call; `try` and
 * `match` become branches; `with open() as f` assigns and goes on with its body.
 */
export function lowerPython(tree: SyntaxTree, file: string): ModuleIr {
  const lowering = new PythonLowering(file);
  return { file, body: lowering.statements(tree.root.named), syntaxErrorLine: tree.errorLine };
}

class PythonLowering {
  constructor(readonly file: string) {}

  statements(nodes: readonly SyntaxNode[]): Stmt[] {
    return nodes.flatMap((node) => this.statement(node));
  }

  block(node: SyntaxNode | undefined): Stmt[] {
    if (!node) return [];
    return node.type === 'block' ? this.statements(node.named) : this.statement(node);
  }

  statement(node: SyntaxNode): Stmt[] {
    const { line } = node;
    switch (node.type) {
      case 'expression_statement':
        return node.named.flatMap((child) => this.expressionStatement(child));
      case 'import_statement':
      case 'import_from_statement':
        return lowerImport(node);
      case 'decorated_definition': {
        const definition = node.child('definition');
        const decorators = node.named.filter(({ type }) => type === 'decorator');
        return definition ? this.definition(definition, decorators) : [];
      }
      case 'function_definition':
      case 'class_definition':
        return this.definition(node, []);
      case 'return_statement':
        return [{ k: 'return', value: node.named[0] ? this.expression(node.named[0]) : null, line }];
      case 'if_statement':
        return [this.ifStatement(node)];
      case 'for_statement': {
        const loop: Stmt = {
          k: 'for',
          target: this.expression(node.child('left')),
          iterable: this.expression(node.child('right')),
          overKeys: true,
          body: this.block(node.child('body')),
          line,
        };
        return [loop, ...this.block(node.child('alternative')?.child('body'))];
      }
      case 'while_statement':
        return [{ k: 'branch', branches: [this.block(node.child('body')), []], line }];
      case 'with_statement':
        return this.withStatement(node);
      case 'try_statement':
        return this.tryStatement(node);
      case 'match_statement': {
        const cases = node.child('body')?.named.filter(({ type }) => type === 'case_clause') ?? [];
        return [
          { k: 'branch', branches: [...cases.map((clause) => this.block(clause.child('consequence'))), []], line },
        ];
      }
      case 'assert_statement':
      case 'delete_statement':
      case 'raise_statement':
      case 'print_statement':
        return node.named.map((child) => ({ k: 'expr', value: this.expression(child), line }));
      case 'block':
      case 'ERROR':
        return this.statements(node.named);
      case 'pass_statement':
      case 'comment':
        return [];
      case 'global_statement':
      case 'nonlocal_statement':
        return [{ k: 'outer', names: node.named.map((name) => name.text), line }];
      default:
        return node.named.length > 0 ? [{ k: 'expr', value: this.expression(node), line }] : [];
    }
  }

  expressionStatement(node: SyntaxNode): Stmt[] {
    const { line } = node;
    if (node.type === 'assignment') {
      const right = node.child('right');
      const type = node.child('type');
      if (!right) {
        if (!type) return [];
        const target = this.expression(node.child('left'));
        return [
          {
            k: 'assign',
            declares: true,
            target,
            value: { k: 'unknown', parts: [], line },
            type: this.type(type),
            line,
          },
        ];
      }
      // `a = b = value` nests to the right.
      const inner = right.type === 'assignment' ? this.expressionStatement(right) : [];
      const source = right.type === 'assignment' ? right.child('left') : right;
      const target = this.expression(node.child('left'));
      const value = this.expression(source);
      return [
        ...inner,
        type
          ? { k: 'assign', declares: true, target, value, type: this.type(type), line }
          : { k: 'assign', declares: true, target, value, line },
      ];
    }
    if (node.type === 'augmented_assignment') {
      const op = node.child('operator')?.type.replace(/=$/, '') ?? '';
      const target = this.expression(node.child('left'));
      return [{ k: 'augment', target, op, value: this.expression(node.child('right')), line }];
    }
    return [{ k: 'expr', value: this.expression(node), line }];
  }

  /** `elif` is an `if` of its own in the other branch. */
  ifStatement(node: SyntaxNode): Stmt {
    let otherwise: Stmt[] = [];
    for (const alternative of [...node.fieldChildren('alternative')].reverse()) {
      otherwise =
        alternative.type === 'elif_clause'
          ? [this.choice(alternative, otherwise)]
          : this.block(alternative.child('body'));
    }
    return this.choice(node, otherwise);
  }

  choice(node: SyntaxNode, otherwise: readonly Stmt[]): Stmt {
    const branches = [this.block(node.child('consequence')), otherwise];
    return { k: 'branch', test: this.expression(node.child('condition')), branches, line: node.line };
  }

  tryStatement(node: SyntaxNode): Stmt[] {
    const body = this.block(node.child('body'));
    const parts = node.named.filter(({ type }) => type.endsWith('_clause') || type.endsWith('_group_clause'));
    const blockOf = (part: SyntaxNode): Stmt[] => this.block(part.child('body') ?? part.childOfType('block'));
    const handlers = parts.filter(({ type }) => type.startsWith('except')).map(blockOf);
    const after = parts.filter(({ type }) => !type.startsWith('except')).flatMap(blockOf);
    // The body is followed always; a handler may follow it, but what the body bound wins.
    return [{ k: 'branch', branches: [body, ...handlers], line: node.line }, ...after];
  }

  /** Binds the managers, goes on with the body, and leaves those that a method made: they may have changed its object. */
  withStatement(node: SyntaxNode): Stmt[] {
    const leaving: Stmt[] = [];
    const items = node.childOfType('with_clause')?.named ?? [];
    const entering = items.flatMap((item): Stmt[] => {
      const value = item.child('value');
      if (!value) return [];
      const alias = value.type === 'as_pattern' ? value.child('alias')?.named[0] : undefined;
      const source = this.expression(value.type === 'as_pattern' ? value.named[0] : value);
      if (!alias && source.k === 'call' && source.callee.k === 'member') {
        const manager: Expr = { k: 'name', name: `with ${item.line}`, line: item.line };
        const callee: Expr = { k: 'member', object: manager, name: '__exit__', line: item.line };
        leaving.push({ k: 'expr', value: { k: 'call', callee, args: [], line: item.line }, line: item.line });
        return [{ k: 'assign', declares: true, target: manager, value: source, line: item.line }];
      }
      if (!alias) return [{ k: 'expr', value: source, line: item.line }];
      return [{ k: 'assign', declares: true, target: this.expression(alias), value: source, line: item.line }];
    });
    return [...entering, ...this.block(node.child('body')), ...leaving];
  }

  definition(node: SyntaxNode, decoratorNodes: readonly SyntaxNode[]): Stmt[] {
    const decorators = decoratorNodes.map((decorator) => ({
      ...this.expression(decorator.named[0]),
      line: decorator.line,
    }));
    const name = node.child('name')?.text ?? '';
    const { line, endLine } = node;
    if (node.type === 'class_definition') {
      const head = this.args(node.child('superclasses'));
      const bases = head.filter((arg) => arg.name === undefined && !arg.spread).map(({ value }) => value);
      const keywords = head.filter((arg) => arg.name !== undefined);
      const body = this.block(node.child('body'));
      const cls = {
        file: this.file,
        name,
        bases,
        decorators,
        body,
        line,
        endLine,
        ...(keywords.length > 0 ? { keywords } : {}),
      };
      return [{ k: 'class', cls, line }];
    }
    const returns = node.child('return_type');
    const fn: FunctionIr = {
      file: this.file,
      name,
      params: this.params(node.child('parameters')),
      decorators,
      body: this.block(node.child('body')),
      line,
      endLine,
      ...(returns ? { returns: this.type(returns) } : {}),
      ...(decoratorNodes.some((decorator) => decorator.text.includes('staticmethod')) ? { isStatic: true } : {}),
      ...(decoratorNodes.some((decorator) => decorator.text === '@classmethod') ? { isClassMethod: true } : {}),
      ...(decoratorNodes.some((decorator) => /^@(?:functools\.)?(?:cached_)?property\b/.test(decorator.text))
        ? { isGetter: true }
        : {}),
    };
    return [{ k: 'function', fn, line }];
  }

  params(node: SyntaxNode | undefined): Param[] {
    const params: Param[] = [];
    let keywordOnly = false;
    for (const child of node?.named ?? []) {
      if (child.type === 'keyword_separator') keywordOnly = true;
      const param = this.param(child);
      if (!param) continue;
      params.push(keywordOnly ? { ...param, keywordOnly } : param);
      if (param.rest === 'list') keywordOnly = true;
    }
    return params;
  }

  param(node: SyntaxNode): Param | undefined {
    if (node.type === 'identifier') return { target: this.expression(node) };
    if (node.type === 'list_splat_pattern') return { target: this.expression(node.named[0]), rest: 'list' };
    if (node.type === 'dictionary_splat_pattern') return { target: this.expression(node.named[0]), rest: 'dict' };
    const value = node.child('value');
    const type = node.child('type');
    const extra = {
      ...(value ? { default: this.expression(value) } : {}),
      ...(type ? { type: this.type(type) } : {}),
    };
    if (node.type === 'default_parameter' || node.type === 'typed_default_parameter') {
      return { target: this.expression(node.child('name')), ...extra };
    }
    if (node.type === 'typed_parameter' && node.named[0]) {
      const inner = this.param(node.named[0]);
      return inner && { ...inner, ...extra };
    }
    return undefined;
  }

  /** A type in source is an expression; a quoted one stays a string. */
  type(node: SyntaxNode): Expr {
    return this.expression(node.type === 'type' ? node.named[0] : node);
  }

  expression(node: SyntaxNode | undefined): Expr {
    if (!node) return { k: 'unknown', parts: [], line: 0 };
    const { line } = node;
    switch (node.type) {
      case 'identifier':
        return { k: 'name', name: node.text, line };
      case 'string':
      case 'concatenated_string':
        return lowerPythonString(node, (inner) => this.expression(inner));
      case 'integer':
      case 'float':
        return { k: 'const', value: Number(node.text.replaceAll('_', '')), line };
      case 'true':
        return { k: 'const', value: true, line };
      case 'false':
        return { k: 'const', value: false, line };
      case 'none':
        return { k: 'const', value: null, line };
      case 'attribute':
        return {
          k: 'member',
          object: this.expression(node.child('object')),
          name: node.child('attribute')?.text ?? '',
          line: node.child('attribute')?.line ?? line,
        };
      case 'subscript': {
        const [first, ...more] = node.fieldChildren('subscript').map((part) => this.expression(part));
        const index: Expr =
          first && more.length === 0 ? first : { k: 'list', items: first ? [first, ...more] : [], line };
        return { k: 'index', object: this.expression(node.child('value')), index, line };
      }
      case 'generic_type': {
        const inner = node.named[1]?.named.map((part) => this.expression(part)) ?? [];
        const [only] = inner;
        const index: Expr = only && inner.length === 1 ? only : { k: 'list', items: inner, line };
        return { k: 'index', object: this.expression(node.named[0]), index, line };
      }
      case 'member_type':
        return { k: 'member', object: this.expression(node.named[0]), name: node.named[1]?.text ?? '', line };
      case 'call': {
        const args = node.child('arguments');
        return { k: 'call', callee: this.expression(node.child('function')), args: this.args(args), line };
      }
      case 'list':
      case 'tuple':
      case 'set':
      case 'expression_list':
      case 'pattern_list':
      case 'tuple_pattern':
      case 'list_pattern':
        return { k: 'list', items: node.named.map((item) => this.expression(item)), line };
      case 'list_splat':
      case 'list_splat_pattern':
        return { k: 'spread', value: this.expression(node.named[0]), line };
      case 'dictionary':
        return { k: 'dict', entries: node.named.flatMap((entry) => this.entry(entry)), line };
      case 'binary_operator':
      case 'boolean_operator': {
        const op = node.child('operator')?.type ?? '';
        return {
          k: 'binary',
          op,
          left: this.expression(node.child('left')),
          right: this.expression(node.child('right')),
          line,
        };
      }
      case 'comparison_operator':
        return lowerComparison(node, (inner) => this.expression(inner));
      case 'unary_operator': {
        const value = this.expression(node.child('argument'));
        if (node.child('operator')?.type !== '-' || value.k !== 'const' || typeof value.value !== 'number') break;
        return { k: 'const', value: -value.value, line };
      }
      case 'not_operator':
        return { k: 'not', value: this.expression(node.child('argument')), line };
      case 'parenthesized_expression':
      case 'await':
      case 'type':
      case 'as_pattern':
      case 'as_pattern_target':
        return this.expression(node.named[0]);
      case 'conditional_expression': {
        const [then, test, otherwise] = node.named.map((part) => this.expression(part));
        if (!then || !test || !otherwise) break;
        return { k: 'cond', test, then, otherwise, line };
      }
      case 'named_expression': {
        const value = this.expression(node.child('value'));
        return { k: 'assign', target: this.expression(node.child('name')), value, line };
      }
      case 'lambda': {
        const result = this.expression(node.child('body'));
        const fn: FunctionIr = {
          file: this.file,
          name: '',
          params: this.params(node.child('parameters')),
          decorators: [],
          body: [{ k: 'return', value: result, line }],
          line,
          endLine: node.endLine,
        };
        return { k: 'function', fn, line };
      }
      case 'list_comprehension':
      case 'set_comprehension':
      case 'generator_expression':
      case 'dictionary_comprehension': {
        const comprehension = lowerComprehension(node, (inner) => this.expression(inner));
        if (comprehension) return comprehension;
        break;
      }
      default:
        break;
    }
    return { k: 'unknown', parts: node.named.map((part) => this.expression(part)), line };
  }

  args(node: SyntaxNode | undefined): Arg[] {
    if (!node) return [];
    if (node.type !== 'argument_list') return [{ value: this.expression(node) }];
    return node.named.map((arg): Arg => {
      if (arg.type === 'keyword_argument') {
        return { value: this.expression(arg.child('value')), name: arg.child('name')?.text ?? '' };
      }
      if (arg.type === 'list_splat') return { value: this.expression(arg.named[0]), spread: 'list' };
      if (arg.type === 'dictionary_splat') return { value: this.expression(arg.named[0]), spread: 'dict' };
      return { value: this.expression(arg) };
    });
  }

  entry(node: SyntaxNode): DictEntry[] {
    if (node.type === 'dictionary_splat') return [{ key: null, value: this.expression(node.named[0]) }];
    if (node.type !== 'pair') return [];
    return [{ key: this.expression(node.child('key')), value: this.expression(node.child('value')) }];
  }
}
