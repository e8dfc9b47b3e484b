import type { Expr, Stmt } from '../../ir';
import type { SyntaxNode } from '../../syntax';
import { initializerOf, lowerCSharpExpression, lowerCSharpType } from './expressions';
import { lowerCSharpFunction } from './lower';

/** Statements of a block, or the one statement that stands in its place. */
export function lowerCSharpBlock(node: SyntaxNode | undefined, file: string): Stmt[] {
  if (!node) return [];
  if (node.type !== 'block') return lowerCSharpStatement(node, file);
  return node.named.flatMap((child) => lowerCSharpStatement(child, file));
}

export function lowerCSharpStatement(node: SyntaxNode, file: string): Stmt[] {
  const { line } = node;
  const block = (inner: SyntaxNode | undefined): Stmt[] => lowerCSharpBlock(inner, file);
  const expression = (inner: SyntaxNode | undefined): Expr => lowerCSharpExpression(inner, file);
  switch (node.type) {
    case 'expression_statement':
      return node.named.map((child) => lowerEffect(child, file));
    case 'local_declaration_statement':
      return lowerVariables(node.childOfType('variable_declaration'), file);
    case 'local_function_statement':
      return [{ k: 'function', fn: lowerCSharpFunction(node, file), line }];
    case 'return_statement':
      return [{ k: 'return', value: node.named[0] ? expression(node.named[0]) : null, line }];
    case 'if_statement': {
      const branches = [block(node.child('consequence')), block(node.child('alternative'))];
      return [{ k: 'branch', test: expression(node.child('condition')), branches, line }];
    }
    case 'foreach_statement':
      return [
        {
          k: 'for',
          target: expression(node.child('left')),
          iterable: expression(node.child('right')),
          overKeys: false,
          body: block(node.child('body')),
          line,
        },
      ];
    case 'for_statement':
    case 'while_statement':
    case 'do_statement':
      return [{ k: 'branch', branches: [block(node.child('body')), []], line }];
    case 'using_statement':
      return [...lowerVariables(node.childOfType('variable_declaration'), file), ...block(node.child('body'))];
    case 'lock_statement':
      return block(node.child('body'));
    case 'try_statement': {
      const handlers = node.named.filter(({ type }) => type === 'catch_clause').map((one) => block(one.child('body')));
      const last = node.childOfType('finally_clause')?.named[0];
      return [{ k: 'branch', branches: [block(node.child('body')), ...handlers], line }, ...block(last)];
    }
    case 'switch_statement': {
      const sections = node.child('body')?.named ?? [];
      const branches = sections.map((section) => section.named.flatMap((one) => lowerCSharpStatement(one, file)));
      return [{ k: 'branch', test: expression(node.child('value')), branches: [...branches, []], line }];
    }
    case 'block':
      return block(node);
    case 'global_statement':
      return node.named.flatMap((child) => lowerCSharpStatement(child, file));
    default:
      return [];
  }
}

function lowerVariables(node: SyntaxNode | undefined, file: string): Stmt[] {
  const type = node?.child('type');
  const named = type && type.type !== 'implicit_type' ? { type: lowerCSharpType(type) } : {};
  const variables = node?.named.filter((part) => part.type === 'variable_declarator') ?? [];
  return variables.map((variable): Stmt => {
    const { line } = variable;
    const target: Expr = { k: 'name', name: variable.child('name')?.text ?? '', line };
    const value = lowerCSharpExpression(initializerOf(variable), file);
    return { k: 'assign', declares: true, target, value, line, ...named };
  });
}

function lowerEffect(node: SyntaxNode, file: string): Stmt {
  const { line } = node;
  if (node.type !== 'assignment_expression') return { k: 'expr', value: lowerCSharpExpression(node, file), line };
  const target = lowerCSharpExpression(node.child('left'), file);
  const value = lowerCSharpExpression(node.child('right'), file);
  const op = (node.child('operator')?.type ?? '=').replace(/=$/, '');
  if (op !== '' && op !== '??') return { k: 'augment', target, op, value, line };
  return { k: 'assign', declares: false, target, value, line };
}
