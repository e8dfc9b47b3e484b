import type { Expr, Stmt } from '../../ir';
import type { SyntaxNode } from '../../syntax';
import { lowerJavaExpression, lowerJavaType, type JavaScope } from './expressions';

/** Statements of a block, or the one statement that stands in its place. */
export function lowerJavaBlock(node: SyntaxNode | undefined, scope: JavaScope): Stmt[] {
  if (!node) return [];
  if (node.type === 'block' || node.type === 'constructor_body') {
    return node.named.flatMap((child) => lowerJavaStatement(child, scope));
  }
  return lowerJavaStatement(node, scope);
}

function lowerJavaStatement(node: SyntaxNode, scope: JavaScope): Stmt[] {
  const { line } = node;
  const block = (inner: SyntaxNode | undefined): Stmt[] => lowerJavaBlock(inner, scope);
  const expression = (inner: SyntaxNode | undefined): Expr => lowerJavaExpression(inner, scope);
  switch (node.type) {
    case 'expression_statement':
      return node.named.map((child) => ({ k: 'expr', value: expression(child), line }));
    case 'local_variable_declaration': {
      const type = node.child('type');
      return node.fieldChildren('declarator').map((declarator): Stmt => {
        const target: Expr = { k: 'name', name: declarator.child('name')?.text ?? '', line };
        const value = expression(declarator.child('value'));
        const named = type && type.text !== 'var' ? { type: lowerJavaType(type) } : {};
        return { k: 'assign', declares: true, target, value, line, ...named };
      });
    }
    case 'return_statement':
    case 'yield_statement':
      return [{ k: 'return', value: node.named[0] ? expression(node.named[0]) : null, line }];
    case 'if_statement': {
      const branches = [block(node.child('consequence')), block(node.child('alternative'))];
      return [{ k: 'branch', test: expression(node.child('condition')), branches, line }];
    }
    case 'enhanced_for_statement':
      return [
        {
          k: 'for',
          target: { k: 'name', name: node.child('name')?.text ?? '', line },
          iterable: expression(node.child('value')),
          overKeys: false,
          body: block(node.child('body')),
          line,
        },
      ];
    case 'for_statement':
    case 'while_statement':
    case 'do_statement':
      return [{ k: 'branch', branches: [block(node.child('body')), []], line }];
    case 'try_statement':
    case 'try_with_resources_statement': {
      const handlers = node.named.filter(({ type }) => type === 'catch_clause').map((one) => block(one.child('body')));
      const last = node.childOfType('finally_clause')?.named[0];
      return [{ k: 'branch', branches: [block(node.child('body')), ...handlers], line }, ...block(last)];
    }
    case 'switch_expression': {
      const groups = node.child('body')?.named ?? [];
      const branches = groups.map((group) => group.named.slice(1).flatMap((one) => lowerJavaStatement(one, scope)));
      return [{ k: 'branch', test: expression(node.child('condition')), branches: [...branches, []], line }];
    }
    case 'block':
    case 'synchronized_statement':
      return block(node.type === 'block' ? node : node.child('body'));
    case 'labeled_statement':
      return block(node.named[node.named.length - 1]);
    case 'throw_statement':
      return [{ k: 'expr', value: expression(node.named[0]), line }];
    default:
      return [];
  }
}
