import type { Expr, Stmt } from '../../ir';
import type { SyntaxNode } from '../../syntax';
import { lowerExpression } from './expressions';
import { lowerFunction, type Maker } from './functions';
import { lowerGoType, lowerTypeSpec } from './types';

/** Lowers the statements of one function body, or of a file. */
export class GoStatements {
  constructor(
    readonly file: string,
    /** The named function that the statements stand in. */
    readonly maker: Maker | null,
    readonly returned: ReadonlySet<string>,
  ) {}

  block(node: SyntaxNode | undefined): Stmt[] {
    return (node?.named ?? []).flatMap((child) =>
      child.type === 'statement_list' ? this.block(child) : this.statement(child),
    );
  }

  statement(node: SyntaxNode): Stmt[] {
    const { line } = node;
    switch (node.type) {
      case 'expression_statement':
      case 'go_statement':
      case 'defer_statement':
        return node.named.map((child) => ({ k: 'expr', value: this.expression(child), line: child.line }));
      case 'short_var_declaration':
        return [this.assignment(node.child('left'), node.child('right'), true)];
      case 'assignment_statement': {
        const op = (node.child('operator')?.type ?? '=').replace(/=$/, '');
        if (op === '') return [this.assignment(node.child('left'), node.child('right'), false)];
        const target = this.expression(node.child('left'));
        return [{ k: 'augment', target, op, value: this.expression(node.child('right')), line }];
      }
      case 'var_declaration':
      case 'const_declaration':
      case 'type_declaration':
      case 'var_spec_list':
        return node.named.flatMap((child) => this.statement(child));
      case 'var_spec':
      case 'const_spec':
        return this.variables(node);
      case 'type_spec':
      case 'type_alias':
        return lowerTypeSpec(node, this.file);
      case 'return_statement': {
        const values = node.named[0]?.named.map((value) => this.returnedValue(value)) ?? [];
        const [only] = values;
        const value: Expr | null = values.length > 1 ? { k: 'list', items: values, line } : (only ?? null);
        return [{ k: 'return', value, line }];
      }
      case 'if_statement':
        return [this.ifStatement(node)];
      case 'for_statement':
        return [this.forStatement(node)];
      case 'expression_switch_statement':
      case 'type_switch_statement':
      case 'select_statement':
        return [this.switchStatement(node)];
      case 'block':
        return [{ k: 'block', isScope: true, body: this.block(node), line }];
      case 'labeled_statement':
      case 'statement_list':
      case 'ERROR':
        return this.block(node);
      case 'empty_statement':
      case 'inc_statement':
      case 'dec_statement':
      case 'break_statement':
      case 'continue_statement':
      case 'goto_statement':
      case 'label_name':
        return [];
      default:
        return node.named.map((child) => ({ k: 'expr', value: this.expression(child), line }));
    }
  }

  expression(node: SyntaxNode | undefined): Expr {
    return lowerExpression(node, this.file);
  }

  /** A closure that is given back is known by the function that makes it. */
  returnedValue(node: SyntaxNode): Expr {
    if (node.type === 'func_literal') return this.closure(node);
    const args = node.type === 'call_expression' ? (node.child('arguments')?.named ?? []) : [];
    const [only] = args;
    const value = this.expression(node);
    if (args.length !== 1 || only?.type !== 'func_literal' || value.k !== 'call') return value;
    return { ...value, args: [{ value: this.closure(only) }] };
  }

  closure(node: SyntaxNode): Expr {
    return { k: 'function', fn: lowerFunction(node, this.file, this.maker), line: node.line };
  }

  /** `a, b := f()` takes apart what `f` gives; `v, ok := m[k]` is of `v` only. */
  assignment(left: SyntaxNode | undefined, right: SyntaxNode | undefined, declares: boolean): Stmt {
    const line = left?.line ?? 0;
    const targets = left?.named ?? [];
    const sources = right?.named ?? [];
    const [target] = targets;
    const [source] = sources;
    if (targets.length > 1 && (sources.length > 1 || source?.type === 'call_expression')) {
      const items = targets.map((one) => this.expression(one));
      const values = sources.map((one) => this.expression(one));
      const [whole] = values;
      const value: Expr = values.length === 1 && whole ? whole : { k: 'list', items: values, line };
      return { k: 'assign', declares, target: { k: 'list', items, line }, value, line };
    }
    const isReturned = source?.type === 'func_literal' && this.returned.has(target?.text ?? '');
    const value = source && isReturned ? this.closure(source) : this.expression(source);
    return { k: 'assign', declares, target: this.expression(target), value, line };
  }

  variables(node: SyntaxNode): Stmt[] {
    const { line } = node;
    const names = node.fieldChildren('name').map((name): Expr => ({ k: 'name', name: name.text, line: name.line }));
    const values = node.child('value')?.named.map((value) => this.expression(value)) ?? [];
    const type = node.child('type');
    const [whole] = values;
    if (names.length > 1 && values.length === 1 && whole) {
      return [{ k: 'assign', declares: true, target: { k: 'list', items: names, line }, value: whole, line }];
    }
    const extra = type ? { type: lowerGoType(type) } : {};
    return names.map((target, at): Stmt => {
      const value = values[at] ?? zeroValue(type, line);
      return { k: 'assign', declares: true, target, value, ...extra, line };
    });
  }

  ifStatement(node: SyntaxNode): Stmt {
    const { line } = node;
    const before = node.child('initializer');
    const otherwise = node.child('alternative');
    const alternative = otherwise?.type === 'if_statement' ? [this.ifStatement(otherwise)] : this.scope(otherwise);
    const branches = [this.scope(node.child('consequence')), alternative];
    const branch: Stmt = { k: 'branch', test: this.expression(node.child('condition')), branches, line };
    if (!before) return branch;
    return { k: 'block', isScope: true, body: [...this.statement(before), branch], line };
  }

  scope(node: SyntaxNode | undefined): Stmt[] {
    return node ? [{ k: 'block', isScope: true, body: this.block(node), line: node.line }] : [];
  }

  forStatement(node: SyntaxNode): Stmt {
    const { line } = node;
    const body = this.block(node.child('body'));
    const range = node.childOfType('range_clause');
    if (!range) {
      const before = node.childOfType('for_clause')?.child('initializer');
      const branch: Stmt = { k: 'branch', branches: [body, []], line };
      return { k: 'block', isScope: true, body: [...(before ? this.statement(before) : []), branch], line };
    }
    const items = range.child('left')?.named.map((name) => this.expression(name)) ?? [];
    const callee: Expr = { k: 'name', name: 'go:range', line };
    const args = [{ value: this.expression(range.child('right')) }];
    const iterable: Expr = { k: 'call', callee, args, line };
    const loop: Stmt = { k: 'for', target: { k: 'list', items, line }, iterable, overKeys: false, body, line };
    return { k: 'block', isScope: true, body: [loop], line };
  }

  /** What a switch compares with: a list for several values, null for the default, which may be only meant. */
  cases(nodes: readonly SyntaxNode[]): (Expr | null)[] {
    const found = nodes.map((one): Expr | null => {
      const values = one.child('value')?.named.map((value) => this.expression(value)) ?? [];
      return one.type === 'default_case' ? null : { k: 'list', items: values, line: one.line };
    });
    return found.includes(null) ? found : [...found, null];
  }

  switchStatement(node: SyntaxNode): Stmt {
    const { line } = node;
    const before = node.child('initializer');
    const alias = node.child('alias');
    const bound = alias ? [this.assignment(alias, node, true)] : [];
    const value = node.child('value');
    const head: Stmt[] = alias && value ? bound.map((one) => withValue(one, this.expression(value))) : [];
    const cases = node.named.filter(({ type }) => type.endsWith('_case'));
    const branches = cases.map((one) =>
      one.named.filter(({ type }) => type === 'statement_list').flatMap((list) => this.scope(list)),
    );
    const all = cases.some(({ type }) => type === 'default_case') ? branches : [...branches, []];
    const choice: Stmt =
      node.type === 'expression_switch_statement' && value
        ? { k: 'branch', test: this.expression(value), branches: all, cases: this.cases(cases), line }
        : { k: 'branch', branches: all, line };
    const body: Stmt[] = [...(before ? this.statement(before) : []), ...head, choice];
    return { k: 'block', isScope: true, body, line };
  }
}

function withValue(statement: Stmt, value: Expr): Stmt {
  return statement.k === 'assign' ? { ...statement, value } : statement;
}

/** A variable without a value: an empty list or map where the type is one. */
function zeroValue(type: SyntaxNode | undefined, line: number): Expr {
  if (type?.type === 'slice_type') return { k: 'list', items: [], line };
  return type?.type === 'map_type' ? { k: 'dict', entries: [], line } : { k: 'unknown', parts: [], line };
}
