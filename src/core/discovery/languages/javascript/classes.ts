import type { ClassIr, Expr, Stmt } from '../../ir';
import type { SyntaxNode } from '../../syntax';
import { lowerExpression, lowerFunction, lowerKey, namedFunction } from './expressions';

/**
 * Lowers a class. Decorators that stand before a member in the tree belong to it; parameter properties of the constructor
 * (`constructor(private s: S)`) become assignments to `this`.
 */
export function lowerClass(node: SyntaxNode, file: string, outer: readonly Expr[]): ClassIr {
  const heritage = node.childOfType('class_heritage');
  const extended = heritage?.childOfType('extends_clause') ?? heritage;
  const base = extended?.child('value') ?? extended?.named[0];
  const body: Stmt[] = [];
  let waiting: Expr[] = [];
  for (const member of node.child('body')?.named ?? []) {
    if (member.type === 'decorator') {
      waiting.push(lowerDecorator(member, file));
      continue;
    }
    const decorators = [...waiting, ...decoratorsOf(member, file)];
    waiting = [];
    body.push(...lowerMember(member, decorators, file));
  }
  return {
    file,
    name: node.child('name')?.text ?? '',
    bases: base ? [lowerExpression(base, file)] : [],
    decorators: [...outer, ...decoratorsOf(node, file)],
    body,
    line: node.line,
    endLine: node.endLine,
  };
}

/** The decorators that hang on a node itself. */
export function decoratorsOf(node: SyntaxNode, file: string): Expr[] {
  return node.named.filter(({ type }) => type === 'decorator').map((decorator) => lowerDecorator(decorator, file));
}

function lowerDecorator(node: SyntaxNode, file: string): Expr {
  return { ...lowerExpression(node.named[0], file), line: node.line };
}

function lowerMember(member: SyntaxNode, decorators: readonly Expr[], file: string): Stmt[] {
  const { line } = member;
  if (member.type === 'method_definition') {
    const fn = lowerFunction(member, file, decorators);
    const own = fn.name === 'constructor' ? parameterProperties(member, file) : [];
    return [{ k: 'function', fn: { ...fn, body: [...own, ...fn.body] }, line }];
  }
  if (member.type === 'public_field_definition' || member.type === 'field_definition') {
    const key = lowerKey(member.child('name') ?? member.child('property'), file);
    if (key.k !== 'const') return [];
    const target: Expr = { k: 'name', name: String(key.value), line };
    const type = member.child('type');
    const value = namedFunction(lowerExpression(member.child('value'), file), String(key.value));
    return [
      { k: 'assign', declares: true, target, value, line, ...(type ? { type: lowerExpression(type, file) } : {}) },
    ];
  }
  return [];
}

function parameterProperties(constructor: SyntaxNode, file: string): Stmt[] {
  const params = constructor.child('parameters')?.named ?? [];
  return params
    .filter((param) => param.childOfType('accessibility_modifier') !== undefined || param.hasToken('readonly'))
    .map((param): Stmt => {
      const value = lowerExpression(param.child('pattern'), file);
      const { line } = param;
      const self: Expr = { k: 'name', name: 'this', line };
      const name = value.k === 'name' ? value.name : '';
      return { k: 'assign', declares: true, target: { k: 'member', object: self, name, line }, value, line };
    });
}
