import type { Expr, FunctionIr, Param, Stmt } from '../../ir';
import type { SyntaxNode } from '../../syntax';
import { GoStatements } from './statements';
import { lowerGoType } from './types';

/** The named function around a literal, for closures that it gives back. */
export type Maker = NonNullable<FunctionIr['madeBy']>;

/**
 * Any kind of function; the receiver of a method is its first parameter.
 *
 * Examples: `func (s *S) show() http.HandlerFunc { return func(w, r) {} }`: the closure is made by `S.show`.
 */
export function lowerFunction(node: SyntaxNode, file: string, madeBy: Maker | null): FunctionIr {
  const receiver = node.child('receiver');
  const { line, endLine } = node;
  const name = node.child('name')?.text ?? '';
  const body = node.child('body');
  const owner = receiver && receiverType(receiver);
  const maker: Maker | null = name === '' ? null : { name: owner ? `${owner}.${name}` : name, line, endLine };
  return {
    file,
    name,
    params: [...lowerParams(receiver), ...lowerParams(node.child('parameters'))],
    decorators: [],
    body: body ? new GoStatements(file, maker, returnedNames(body)).block(body) : [],
    line,
    endLine,
    ...(madeBy ? { madeBy } : {}),
  };
}

/** Name of the type that a receiver list is of. Examples: `(s *Server[T])` is `Server`. */
export function receiverType(receiver: SyntaxNode): string | undefined {
  const type = lowerGoType(receiver.named[0]?.child('type'));
  return type.k === 'name' ? type.name : undefined;
}

/** The entry of a program and what runs before it are called where they stand. */
export function entryCalls(fn: FunctionIr, isMainPackage: boolean): Stmt[] {
  const { line, name } = fn;
  if (name !== 'init' && !(name === 'main' && isMainPackage)) return [];
  const callee: Expr =
    name === 'main' ? { k: 'name', name, line } : { k: 'function', fn: { ...fn, isEntry: true }, line };
  return [{ k: 'expr', value: { k: 'call', callee, args: [], line }, line }];
}

function lowerParams(node: SyntaxNode | undefined): Param[] {
  return (node?.named ?? []).flatMap((param): Param[] => {
    const type = param.child('type');
    const names = param.fieldChildren('name').map(({ text, line }): Expr => ({ k: 'name', name: text, line }));
    const targets: Expr[] = names.length > 0 ? names : [{ k: 'name', name: '_', line: param.line }];
    if (param.type === 'variadic_parameter_declaration') return targets.map((target) => ({ target, rest: 'list' }));
    return targets.map((target) => (type ? { target, type: lowerGoType(type) } : { target }));
  });
}

/** Names that a function gives back as they are, or converted: `return h`, `return http.HandlerFunc(h)`. */
function returnedNames(body: SyntaxNode): ReadonlySet<string> {
  return new Set([...body.text.matchAll(/\breturn (?:[\w.]+\()?(\w+)\)?\s/g)].map((match) => match[1] ?? ''));
}
