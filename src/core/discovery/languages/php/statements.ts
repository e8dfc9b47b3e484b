import type { Expr, Stmt } from '../../ir';
import type { SyntaxNode } from '../../syntax';
import { lowerPhpExpression } from './expressions';
import { lowerPhpDeclaration } from './lower';
import type { PhpNames } from './names';

/** Statements of a block, or the one statement that stands in its place. */
export function lowerPhpBlock(node: SyntaxNode | undefined, names: PhpNames): Stmt[] {
  if (!node) return [];
  if (node.type !== 'compound_statement' && node.type !== 'colon_block') return lowerPhpStatement(node, names);
  return node.named.flatMap((child) => lowerPhpStatement(child, names));
}

export function lowerPhpStatement(node: SyntaxNode, names: PhpNames): Stmt[] {
  const { line } = node;
  const block = (inner: SyntaxNode | undefined): Stmt[] => lowerPhpBlock(inner, names);
  const expression = (inner: SyntaxNode | undefined): Expr => lowerPhpExpression(inner, names);
  const declared = lowerPhpDeclaration(node, names);
  if (declared) return declared;
  switch (node.type) {
    case 'expression_statement':
      return node.named.flatMap((child) => lowerEffect(child, names));
    case 'return_statement':
      return [{ k: 'return', value: node.named[0] ? expression(node.named[0]) : null, line }];
    case 'if_statement': {
      const alternatives = node.fieldChildren('alternative').map((part) => block(part.child('body')));
      const branches = [block(node.child('body')), ...alternatives, []];
      return [{ k: 'branch', test: expression(node.child('condition')), branches, line }];
    }
    case 'foreach_statement': {
      const [iterable, target] = node.named;
      const isPair = target?.type === 'pair';
      const items = isPair ? target.named.map(expression) : [];
      const source = expression(iterable);
      const callee: Expr = { k: 'name', name: isPair ? 'php.entries' : 'php.values', line };
      return [
        {
          k: 'for',
          target: isPair ? { k: 'list', items, line } : expression(target),
          iterable: { k: 'call', callee, args: [{ value: source }], line },
          overKeys: false,
          body: block(node.child('body')),
          line,
        },
      ];
    }
    case 'for_statement':
    case 'while_statement':
    case 'do_statement':
      return [{ k: 'branch', branches: [block(node.child('body')), []], line }];
    case 'try_statement': {
      const handlers = node.named.filter(({ type }) => type === 'catch_clause').map((one) => block(one.child('body')));
      const last = block(node.childOfType('finally_clause')?.child('body'));
      return [{ k: 'branch', branches: [block(node.child('body')), ...handlers], line }, ...last];
    }
    case 'switch_statement': {
      const cases = node.child('body')?.named ?? [];
      const branches = cases.map((part) => part.named.flatMap((one) => (one.field === 'value' ? [] : block(one))));
      return [{ k: 'branch', branches: [...branches, []], line }];
    }
    case 'compound_statement':
      return block(node);
    default:
      return [];
  }
}

/** An expression for what it does: assignments bind. */
function lowerEffect(node: SyntaxNode, names: PhpNames): Stmt[] {
  const { line } = node;
  const left = node.child('left');
  const right = (): Expr => lowerPhpExpression(node.child('right'), names);
  if (node.type === 'augmented_assignment_expression') {
    const op = (node.child('operator')?.type ?? '').replace(/=$/, '').replace('.', '+');
    return [{ k: 'augment', target: lowerPhpExpression(left, names), op, value: right(), line }];
  }
  if (node.type !== 'assignment_expression') return [{ k: 'expr', value: lowerPhpExpression(node, names), line }];
  if (left?.type === 'subscript_expression' && left.named.length < 2) {
    const object = lowerPhpExpression(left.named[0], names);
    const callee: Expr = { k: 'member', object, name: 'push', line };
    return [{ k: 'expr', value: { k: 'call', callee, args: [{ value: right() }], line }, line }];
  }
  return [{ k: 'assign', declares: true, target: lowerPhpExpression(left, names), value: right(), line }];
}
